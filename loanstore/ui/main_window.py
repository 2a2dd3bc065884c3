"""The window: the sidebar, the screens, the foot, and the keys that work everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from loanstore.domain.sessions import Mode
from loanstore.i18n import _
from loanstore.ui.ask_bar import AskBar
from loanstore.ui.badges import Badges, last_backup
from loanstore.ui.error_box import ErrorBox
from loanstore.ui.foot import Foot
from loanstore.ui.label_printing import LabelPrinting
from loanstore.ui.labels import named
from loanstore.ui.list_actions import ListActions
from loanstore.ui.list_menus import ListMenus
from loanstore.ui.pages import Finds, Leaves, Pages, Shown, TakesScans
from loanstore.ui.paper_work import PaperWork
from loanstore.ui.request_actions import RequestActions
from loanstore.ui.screens.card_text import MOST_ITEMS, recovery_card
from loanstore.ui.screens.desk_papers import DeskPapers
from loanstore.ui.scrolling import Strips
from loanstore.ui.sidebar import Sidebar, places
from loanstore.ui.sounds import name_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.domain.import_fields import ImportKind
    from loanstore.domain.matters import Lead
    from loanstore.operations.desk import Desk
    from loanstore.ui import theme
    from loanstore.ui.counter import Counter
    from loanstore.ui.printing import Papers
    from loanstore.ui.screens.field_form import Form
    from loanstore.ui.screens.record_page import Save
    from loanstore.ui.sounds import Sounds
    from loanstore.ui.starting import Starting

QUIET_LOOK: Final = 5_000
"""Milliseconds between two looks at whether a session has gone quiet."""


class MainWindow(QMainWindow):
    """One window, one desk. Whatever is asked of it is asked of the counter.

    ``machine_changed`` carries this computer's new settings.
    """

    machine_changed = Signal(object)

    def __init__(self, look: theme.Look, counter: Counter, starting: Starting, papers: Papers, sounds: Sounds) -> None:
        super().__init__()
        self.setObjectName("window")
        self.look = look
        self.counter = counter
        self.sounds = sounds
        self._starting = starting
        self._papers_folder = papers
        self.setWindowTitle("loanstore")
        self.papers = DeskPapers(counter, papers)
        self.box = ErrorBox(look)
        self.label_printing = LabelPrinting(counter, self.box, papers)
        self.list_actions = ListActions(counter, self.papers)
        self.ask = AskBar(look)
        self.request_actions = RequestActions(counter, self.ask, self.box, self.papers)
        self.list_menus = ListMenus(counter, self.box, self.papers)
        self.sidebar = Sidebar(look, places())
        self.foot = Foot(look)
        self._badges = Badges(counter, self.sidebar)
        self._paper_work = PaperWork(counter)
        self.screens = named(QStackedWidget(), "screens")
        self.pages = Pages(self)
        self.desk = self.pages.desk
        self._lay_out()
        self._connect()
        self._connect_store()
        self._add_shortcuts()
        self._quiet = QTimer(self)
        self._quiet.setInterval(QUIET_LOOK)
        self._quiet.timeout.connect(counter.look_whether_quiet)
        self.show_page("desk")

    @property
    def takes_scans(self) -> bool:
        """Tell whether a scan may land: not while a passphrase or a first start is being typed."""
        return self.screens.currentWidget() not in {self._starting.first, self._starting.locked}

    def take_scan(self, text: str) -> None:
        """Take a scan from wherever the focus was; its answer is shown at the desk."""
        if not self.takes_scans or self.ask.take_scan(text):
            return
        page: object = self.screens.currentWidget()
        if isinstance(page, TakesScans) and page.take_scan(text):
            return
        self.scan_at_desk(text)

    def scan_at_desk(self, text: str) -> None:
        """Send a scan, and bring up the desk, where its answer is read."""
        if self.screens.currentWidget() is not self.desk:
            self.show_page("desk")
        self.counter.scan(text)

    def show_page(self, name: str) -> None:
        """Show a screen by its name."""
        page = self.pages[name]
        self.ask.leave()
        self.screens.setCurrentWidget(page)
        self.sidebar.show_place(name)
        self.sidebar.show()
        if isinstance(page, Shown):
            page.shown()
        elif page is self.desk:
            self.desk.field.setFocus()

    def lead_to(self, lead: Lead) -> None:
        """Go to where a matter is seen to, its list narrowed down to it."""
        self.show_page(lead.screen)
        if lead.narrowed:
            screen = self.pages.lists[lead.screen]
            screen.field.clear()
            screen.tools.choose_alone("standing", lead.narrowed)

    def show_record(self, code: str, origin: str) -> None:
        """Show the record of whatever carries a code; leaving it goes back to where one came from."""
        self._to_record(origin)
        self.pages.record.open(code, origin)

    def ask_record(self, kind: str, origin: str) -> None:
        """Ask for a new ``instrument`` or ``borrower``."""
        self._to_record(origin)
        self.pages.record.ask_new(kind, origin)

    def ask_type(self, form: Form, save: Save) -> None:
        """Ask what the store says of a type."""
        self._to_record("settings")
        self.pages.record.ask_for("settings", form, save)

    def _to_record(self, origin: str) -> None:
        self.screens.setCurrentWidget(self.pages.record)
        self.sidebar.show_place(origin)

    def _ask_disposal(self, codes: list[str]) -> None:
        self._to_record("instruments")
        self.pages.record.ask_disposal(codes, "instruments")

    def show_import(self, kind: ImportKind) -> None:
        """Show the import of a kind of list: a new one, or the one that was begun and left."""
        from loanstore.ui.screens.import_steps import LIST_OF

        self.pages.imports.begin(kind)
        self.show_page("import")
        self.sidebar.show_place(LIST_OF[kind])

    def show_help(self) -> None:
        """Show the help of the screen that is shown."""
        if self._quiet_start():
            return
        shown = self.pages.name_of(self.screens.currentWidget()) or "desk"
        if shown != "help":
            self.screens.setCurrentWidget(self.pages.help)
            self.pages.help.show_help(shown)

    def _lay_out(self) -> None:
        size = self.look.theme.size
        for page in (self._starting.first, self._starting.locked):
            self.screens.addWidget(page)
        strip = QHBoxLayout()
        strip.setContentsMargins(size("s5"), 0, size("s5"), 0)
        strip.addWidget(Strips("strips", _("What is asked and told"), size("s2"), self.ask, self.box))
        right = QVBoxLayout()
        right.setSpacing(0)
        # A strip that asks takes room from the screen above it, which scrolls.
        self.screens.setMinimumHeight(size("control"))
        right.addWidget(self.screens, 1)
        right.addLayout(strip)
        right.addWidget(self.foot)
        whole = named(QWidget(), "page")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(size("least_width"), size("least_height"))
        self.resize(size("window_width"), size("window_height"))

    def _connect(self) -> None:
        self.sidebar.wanted.connect(self.show_page)
        self.desk.print_wanted.connect(self._print)
        self.desk.sounded.connect(lambda answer: self.sounds.play(name_of(answer)))
        self.papers.offered.connect(self.desk.card.offer)
        self.papers.failed.connect(self.box.show_error)
        self._papers_folder.failed.connect(self.box.show_error)
        self.list_menus.dispose_wanted.connect(self._ask_disposal)
        self.request_actions.swapped.connect(lambda _made: self.sounds.play("out"))

    def _connect_store(self) -> None:
        counter = self.counter
        counter.answered.connect(self.papers.answered)
        counter.scan_failed.connect(lambda _error: self.sounds.play("wrong"))
        counter.failed.connect(self.box.show_error)
        counter.waiting.connect(self.foot.show_waiting)
        counter.progressed.connect(self.foot.show_progress)
        self.foot.cancelled.connect(counter.cancel)
        counter.opened.connect(self._opened)
        self._starting.page_wanted.connect(self._show_start)
        # After everybody has heard that the store is open, so that the offer is what stays on the card.
        self._starting.made.connect(self._offer_recovery, Qt.ConnectionType.QueuedConnection)

    def _add_shortcuts(self) -> None:
        at_desk = self._at_desk
        keys: dict[str, Callable[[], object]] = {
            "F1": self.show_help,
            "F2": at_desk(lambda: self.desk.want_mode(Mode.LEND)),
            "F3": at_desk(lambda: self.desk.want_mode(Mode.RETURN)),
            "F4": at_desk(self.desk.finish),
            "F5": self._print,
            "F6": self._swap,
            "Ctrl+Z": at_desk(self.desk.undo),
            "Ctrl+F": self._find,
            "Esc": self._escape,
        }
        look = self.desk.card.look
        said = {"C": look.begin_grade, "N": look.begin_note, "P": look.take_photo, "F": look.choose_file}
        keys |= {f"Alt+{letter}": at_desk(act) for letter, act in said.items()}
        for number in range(1, MOST_ITEMS + 1):
            keys[f"Alt+{number}"] = at_desk(lambda number=number: self.desk.card.press(number))  # type: ignore[misc]  # a number of its own
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act)

    def _at_desk(self, act: Callable[[], None]) -> Callable[[], None]:
        def go_and_act() -> None:
            if self._quiet_start():
                return
            if self.screens.currentWidget() is not self.desk:
                self.show_page("desk")
            act()

        return go_and_act

    def _quiet_start(self) -> bool:
        return not self.takes_scans

    def _show_start(self, page: QWidget) -> None:
        self.sidebar.hide()
        self.foot.show_closed()
        self.screens.setCurrentWidget(page)

    def _opened(self) -> None:
        opened = self.counter.desk
        if opened is None:
            return
        desk = opened.desk
        self.setWindowTitle(f"{self.counter.owner} – loanstore")
        self.sidebar.show_owner(self.counter.owner, desk.store.path.name)
        self.foot.show_right(" · ".join(filter(None, (desk.staff, _("F1 help")))))
        self.foot.show_waiting(waiting=False)
        if not self.takes_scans:
            self.show_page("desk")
        self._quiet.start()
        self.counter.read(lambda desk: last_backup(desk, opened), self.foot.show_backup)
        self._papers_folder.clear_old()

    def _swap(self) -> None:
        if self.takes_scans:
            self.request_actions.swap()

    def _offer_recovery(self, opened: OpenDesk) -> None:
        """Offer the recovery sheet of a store that was just made; the next scan dismisses the offer."""
        words = opened.recovery_words()

        def give() -> None:
            def work(desk: Desk) -> bytes:
                from loanstore.operations import papers

                return papers.recovery_sheet_pdf(desk, words)

            self.counter.read(work, lambda pdf: self.papers.give_out("recovery-sheet", pdf))

        self.desk.show_card(recovery_card())
        self.papers.offer(_("Print the recovery sheet") + "   F5", give)

    def _print(self) -> None:
        if not self.papers.print_last() and self.takes_scans:
            self.box.show_done(
                _("Nothing was made yet"), _("F5 prints the paper of the hand-over that was finished last")
            )

    def _find(self) -> None:
        """Go to the field of the screen that is shown, else to the desk's: scans and names are typed there."""
        page: object = self.screens.currentWidget()
        if isinstance(page, Finds):
            page.go_and_find()
            return
        field = getattr(page, "field", self.desk.field)
        field.setFocus()
        field.selectAll()

    def _escape(self) -> None:
        self.box.hide()
        if self._quiet_start():
            return
        if self.ask.isVisible():
            self.ask.leave()
            return
        page: object = self.screens.currentWidget()
        if page is self.desk:
            self.desk.escape()
        elif not isinstance(page, Leaves) or not page.escape():
            self.show_page("desk")

    def use_at_desk(self, code: str) -> None:
        """Choose a thing or a person at the desk, as if it had been scanned."""
        self.show_page("desk")
        self.counter.scan(code)
