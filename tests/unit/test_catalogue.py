"""The catalogue: types found by any of their names, sizes written one way, accessories known."""

from __future__ import annotations

from collections import Counter

import pytest

from loanstore.assets import resources
from loanstore.domain.catalogue import Catalogue, InstrumentType, fold_size, fold_word
from loanstore.domain.errors import Ours


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load((resources() / "catalogue.json").read_text("utf-8"))


def found(catalogue: Catalogue, word: str) -> InstrumentType:
    kind = catalogue.find_type(word)
    assert kind is not None, word
    return kind


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Violin", "Violin"),
        ("VIOLIN ", "Violin"),
        ("Fiddle", "Violin"),
        ("'Cello", "Cello"),
        ("\u2019cello", "Cello"),
        ("violoncello", "Cello"),
        ("Clarinet", "Clarinet in B flat"),
        ("Bb Clarinet", "Clarinet in B flat"),
        ("B\u266d clarinet", "Clarinet in B flat"),
        ("Clarinet (Eb)", "Clarinet in E flat"),
        ("Tenor Horn", "Tenor horn"),
        ("French Horn", "French horn"),
        ("one handed recorder", "One-handed recorder"),
        ("Ukelele", "Ukulele"),
        ("P-Bone", "pBone"),
        ("drumkit", "Drum kit"),
        ("cajón", "Cajon"),
    ],
)
def test_a_type_is_found_by_what_people_call_it(catalogue: Catalogue, word: str, name: str) -> None:
    assert found(catalogue, word).name == name


@pytest.mark.parametrize("word", ["", "Theremin", "Store A", "violin viola"])
def test_an_unknown_word_is_no_type(catalogue: Catalogue, word: str) -> None:
    assert catalogue.find_type(word) is None


def test_every_word_and_every_size_means_one_thing(catalogue: Catalogue) -> None:
    words = Counter(word for kind in catalogue.types for word in set(map(fold_word, (kind.name, *kind.aliases))))
    assert [word for word, count in words.items() if count > 1 or not word] == []
    for kind in catalogue.types:
        for size in kind.sizes or ():
            assert kind.read_size(size) == size
            assert fold_size(size) == size
        assert set(kind.size_words.values()) <= set(kind.sizes or ())


def test_all_families_of_a_music_service_are_there(catalogue: Catalogue) -> None:
    assert len(catalogue.types) > 150
    assert {kind.family for kind in catalogue.types} == {
        "Strings",
        "Guitars and plucked strings",
        "Woodwind",
        "Brass",
        "Keyboards",
        "Drums and percussion",
        "World instruments",
        "Adapted and electronic",
        "Equipment",
    }
    assert catalogue.is_family(" strings")
    assert not catalogue.is_family("Violin")


@pytest.mark.parametrize(
    ("word", "text", "size"),
    [
        ("Violin", "1/2", "1/2"),
        ("Violin", " 1 / 2 ", "1/2"),
        ("Violin", "½", "1/2"),
        ("Violin", "Half size", "1/2"),
        ("Violin", "full", "4/4"),
        ("Violin", "1/32", "1/32"),
        ("Violin", "0.25", "1/4"),
        ("Violin", "5/7", None),
        ("Violin", '14"', None),
        ("Violin", "", None),
        ("Cello", "1/32", None),
        ("Viola", '14"', '14"'),
        ("Viola", "14", '14"'),
        ("Viola", "14 inch", '14"'),
        ("Viola", "14\u201d", '14"'),
        ("Viola", "14''", '14"'),
        ("Viola", "15\u00bd\u201d", '15.5"'),
        ("Viola", '15 1/2"', '15.5"'),
        ("Viola", '18"', None),
        ("Viola", "1/2", None),
        ("Djembe", "10 in.", '10"'),
        ("Recorder", "Soprano", "descant"),
        ("Recorder", "TREBLE", "treble"),
        ("Ukulele", "soprano", "soprano"),
        ("Keyboard", "61 key", "61 key"),
        ("Keyboard", "61-keys", "61 key"),
        ("Keyboard", "61", "61 key"),
        ("Flute", "curved", "curved head"),
        ("Tuba", "three valve", "three valve"),
    ],
)
def test_a_size_has_one_writing(catalogue: Catalogue, word: str, text: str, size: str | None) -> None:
    assert found(catalogue, word).read_size(text) == size


@pytest.mark.parametrize(
    ("words", "name", "size"),
    [
        ("Descant recorder", "Recorder", "descant"),
        ("Recorder (treble)", "Recorder", "treble"),
        ("1/2 size violin", "Violin", "1/2"),
        ("Violin - 3/4", "Violin", "3/4"),
        ("Three quarter size cello", "Cello", "3/4"),
        ("61 key keyboard", "Keyboard", "61 key"),
        ("Curved head flute", "Flute", "curved head"),
        ("Alto saxophone", "Alto saxophone", None),
    ],
)
def test_a_type_s_own_words_may_name_its_size(catalogue: Catalogue, words: str, name: str, size: str | None) -> None:
    answer = catalogue.find_sized(words)
    assert answer is not None
    assert (answer[0].name, answer[1]) == (name, size)


@pytest.mark.parametrize("words", ["5/7 violin", "Theremin 1/2", "violin stand for the band room"])
def test_words_that_are_no_size_are_no_type_either(catalogue: Catalogue, words: str) -> None:
    assert catalogue.find_sized(words) is None


def test_a_violin_can_t_go_out_without_its_bow_but_can_without_rosin(catalogue: Catalogue) -> None:
    needed = {one.name: one.essential for one in found(catalogue, "Violin").accessories}
    assert needed["Bow"]
    assert not needed["Rosin"]


@pytest.mark.parametrize("text", ["", "[]", '{"families": [{}]}', '{"accessories": {}, "families": 3}'])
def test_a_broken_catalogue_is_our_fault_and_says_so(text: str) -> None:
    with pytest.raises(Ours) as told:
        Catalogue.load(text)
    assert told.value.code == "CATALOGUE_UNREADABLE"
