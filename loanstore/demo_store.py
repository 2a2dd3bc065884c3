"""The demo's own store: its file's name, and the passphrase that guards nothing, since everybody in it is made up."""

from typing import Final

FILE: Final = "demo.loanstore"
PASSPHRASE: Final = "a made-up county"  # noqa: S105 - it is shown to everybody
