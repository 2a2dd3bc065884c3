"""The window: the sidebar, the screens, the foot, and the keys that work everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from loanstore.domain.sessions import Mode
from loanstore.i18n import _
from loanstore.ui.ask_bar import AskBar
from loanstore.ui.badges import Badges, last_backup
from loanstore.ui.error_box import ErrorBox
from loanstore.ui.foot import Foot
from loanstore.ui.labels import named
from loanstore.ui.list_actions import ListActions
from loanstore.ui.list_buttons import add_list_buttons
from loanstore.ui.list_menus import ListMenus
from loanstore.ui.request_actions import RequestActions
from loanstore.ui.screens import lists
from loanstore.ui.screens.card_text import MOST_ITEMS, recovery_card
from loanstore.ui.screens.deliveries_page import DeliveriesPage
from loanstore.ui.screens.desk_papers import DeskPapers
from loanstore.ui.screens.help_page import HelpPage
from loanstore.ui.screens.import_page import LIST_OF, ImportPage
from loanstore.ui.screens.labels_page import LabelsPage
from loanstore.ui.screens.list_screen import ListKind, ListScreen
from loanstore.ui.screens.places_page import PlacesPage
from loanstore.ui.screens.record_page import RecordPage
from loanstore.ui.screens.register_page import RegisterPage
from loanstore.ui.screens.requests_page import RequestsPage
from loanstore.ui.screens.scan_desk import ScanDesk
from loanstore.ui.screens.sets_page import SetsPage
from loanstore.ui.screens.settings_page import SettingsPage
from loanstore.ui.screens.stocktake_page import StocktakePage
from loanstore.ui.screens.today_page import TodayPage
from loanstore.ui.screens.workshop_page import WorkshopPage
from loanstore.ui.sidebar import Sidebar, places
from loanstore.ui.sounds import name_of
from loanstore.ui.workshop_actions import WorkshopActions

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.domain.import_fields import ImportKind
    from loanstore.domain.matters import Lead
    from loanstore.operations.desk import Desk
    from loanstore.ui import theme
    from loanstore.ui.counter import Counter
    from loanstore.ui.printing import Papers
    from loanstore.ui.sounds import Sounds
    from loanstore.ui.starting import Starting

QUIET_LOOK: Final = 5_000
"""Milliseconds between two looks at whether a session has gone quiet."""


@runtime_checkable
class Shown(Protocol):
    """A page that reads what changed when it comes into view."""

    def shown(self) -> None:
        """Come into view."""


class MainWindow(QMainWindow):
    """One window, one desk. Whatever is asked of it is asked of the counter."""

    def __init__(self, look: theme.Look, counter: Counter, starting: Starting, papers: Papers, sounds: Sounds) -> None:
        super().__init__()
        self.setObjectName("window")
        self._look = look
        self._counter = counter
        self._starting = starting
        self._papers_folder = papers
        self._sounds = sounds
        self.setWindowTitle("loanstore")
        self.desk = ScanDesk(look, counter)
        self.papers = DeskPapers(counter, papers)
        self.box = ErrorBox(look)
        self.list_actions = ListActions(counter, self.papers)
        self.lists = {kind.name: ListScreen(kind, look, counter) for kind in self._list_kinds()}
        self.today = TodayPage(look, counter)
        self.labels = LabelsPage(look, counter)
        self.sets = SetsPage(look, counter, self.box, self.papers)
        self.ask = AskBar(look)
        self.request_actions = RequestActions(counter, self.ask, self.box, self.papers)
        self.requests = RequestsPage(look, counter, self.request_actions)
        self.deliveries = DeliveriesPage(look, counter, self.papers)
        self.record = RecordPage(look, counter)
        self.imports = ImportPage(look, counter, self.box)
        self.list_menus = ListMenus(counter, self.box, self.papers)
        self.settings = SettingsPage(look, counter)
        self.workshop = WorkshopPage(look, counter, self.box, WorkshopActions(counter, self.box, self.papers))
        self.register = RegisterPage(look, counter, self.box, self.papers)
        self.help = HelpPage(look)
        self.stocktake = StocktakePage(look, counter, self.papers, self.box)
        self.places = PlacesPage(look, counter, self.papers, self.box)
        self.sidebar = Sidebar(look, places())
        self.foot = Foot(look)
        self._badges = Badges(counter, self.sidebar)
        self.screens = named(QStackedWidget(), "screens")
        self._pages: dict[str, QWidget] = {
            "desk": self.desk,
            "today": self.today,
            **self.lists,
            "sets": self.sets,
            "requests": self.requests,
            "labels": self.labels,
            "stocktake": self.stocktake,
            "places": self.places,
            "workshop": self.workshop,
            "deliveries": self.deliveries,
            "register": self.register,
            "record": self.record,
            "import": self.imports,
            "settings": self.settings,
            "help": self.help,
        }
        self._lay_out()
        self._connect()
        self._connect_store()
        self._add_shortcuts()
        add_list_buttons(self)
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
        if not self.takes_scans or self.ask.take_scan(text) or self.requests.take_scan(text):
            return
        for page in (self.sets, self.deliveries):
            if self.screens.currentWidget() is page and page.take_scan(text):
                return
        self._scan_at_desk(text)

    def _scan_at_desk(self, text: str) -> None:
        if self.screens.currentWidget() is not self.desk:
            self.show_page("desk")
        self._counter.scan(text)

    def show_page(self, name: str) -> None:
        """Show a screen by its name."""
        page = self._pages[name]
        self.ask.leave()
        self.screens.setCurrentWidget(page)
        self.sidebar.show_place(name)
        self.sidebar.show()
        if isinstance(page, Shown):
            page.shown()
        elif page is self.desk:
            self.desk.field.setFocus()

    def _lead_to(self, lead: Lead) -> None:
        """Go to where a matter is seen to, its list narrowed down to it."""
        self.show_page(lead.screen)
        if lead.narrowed:
            screen = self.lists[lead.screen]
            screen.field.clear()
            screen.tools.choose_alone("standing", lead.narrowed)

    def show_record(self, code: str, origin: str) -> None:
        """Show the record of whatever carries a code; leaving it goes back to where one came from."""
        self.screens.setCurrentWidget(self.record)
        self.record.open(code, origin)

    def ask_record(self, kind: str, origin: str) -> None:
        """Ask for a new ``instrument`` or ``borrower``."""
        self.screens.setCurrentWidget(self.record)
        self.record.ask_new(kind, origin)

    def show_import(self, kind: ImportKind) -> None:
        """Show the import of a kind of list: a new one, or the one that was begun and left."""
        self.imports.begin(kind)
        self.show_page("import")
        self.sidebar.show_place(LIST_OF[kind])

    def show_help(self) -> None:
        """Show the help of the screen that is shown."""
        if self._quiet_start():
            return
        shown = next((name for name, page in self._pages.items() if page is self.screens.currentWidget()), "desk")
        if shown != "help":
            self.screens.setCurrentWidget(self.help)
            self.help.show_help(shown)

    def _list_kinds(self) -> tuple[ListKind, ...]:
        return lists.instruments(self._look), lists.borrowers(self._look), lists.loans(self._look)

    def _lay_out(self) -> None:
        size = self._look.theme.size
        for page in (*self._pages.values(), self._starting.first, self._starting.locked):
            self.screens.addWidget(page)
        strip = QHBoxLayout()
        strip.setContentsMargins(size("s5"), 0, size("s5"), 0)
        strips = QVBoxLayout()
        strips.setSpacing(size("s2"))
        strips.setContentsMargins(0, 0, 0, size("s1"))
        strips.addWidget(self.ask)
        strips.addWidget(self.box)
        strip.addLayout(strips)
        right = QVBoxLayout()
        right.setSpacing(0)
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
        self.imports.list_wanted.connect(self.show_page)
        self.help.left.connect(lambda: self.show_page("desk"))
        self.help.commands_wanted.connect(self.list_actions.print_commands)
        self.desk.print_wanted.connect(self._print)
        self.desk.sounded.connect(lambda answer: self._sounds.play(name_of(answer)))
        self.deliveries.sounded.connect(self._sounds.play)
        self.deliveries.for_desk.connect(self._use_at_desk)
        self.papers.offered.connect(self.desk.card.offer)
        self.papers.failed.connect(self.box.show_error)
        self.today.lead_wanted.connect(self._lead_to)
        self.labels.made.connect(self.papers.give_out)
        self.labels.missing.connect(self._badges.labels)
        for screen in self.lists.values():
            screen.choose.connect(self._use_at_desk)
            self.list_menus.attach(screen)
            screen.panel.swap_wanted.connect(self.request_actions.swap)
            screen.panel.record_wanted.connect(lambda code, name=screen.kind.name: self.show_record(code, name))
        self.record.left.connect(self.show_page)
        self.record.choose.connect(self._use_at_desk)
        self.record.made.connect(self.papers.give_out)
        for page in (self.stocktake, self.places):
            page.choose.connect(self._use_at_desk)
            page.page_wanted.connect(self.show_page)
        self.requests.choose.connect(self._use_at_desk)
        self.requests.passed_on.connect(self._scan_at_desk)
        self.request_actions.swapped.connect(lambda _made: self._sounds.play("out"))

    def _connect_store(self) -> None:
        counter = self._counter
        counter.answered.connect(self.papers.answered)
        counter.scan_failed.connect(lambda _error: self._sounds.play("wrong"))
        counter.failed.connect(self.box.show_error)
        counter.waiting.connect(self.foot.show_waiting)
        counter.progressed.connect(self.foot.show_progress)
        self.foot.cancelled.connect(counter.cancel)
        counter.opened.connect(self._opened)
        self.workshop.attention.connect(self._badges.workshop)
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
        for number in range(1, MOST_ITEMS + 1):
            keys[f"Alt+{number}"] = at_desk(lambda number=number: self.desk.card.checklist.press(number))  # type: ignore[misc]  # a number of its own
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
        opened = self._counter.desk
        if opened is None:
            return
        desk = opened.desk
        self.setWindowTitle(f"{self._counter.owner} – loanstore")
        self.sidebar.show_owner(self._counter.owner, desk.store.path.name)
        self.foot.show_right(" · ".join(filter(None, (desk.staff, _("F1 help")))))
        self.foot.show_waiting(waiting=False)
        if not self.takes_scans:
            self.show_page("desk")
        self._quiet.start()
        self._counter.read(lambda desk: last_backup(desk, opened), self.foot.show_backup)
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

            self._counter.read(work, lambda pdf: self.papers.give_out("recovery-sheet", pdf))

        self.desk.show_card(recovery_card())
        self.papers.offer(_("Print the recovery sheet") + "   F5", give)

    def _print(self) -> None:
        if not self.papers.print_last() and self.takes_scans:
            self.box.show_done(
                _("Nothing was made yet"), _("F5 prints the paper of the hand-over that was finished last")
            )

    def _find(self) -> None:
        """Go to the field of the screen that is shown, else to the desk's: scans and names are typed there."""
        if self.screens.currentWidget() is self.sets:
            self.sets.go_and_find()
            return
        field = getattr(self.screens.currentWidget(), "field", self.desk.field)
        field.setFocus()
        field.selectAll()

    def _escape(self) -> None:
        self.box.hide()
        if self._quiet_start():
            return
        if self.ask.isVisible():
            self.ask.leave()
            return
        if self.screens.currentWidget() is self.requests and self.requests.escape():
            return
        if self.screens.currentWidget() is self.desk:
            self.desk.escape()
        elif self.screens.currentWidget() is self.record:
            self.record.leave()
        elif self.screens.currentWidget() is not self.sets or not self.sets.escape():
            self.show_page("desk")

    def _use_at_desk(self, code: str) -> None:
        self.show_page("desk")
        self._counter.scan(code)
