"""A choice: a combo box that is named, list and all, and takes the width it is given."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QComboBox

from loanstore.ui.labels import named

_LEAST_LETTERS: Final = 6


class Choice(QComboBox):
    """A combo box as narrow as its place asks, both of its parts named."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        named(self, name, words)
        named(self.view(), f"{name}-list", words)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)
