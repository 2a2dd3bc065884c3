"""A build of Qt's bindings once lost a reference with every signal and ended the program; this one must not."""

from __future__ import annotations

import subprocess
import sys

EMISSIONS = """
from PySide6.QtCore import QCoreApplication, QObject, Signal
class Sender(QObject):
    sent = Signal(int)
application, sender, count = QCoreApplication([]), Sender(), 0
def hear(_n):
    global count
    count += 1
sender.sent.connect(hear)
for n in range(60_000):
    sender.sent.emit(n)
    sender.setObjectName("a")
print(count)
"""


def test_sixty_thousand_signals_leave_the_program_alive() -> None:
    done = subprocess.run([sys.executable, "-c", EMISSIONS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "60000"), done.stderr
