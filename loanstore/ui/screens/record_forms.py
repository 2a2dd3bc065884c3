"""What the forms of records ask: an instrument, a borrower, and the few things that are done to either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.arrivals import HEADS
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.disposals import Route
from loanstore.domain.services import Work
from loanstore.domain.values import CONDITION_LETTERS, CONDITIONS
from loanstore.i18n import _, ngettext
from loanstore.ui.screens.borrower_panel import kind_word
from loanstore.ui.screens.field_form import Field, Form
from loanstore.wording.people import head_word
from loanstore.wording.workshop import due_word, route_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loanstore.domain.catalogue import Catalogue
    from loanstore.operations.browsing import BorrowerCard, InstrumentCard

BY_HAND, CASES, CHILDREN = "by hand", "cases", "children"


def instrument_form(catalogue: Catalogue, card: InstrumentCard | None = None) -> Form:
    """Ask the record of an instrument; without a card, that of a new one."""
    held = _held_by(card)
    types = tuple((kind.name, kind.name) for kind in sorted(catalogue.types, key=lambda kind: kind.name))

    def sizes(type_: str) -> tuple[tuple[str, str], ...]:
        kind = catalogue.find_type(type_)
        return tuple((size, size) for size in kind.sizes or ()) if kind is not None else ()

    what = (
        Field("type", _("Type"), held.get("type", ""), types, free=True),
        Field("size", _("Size"), held.get("size", ""), free=True, follows="type", choices_of=sizes),
        *_plain(held, make=_("Make"), model=_("Model"), serial=_("Serial number"), colour=_("Colour")),
        Field("condition", _("Condition"), held.get("condition", ""), _same(CONDITIONS, CONDITION_LETTERS), free=True),
        Field("location", _("Place"), card.place if card is not None else ""),
    )
    bought = _plain(
        held,
        replacement_value=_("Replacement value, pounds"),
        valued=_("Value as of"),
        purchased=_("Bought on"),
        purchase_cost=_("Paid, pounds"),
        supplier=_("Supplier"),
        funding=_("Funding source"),
        owner=_("Owner"),
        useful_life=_("Useful life, years"),
    )
    kept = _plain(
        held,
        serviced=_("Last service"),
        tested=_("Last electrical test"),
        cleaned=_("Last cleaned"),
        adapted=_("What makes it accessible"),
        apparatus=_("Code of its enabling apparatus"),
    )
    note = Field("notes", _("Note"), card.note if card is not None else "", lines=True)
    groups = (
        (_("What it is"), what),
        (_("What it is worth"), bought),
        (_("How it is kept"), kept),
        (_("Its codes"), (*_codes(card), _tag())),
        ("", (note,)),
    )
    if card is None:
        return Form(_("New instrument"), _("Add it"), groups, _("Without a code of its own it gets the store's next."))
    return Form(_("Correct {code}").format(code=card.instrument.code), _("Save"), groups)


def borrower_form(card: BorrowerCard | None = None) -> Form:
    """Ask the record of a borrower; without a card, that of a new one."""
    held = dict(card.record) if card is not None else {}
    kinds = tuple((kind.value, kind_word(kind)) for kind in BorrowerKind)
    who = (
        Field("name", _("Name"), held.get("name", ""), tip=_("School, or family name, first name")),
        Field("kind", _("Kind"), held.get("kind", "" if card is None else card.borrower.kind.value), kinds),
        *_plain(held, contact=_("Contact"), telephone=_("Telephone"), email=_("E-mail"), postcode=_("Postcode")),
    )
    player = _plain(held, pupil=_("Pupil"), school=_("School"), year_group=_("Year group"))
    school = _plain(
        held,
        urn=_("URN"),
        phase=_("Phase"),
        authority=_("Local authority"),
        establishment_type=_("Type of school"),
        website=_("Website"),
        closed=_("Closed"),
    )
    texts = (
        Field("address", _("Address"), held.get("address", ""), lines=True),
        Field("notes", _("Note"), held.get("notes", ""), lines=True),
    )
    groups = (
        (_("Who it is"), who),
        (_("Of a family"), player),
        (_("Of a school"), school),
        (_("Address and note"), texts),
        (_("Codes"), _codes(card)),
    )
    if card is None:
        return Form(_("New borrower"), _("Add them"), groups, _("Without a code of its own it gets the store's next."))
    return Form(_("Correct {name}").format(name=card.borrower.label), _("Save"), groups)


def pass_on_form(card: InstrumentCard) -> Form:
    """Ask where custody of a loan goes."""
    holder = card.holder.label if card.holder is not None else ""
    hint = _("{holder} goes on answering for it. Give its own code to note that it is back there.")
    to = Field("to", _("Code of the family, school or place it is with"), tip=_("Scan or type a code, or a place"))
    seen = Field("reported", _("Only reported: nobody saw it here"), tick=True)
    groups = (("", (to,)), ("", (seen,)))
    return Form(_("Pass on {code}").format(code=card.instrument.code), _("Pass on"), groups, hint.format(holder=holder))


def mismatch_form(card: InstrumentCard) -> Form:
    """Ask what lay in a case, and how it is put right."""
    ways = (
        (BY_HAND, _("Each went back into its own case")),
        (CASES, _("The cases stay swapped: print their labels again")),
        (CHILDREN, _("The children have each other's: their loans change")),
    )
    other = Field("other", _("Code of the instrument that lay in it"))
    how = Field("how", _("How it is put right"), BY_HAND, ways)
    title = _("Another instrument in the case of {code}").format(code=card.instrument.code)
    return Form(title, _("Put it right"), (("", (other,)), ("", (how,))), whole=True)


def dispose_form(codes: Sequence[str]) -> Form:
    """Ask how instruments leave for good; what is written counts for each of them."""
    routes = tuple((route.value, route_word(route)) for route in Route)
    how = (
        Field("route", _("How it leaves"), Route.SOLD.value, routes),
        Field("authority", _("Authority"), tip=_("Who decided it, or where it is minuted")),
        Field("proceeds", _("Proceeds of each, pounds"), tip=_("Empty for none")),
        Field("recipient", _("Who has it now")),
    )
    hint = _("It stays in the asset register, with how it left. Ctrl+Z takes it back.")
    title = ngettext("Dispose of {first}", "Dispose of {n} instruments", len(codes))
    return Form(title.format(first=codes[0], n=f"{len(codes):,}"), _("Dispose of it"), (("", how),), hint, whole=True)


def service_form(card: InstrumentCard) -> Form:
    """Ask what was done to an instrument, and on which day."""
    works = tuple((work.value, due_word(work)) for work in Work)
    what = (
        Field("work", _("What was done"), Work.SERVICED.value, works),
        Field("on", _("On which day"), tip=_("Empty for today")),
    )
    title = _("Service, test or hygiene of {code}").format(code=card.instrument.code)
    return Form(title, _("Note as done"), (("", what),), whole=True)


def merge_form(card: BorrowerCard) -> Form:
    """Ask who a record turned out to be."""
    hint = _("All that {name} has had moves to the other record, and its codes name that one. Undo takes it back.")
    stays = Field("stays", _("Code or URN of the record that stays"))
    title = _("{name} is one with another record").format(name=card.borrower.label)
    return Form(title, _("Put together"), (("", (stays,)),), hint.format(name=card.borrower.label))


def heads_form(card: BorrowerCard) -> Form:
    """Ask what a school counts."""
    words = {name: head_word(name) for name in HEADS}
    numbers = tuple(Field(name, said[:1].upper() + said[1:]) for name, said in words.items())
    estimated = Field("estimated", _("Estimated"), tick=True)
    hint = _("Numbers without names. Leave empty what is not known. Given again on the same day, it corrects.")
    title = _("Head-count of {name}").format(name=card.borrower.label)
    return Form(title, _("Save"), ((_("How many"), numbers), ("", (estimated,))), hint, whole=True)


def _held_by(card: InstrumentCard | None) -> dict[str, str]:
    """Give the fields of an instrument as a person writes them: money in pounds."""
    fields = dict(card.instrument.fields) if card is not None else {}
    for name in ("replacement_value", "purchase_cost"):
        if fields.get(name):
            pounds, pence = divmod(int(fields[name]), 100)
            fields[name] = f"{pounds}.{pence:02d}"
    return fields


def _plain(held: Mapping[str, str], **words: str) -> tuple[Field, ...]:
    return tuple(Field(name, said, held.get(name, "")) for name, said in words.items())


def _same(*texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((text, text) for some in texts for text in some)


def _tag() -> Field:
    return Field("case", _("Old tag on its case"), tip=_("Scans as its case; comma between two"))


def _codes(card: InstrumentCard | BorrowerCard | None) -> tuple[Field, ...]:
    """Ask for the code it is shown by, old numbers to add, and which to take away."""
    if card is None:
        return (
            Field("code", _("Code on its label"), tip=_("Empty: the store makes one")),
            Field("alias", _("Old numbers"), tip=_("Comma between two")),
        )
    shown = next((shown for _form, shown, role in card.codes if role == "main"), "")
    words = {"case": _("{code}, on its case")}
    others = tuple(
        (shown, words.get(role, "{code}").format(code=shown)) for _form, shown, role in card.codes if role != "main"
    )
    fields = (
        Field("code", _("Code on its label"), shown, tip=_("new: the store makes one")),
        Field("alias", _("Old numbers to add"), tip=_("Comma between two")),
    )
    drop = Field("drop", _("Old number to take away"), "", (("", _("none")), *others))
    return (*fields, drop) if others else fields
