"""The screens behind the sidebar: each is made, and wired to the window, when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from loanstore.ui.main_window import MainWindow
    from loanstore.ui.screens.agreements_page import AgreementsPage
    from loanstore.ui.screens.charges_page import ChargesPage
    from loanstore.ui.screens.deliveries_page import DeliveriesPage
    from loanstore.ui.screens.help_page import HelpPage
    from loanstore.ui.screens.import_page import ImportPage
    from loanstore.ui.screens.labels_page import LabelsPage
    from loanstore.ui.screens.list_screen import ListScreen
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

P = TypeVar("P", bound=QWidget)

LISTS: Final = ("instruments", "borrowers", "loans")
"""The lists of the register, in the order of the sidebar."""


@runtime_checkable
class Shown(Protocol):
    """A page that reads what changed when it comes into view."""

    def shown(self) -> None:
        """Come into view."""


@runtime_checkable
class TakesScans(Protocol):
    """A page that may want a scan for itself while it is shown."""

    def take_scan(self, text: str) -> bool:
        """Take a scan; tell whether it was wanted here, else it is the desk's."""


@runtime_checkable
class Leaves(Protocol):
    """A page that has something of its own to put away before it is left."""

    def escape(self) -> bool:
        """Put away what stands open; tell whether anything did."""


@runtime_checkable
class Finds(Protocol):
    """A page that knows best where to type what is looked for."""

    def go_and_find(self) -> None:
        """Go to the field that finds."""


