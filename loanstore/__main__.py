"""The way in: a command goes to the command line, none opens the window."""

from __future__ import annotations

import sys


def main() -> int:
    """Run loanstore on the words it was called with and give its exit status."""
    from loanstore.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
