"""The only threads of the command line: they read barcodes back while the next page is drawn."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor


def readers() -> ThreadPoolExecutor:
    """Give as many threads as there are cores; leaving the block ends them."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="labels")
