"""A printer on the network, as far as a test needs one: it takes one connection and keeps what it is sent."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """Listen at a port of this machine; on leaving, everything that was sent has arrived."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as printer:

        def listen() -> None:
            connection, _address = printer.accept()
            with connection:
                while piece := connection.recv(4096):
                    got.append(piece)

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        yield printer.getsockname()[1], got
        listener.join(30)
