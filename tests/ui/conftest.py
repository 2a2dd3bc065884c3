"""A bench for the window: a made-up store behind it, papers and sounds that only note what they were asked."""

from tests.helpers.window_fixtures import bench, closed_bench

__all__ = ["bench", "closed_bench"]
