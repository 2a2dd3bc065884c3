"""Which page of a batch belongs to which agreement: by its own code, by its place, or to nobody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loanstore.domain.filing import Bundle, Known, Left, ScannedPage, plan_filing

KNOWN = {name: Known(name.lower(), name, pages, signed=name == "S") for name, pages in (("A", 2), ("B", 2), ("S", 1))}


def plan(*codes: str) -> tuple[list[tuple[str, tuple[int, ...]]], list[tuple[int, Left]]]:
    pages = [ScannedPage(n, tuple(code)) for n, code in enumerate(codes, 1)]
    made = plan_filing(pages, KNOWN)
    return [(one.code, one.pages) for one in made.bundles], [(one.number, one.why) for one in made.left]


def test_pages_are_gathered_by_their_code_wherever_they_lie() -> None:
    assert plan("A", "B", "A", "B") == ([("A", (1, 3)), ("B", (2, 4))], [])


def test_a_page_without_a_code_follows_while_its_agreement_lacks_one() -> None:
    assert plan("A", "", "B", "B") == ([("A", (1, 2)), ("B", (3, 4))], [])
    assert plan("A", "", "A") == ([("A", (1, 3))], [(2, Left.NO_CODE)])
    assert plan("", "A", "A", "") == ([("A", (2, 3))], [(1, Left.NO_CODE), (4, Left.NO_CODE)])


def test_what_a_person_must_look_at_says_why() -> None:
    assert plan("A") == ([], [(1, Left.SHORT)])
    assert plan("A", "A", "A") == ([], [(n, Left.TWICE) for n in (1, 2, 3)])
    assert plan("S") == ([], [(1, Left.SIGNED)])
    assert plan("X", "") == ([], [(1, Left.NOT_OURS), (2, Left.NO_CODE)])
    assert plan("AB") == ([], [(1, Left.TWO_CODES)])


@given(st.lists(st.sampled_from(["", "A", "B", "S", "X", "AB"]), max_size=12))
def test_every_page_is_filed_once_or_left_once(codes: list[str]) -> None:
    bundles, left = plan(*codes)
    numbers = [n for _code, pages in bundles for n in pages] + [n for n, _why in left]
    assert sorted(numbers) == list(range(1, len(codes) + 1))
    assert all(len(pages) == KNOWN[code].pages for code, pages in bundles)
    assert Bundle("s", "S", (1,)).code not in {code for code, _pages in bundles}
