"""Leaving for good, with who decided and what it fetched; and pictures, whole or not at all."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from loanstore.domain.disposals import Route
from loanstore.domain.errors import FileUnusable, LoanstoreError, Refused, WrongUsage
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Status
from loanstore.operations import disposing, lending, moving, photographing, undoing, workshop
from loanstore.operations.asset_register import asset_register
from loanstore.operations.disposing import Disposal
from loanstore.paper import pictures
from loanstore.storage import registers
from tests.helpers.before_and_after import standing
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp

SOLD = Disposal(Route.SOLD, "Trustees' minute 14", 2500, "Oakfield Primary School")

NOBODY = Disposal(Route.SOLD, " ")


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    yield
    rebuilt_the_same(made_up)


@pytest.fixture(autouse=True)
def desk(made_up: MadeUp) -> Desk:
    """Give a desk with a violin in store, a cello on loan and an oboe at the repairer's."""
    with made_up.desk.store.writing() as transaction:
        registers.place_named(transaction, "Fenmarsh Strings", "repairer", made_up.desk.new_id())
    made_up.borrower("Drama, Sam", code="SAM")
    for code, kind in (("V1", "Violin"), ("C1", "Cello"), ("O1", "Oboe")):
        made_up.instrument(kind, code=code, purchase_cost="£100", replacement_value="£120")
    lending.lend(made_up.desk, "SAM", ["C1"])
    workshop.send(made_up.desk, ["O1"], "Fenmarsh Strings")
    return made_up.desk


def test_what_is_disposed_of_stays_in_the_register_with_how_it_left(made_up: MadeUp) -> None:
    made_up.clock.go_on(days=3)
    assert disposing.dispose(made_up.desk, "V1", SOLD).result.status is Status.DISPOSED
    register = asset_register(made_up.desk)
    (line,) = [line for line in register.lines if line.code == "V1"]
    assert (line.left, line.route, line.authority, line.recipient, line.proceeds) == (
        date(2026, 9, 17),
        "sold",
        "Trustees' minute 14",
        "Oakfield Primary School",
        2500,
    )
    totals = register.totals
    assert (totals.kept, totals.cost, totals.disposed, totals.proceeds) == (2, 20000, 1, 2500)
    assert asset_register(made_up.desk, date(2026, 9, 16)).totals.disposed == 0


def test_several_leave_together_or_not_at_all(made_up: MadeUp) -> None:
    before = standing(made_up)
    with pytest.raises(Refused, match="DISPOSE_ON_LOAN"):
        disposing.dispose_all(made_up.desk, ["V1", "C1"], SOLD)
    assert standing(made_up) == before
    done = disposing.dispose_all(made_up.desk, ["V1", "O1", "v1"], SOLD).result
    assert [thing.code for thing in done] == ["V1", "O1"]
    totals = asset_register(made_up.desk).totals
    assert (totals.disposed, totals.proceeds) == (2, 5000)
    undoing.undo(made_up.desk)
    assert standing(made_up) == before


def test_who_decided_and_who_has_it_are_erasable_notes_and_in_no_fact(made_up: MadeUp) -> None:
    disposing.dispose(made_up.desk, "V1", Disposal(Route.DONATED, "Robin Example", recipient="Alex Example"))
    assert "Example" not in repr([fact.body for fact in made_up.facts()])
    assert "Example" not in repr(made_up.dump()["instruments"])


@pytest.mark.parametrize("code", ["V1", "O1"])
def test_undo_puts_everything_back_as_it_was(made_up: MadeUp, code: str) -> None:
    before = standing(made_up)
    disposing.dispose(made_up.desk, code, SOLD)
    undoing.undo(made_up.desk)
    assert standing(made_up) == before


def test_what_the_repairer_scraps_is_at_the_repairers_no_longer(made_up: MadeUp) -> None:
    disposing.dispose(made_up.desk, "O1", Disposal(Route.SCRAPPED, "past mending"))
    assert workshop.repairs(made_up.desk) == ()


def _packed(desk: Desk) -> object:
    with desk.gesturing() as (transaction, gesture):
        body = {"code": "P1", "codes": [["P1", "P1", "main"]], "fields": {"type": "Viola"}, "status": "in a pack"}
        moving.record(transaction, gesture, [(None, Draft(FactKind.INSTRUMENT_ADDED, desk.new_id(), body))])
    return desk


REFUSALS: dict[str, tuple[str, Callable[[Desk], object], Callable[[Desk], object]]] = {
    "what somebody has": ("DISPOSE_ON_LOAN", lambda d: d, lambda d: disposing.dispose(d, "C1", SOLD)),
    "what is in a pack": ("NOT_AT_HAND", _packed, lambda d: disposing.dispose(d, "P1", SOLD)),
    "what has left already": (
        "ALREADY_SO",
        lambda d: disposing.dispose(d, "V1", SOLD),
        lambda d: disposing.dispose(d, "V1", SOLD),
    ),
    "without an authority": (
        "NEED_FIELD",
        lambda d: d,
        lambda d: disposing.dispose(d, "V1", Disposal(Route.SOLD, " ")),
    ),
    "a service of what has left": (
        "NOT_AT_HAND",
        lambda d: disposing.dispose(d, "V1", SOLD),
        lambda d: workshop.send(d, ["V1"], "Fenmarsh Strings"),
    ),
    "a picture nobody has": ("NO_PHOTO", lambda d: d, lambda d: photographing.delete_photo(d, "nothing")),
    "a picture nobody can save": ("NO_PHOTO", lambda d: d, lambda d: photographing.original(d, "nothing")),
}


