"""A picture of a sheet of labels: the page as it would be printed, and the first free label to be chosen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from loanstore.domain.label_sheets import corner
from loanstore.i18n import _

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QMouseEvent, QPaintEvent

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.operations.printing import PagePicture
    from loanstore.ui.theme import Look

_MARGIN: Final = 6
"""Pixels around the paper, for the frame of what has the focus."""
_LEAST: Final = 260
"""Pixels below which a label of a large sheet can't be hit any more."""


class LabelSheetView(QWidget):
    """Paints one sheet; a click, or the arrow keys, say which label is the first free one: ``chosen`` carries it.

    Labels before it are used already; those to be printed stand on the paper as they will be.
    """

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("labelSheet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._look = look
        self._stock: LabelStock | None = None
        self._start = 1
        self._picture: QImage | None = None
        look.changed.connect(self.update)
        self._name()

    @property
    def start(self) -> int:
        """Give the first free label, 1 being top left."""
        return self._start

    def show_stock(self, stock: LabelStock) -> None:
        """Show a sheet of another stock, nothing on it yet."""
        self._stock, self._picture = stock, None
        self.show_start(min(self._start, stock.per_page))

    def show_start(self, start: int) -> None:
        """Show another label as the first free one."""
        self._start = start
        self._name()
        self.update()

    def show_picture(self, picture: PagePicture | None) -> None:
        """Show what would be printed; nothing where nothing would."""
        self._picture = None
        if picture is not None:
            made = QImage(picture.pixels, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGB32)
            self._picture = made.copy()
        self.update()

    def has_picture(self) -> bool:
        """Tell whether the page is shown as it will be."""
        return self._picture is not None

    def place_of(self, number: int) -> QRectF:
        """Give where a label lies on the widget."""
        stock = self._stock
        if stock is None:
            return QRectF()
        paper, scale = self._paper(stock)
        left, top = corner(stock, number)
        return QRectF(
            paper.left() + left * scale, paper.top() + top * scale, stock.width * scale, self._high(stock, scale)
        )

    def sizeHint(self) -> QSize:
        """Ask for room in which a label can be hit."""
        return QSize(_LEAST, _LEAST)

    def minimumSizeHint(self) -> QSize:
        """Ask for at least as much."""
        return QSize(_LEAST // 2, _LEAST)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the label under the mouse as the first free one."""
        stock = self._stock
        if stock is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        at = event.position()
        hit = [n for n in range(1, stock.per_page + 1) if self.place_of(n).contains(at)]
        if hit:
            self._choose(hit[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from label to label by the arrow keys, to the ends of the sheet by Home and End."""
        stock = self._stock
        across = stock.columns if stock is not None else 1
        last = stock.per_page if stock is not None else 1
        steps = {
            Qt.Key.Key_Left: self._start - 1,
            Qt.Key.Key_Right: self._start + 1,
            Qt.Key.Key_Up: self._start - across,
            Qt.Key.Key_Down: self._start + across,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: last,
        }
        wanted = steps.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        elif 1 <= wanted <= last:
            self._choose(wanted)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of what the keys go to."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the paper, what is on it, and every label's edge."""
        stock = self._stock
        if stock is None:
            return
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paper, scale = self._paper(stock)
        # Paper is white in the dark too: it is a picture of a thing.
        painter.fillRect(paper, Qt.GlobalColor.white)
        if self._picture is not None:
            painter.drawImage(paper, self._picture)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRect(paper)
        edge = QPen(theme.colour("accent"), 1)
        used = QColor(theme.colour("muted"))
        used.setAlphaF(0.55)
        round_by = stock.corner * scale
        for number in range(1, stock.per_page + 1):
            place = self.place_of(number)
            painter.setPen(edge)
            painter.setBrush(used if number < self._start else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, round_by, round_by)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("decide"), 3))
        painter.drawRoundedRect(self.place_of(self._start), round_by, round_by)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), theme.size("strong_border")))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _choose(self, number: int) -> None:
        if number != self._start:
            self.show_start(number)
            self.chosen.emit(number)

    def _paper(self, stock: LabelStock) -> tuple[QRectF, float]:
        """Give where the paper lies on the widget, and how many pixels a millimetre has."""
        high = stock.page_height or stock.page_width
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = max(0.1, min(room.width() / stock.page_width, room.height() / high))
        size = (stock.page_width * scale, high * scale)
        return QRectF(room.left() + (room.width() - size[0]) / 2, room.top(), *size), scale

    def _high(self, stock: LabelStock, scale: float) -> float:
        return (stock.height or stock.page_width) * scale

    def _name(self) -> None:
        across = self._stock.columns if self._stock is not None else 1
        row, column = divmod(self._start - 1, across)
        words = _("Sheet of labels, first free label {n}: row {row}, column {column}")
        self.setAccessibleName(words.format(n=self._start, row=row + 1, column=column + 1))