class Pages(QObject):
    """One attribute a screen. Making all of them at the start would keep the queue waiting for the first scan."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._names: dict[QWidget, str] = {}
        self.lists: dict[str, ListScreen] = _Lists(self._make_list)
        self._ways: Mapping[str, Callable[[], QWidget]] = {
            "desk": lambda: self.desk,
            "today": lambda: self.today,
            **{name: lambda name=name: self.lists[name] for name in LISTS},  # type: ignore[misc]  # a name of its own
            "sets": lambda: self.sets,
            "requests": lambda: self.requests,
            "labels": lambda: self.labels,
            "stocktake": lambda: self.stocktake,
            "places": lambda: self.places,
            "workshop": lambda: self.workshop,
            "deliveries": lambda: self.deliveries,
            "charges": lambda: self.charges,
            "register": lambda: self.register,
            "agreements": lambda: self.agreements,
            "record": lambda: self.record,
            "import": lambda: self.imports,
            "settings": lambda: self.settings,
            "help": lambda: self.help,
        }

    def __getitem__(self, name: str) -> QWidget:
        """Give a screen by its name."""
        return self._ways[name]()

    def __iter__(self) -> Iterator[str]:
        """Give the names of all screens."""
        return iter(self._ways)

    def name_of(self, page: QWidget | None) -> str:
        """Give the name of a screen, and an empty one for what is none of them."""
        return self._names.get(page, "") if page is not None else ""

    @cached_property
    def desk(self) -> ScanDesk:
        """Give the scan desk."""
        from loanstore.ui.screens.scan_desk import ScanDesk

        window = self._window
        return self._put("desk", ScanDesk(window.look, window.counter))

    @cached_property
    def today(self) -> TodayPage:
        """Give what needs a person."""
        from loanstore.ui.screens.today_page import TodayPage

        window = self._window
        page = TodayPage(window.look, window.counter)
        page.lead_wanted.connect(window.lead_to)
        return self._put("today", page)

    @cached_property
    def sets(self) -> SetsPage:
        """Give the class sets."""
        from loanstore.ui.screens.sets_page import SetsPage

        window = self._window
        return self._put("sets", SetsPage(window.look, window.counter, window.box, window.papers))

    @cached_property
    def requests(self) -> RequestsPage:
        """Give the orders, the waiting list and what is set aside."""
        from loanstore.ui.screens.requests_page import RequestsPage

        window = self._window
        page = RequestsPage(window.look, window.counter, window.request_actions)
        page.choose.connect(window.use_at_desk)
        page.passed_on.connect(window.scan_at_desk)
        return self._put("requests", page)

    @cached_property
    def labels(self) -> LabelsPage:
        """Give the label sheets."""
        from loanstore.ui.screens.labels_page import LabelsPage

        window = self._window
        page = LabelsPage(window.look, window.counter)
        page.made.connect(window.papers.give_out)
        page.send_wanted.connect(window.label_printing.print_queue)
        return self._put("labels", page)

    @cached_property
    def stocktake(self) -> StocktakePage:
        """Give the stocktakes."""
        from loanstore.ui.screens.stocktake_page import StocktakePage

        window = self._window
        page = StocktakePage(window.look, window.counter, window.papers, window.box)
        page.choose.connect(window.use_at_desk)
        page.page_wanted.connect(window.show_page)
        return self._put("stocktake", page)

    @cached_property
    def places(self) -> PlacesPage:
        """Give the places."""
        from loanstore.ui.screens.places_page import PlacesPage

        window = self._window
        page = PlacesPage(window.look, window.counter, window.papers, window.box)
        page.choose.connect(window.use_at_desk)
        page.page_wanted.connect(window.show_page)
        return self._put("places", page)

    @cached_property
    def workshop(self) -> WorkshopPage:
        """Give the workshop."""
        from loanstore.ui.screens.workshop_page import WorkshopPage
        from loanstore.ui.workshop_actions import WorkshopActions

        window = self._window
        actions = WorkshopActions(window.counter, window.box, window.papers)
        return self._put("workshop", WorkshopPage(window.look, window.counter, window.box, actions))

    @cached_property
    def deliveries(self) -> DeliveriesPage:
        """Give the van's runs."""
        from loanstore.ui.screens.deliveries_page import DeliveriesPage

        window = self._window
        page = DeliveriesPage(window.look, window.counter, window.papers)
        page.sounded.connect(window.sounds.play)
        page.for_desk.connect(window.use_at_desk)
        return self._put("deliveries", page)

    @cached_property
    def charges(self) -> ChargesPage:
        """Give what is charged, paid and owed."""
        from loanstore.ui.charge_actions import ChargeActions
        from loanstore.ui.screens.charges_page import ChargesPage

        window = self._window
        actions = ChargeActions(window.counter, window.box, window.papers)
        page = ChargesPage(window.look, window.counter, window.box, actions)
        page.record_wanted.connect(lambda code: window.show_record(code, "charges"))
        return self._put("charges", page)

    @cached_property
    def register(self) -> RegisterPage:
        """Give the asset register."""
        from loanstore.ui.screens.register_page import RegisterPage

        window = self._window
        return self._put("register", RegisterPage(window.look, window.counter, window.box, window.papers))

    @cached_property
    def agreements(self) -> AgreementsPage:
        """Give the agreements: to be signed, to be filed, and their wording."""
        from loanstore.ui.screens.agreements_page import AgreementsPage

        window = self._window
        page = AgreementsPage(window.look, window.counter, window.box, window.papers)
        page.passed_on.connect(window.scan_at_desk)
        return self._put("agreements", page)

    @cached_property
    def record(self) -> RecordPage:
        """Give the whole record of one thing or person."""
        from loanstore.ui.screens.record_page import RecordPage

        window = self._window
        page = RecordPage(window.look, window.counter)
        page.left.connect(window.show_page)
        page.choose.connect(window.use_at_desk)
        page.made.connect(window.papers.give_out)
        page.told.connect(window.box.show_done)
        return self._put("record", page)

    @cached_property
    def imports(self) -> ImportPage:
        """Give the import of a list."""
        from loanstore.ui.screens.import_page import ImportPage

        window = self._window
        page = ImportPage(window.look, window.counter, window.box)
        page.list_wanted.connect(window.show_page)
        return self._put("import", page)

    @cached_property
    def settings(self) -> SettingsPage:
        """Give the settings."""
        from loanstore.ui.screens.settings_page import SettingsPage

        window = self._window
        page = SettingsPage(window.look, window.counter)
        page.types.form_wanted.connect(window.ask_type)
        page.machine_changed.connect(window.machine_changed)
        return self._put("settings", page)

    @cached_property
    def help(self) -> HelpPage:
        """Give the help."""
        from loanstore.ui.screens.help_page import HelpPage

        window = self._window
        page = HelpPage(window.look)
        page.left.connect(lambda: window.show_page("desk"))
        page.commands_wanted.connect(window.list_actions.print_commands)
        return self._put("help", page)

    def _make_list(self, name: str) -> ListScreen:
        from loanstore.ui.list_buttons import add_list_buttons
        from loanstore.ui.screens import lists
        from loanstore.ui.screens.list_screen import ListScreen

        window = self._window
        screen = ListScreen(lists.kind(name, window.look), window.look, window.counter)
        screen.choose.connect(window.use_at_desk)
        window.list_menus.attach(screen)
        screen.panel.label_wanted.connect(window.label_printing.reprint)
        screen.panel.swap_wanted.connect(window.request_actions.swap)
        screen.panel.record_wanted.connect(lambda code: window.show_record(code, name))
        add_list_buttons(window, screen)
        return self._put(name, screen)

    def _put(self, name: str, page: P) -> P:
        self._names[page] = name
        self._window.screens.addWidget(page)
        return page


class _Lists(dict[str, "ListScreen"]):
    """The lists of the register by name, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], ListScreen]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> ListScreen:
        made = self[name] = self._make(name)
        return made