@pytest.mark.parametrize("story", REFUSALS)
def test_a_refusal_says_why_and_changes_nothing(made_up: MadeUp, story: str) -> None:
    code, prepare, do = REFUSALS[story]
    prepare(made_up.desk)
    before = made_up.dump()
    with pytest.raises((Refused, WrongUsage)) as refused:
        do(made_up.desk)
    assert refused.value.code == code
    assert made_up.dump() == before


def picture(kind: str = "JPEG", size: tuple[int, int] = (800, 400), mode: str = "RGB") -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the telephone on its side
    Image.new(mode, size, "teal").save(made, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return made.getvalue()


def test_a_picture_is_kept_whole_with_a_small_one_the_right_way_up(made_up: MadeUp, tmp_path: Path) -> None:
    file = tmp_path / "violin.jpg"
    file.write_bytes(picture())
    before = standing(made_up)["instruments"]
    photo = photographing.add_photo(made_up.desk, "V1", file).result
    assert photographing.original(made_up.desk, photo.id) == file.read_bytes()
    (found,) = photographing.photos_of(made_up.desk, "V1")
    small = Image.open(io.BytesIO(found.thumbnail))
    assert (small.format, small.size) == ("JPEG", (128, 256))
    assert [row[:-1] for row in standing(made_up)["instruments"]] == [row[:-1] for row in before]
    assert photographing.photos_of(made_up.desk, "C1") == ()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1"])
def test_every_kind_of_png_has_a_small_one(mode: str, made_up: MadeUp, tmp_path: Path) -> None:
    file = tmp_path / "violin.png"
    made = io.BytesIO()
    Image.new(mode, (300, 300)).save(made, "PNG")
    file.write_bytes(made.getvalue())
    assert photographing.add_photo(made_up.desk, "V1", file).result.thumbnail.startswith(b"\xff\xd8")


def test_a_deleted_picture_is_gone_and_the_journal_knows_that_it_was(made_up: MadeUp, tmp_path: Path) -> None:
    file = tmp_path / "violin.png"
    file.write_bytes(picture("PNG"))
    photo = photographing.add_photo(made_up.desk, "V1", file).result
    photographing.delete_photo(made_up.desk, photo.id)
    assert made_up.dump()["photos"] == []
    assert [fact.body for fact in made_up.facts() if fact.kind is FactKind.PHOTOGRAPHED] == [{"photo": photo.id}]


def _torn(path: Path) -> None:
    path.write_bytes(picture(size=(2000, 2000))[:3000])


def _padded(path: Path) -> None:
    path.write_bytes(picture() + b"\0" * 60_000_000)


def _bomb(path: Path) -> None:
    made = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(made, "PNG")
    path.write_bytes(made.getvalue())


BAD_FILES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "not there": ("FILE_MISSING", lambda p: p),
    "a folder": ("FILE_UNREADABLE", lambda p: p.mkdir()),
    "empty": ("NOT_A_PICTURE", lambda p: p.write_bytes(b"")),
    "a text": ("NOT_A_PICTURE", lambda p: p.write_text("violin")),
    "another kind of picture": ("NOT_A_PICTURE", lambda p: Image.new("RGB", (9, 9)).save(p, "GIF")),
    "torn off": ("PICTURE_DAMAGED", _torn),
    "sixty megabytes": ("PICTURE_TOO_LARGE", _padded),
    "small outside and huge inside": ("PICTURE_TOO_LARGE", _bomb),
}


@pytest.mark.parametrize("story", BAD_FILES)
def test_a_file_that_is_no_good_says_so_and_nothing_is_half_done(made_up: MadeUp, tmp_path: Path, story: str) -> None:
    code, make = BAD_FILES[story]
    file = tmp_path / "picture.jpg"
    make(file)
    before = made_up.dump()
    with pytest.raises(FileUnusable) as refused:
        photographing.add_photo(made_up.desk, "V1", file)
    assert refused.value.code == code
    assert made_up.dump() == before


@pytest.mark.parametrize("length", range(0, 4000, 97))
def test_however_a_picture_is_torn_it_is_told_or_whole(length: int) -> None:
    for kind in ("PNG", "JPEG"):
        try:
            pictures.make_thumbnail(picture(kind)[:length], "picture")
        except LoanstoreError as error:
            assert error.code in {"NOT_A_PICTURE", "PICTURE_DAMAGED"}  # noqa: PT017 - some lengths are whole


def test_a_picture_of_nothing_known_leaves_nothing(made_up: MadeUp, tmp_path: Path) -> None:
    file = tmp_path / "violin.png"
    file.write_bytes(picture("PNG"))
    before = made_up.dump()
    with pytest.raises(Refused, match="NO_INSTRUMENT"):
        photographing.add_photo(made_up.desk, "Z9", file)
    assert made_up.dump() == before
