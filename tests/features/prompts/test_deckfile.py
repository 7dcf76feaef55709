"""Deck files: what is written comes back, and every fault is told with its exact line."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.prompts.deckfile import (
    MAX_CARDS,
    MAX_OPTION,
    MAX_QUESTION,
    MAX_TEXT,
    OPTIONS,
    Card,
    DeckFaults,
    Deckfile,
    Fault,
    Format,
    read,
    same,
    write,
)

FORMATS: tuple[Format, ...] = ("toml", "csv", "json")
each_given = settings(deadline=None, max_examples=30)
each_format = pytest.mark.parametrize("format", FORMATS)


def lines(limit: int, alphabet: str = "") -> st.SearchStrategy[str]:
    """One-line values as reading leaves them: without outer blanks and controls."""
    letters = st.characters(exclude_categories=("Cc", "Cs"))
    usual = st.sampled_from("=+-@,;|\"'\\#[]{}.ñé😀\t" + alphabet)
    return st.text(letters | usual, max_size=limit).map(str.strip)


texts = lines(80, "\n").filter(bool)
keys = st.from_regex(r"[A-Za-z0-9._-]{1,20}", fullmatch=True)
options = st.just(()) | st.lists(
    lines(MAX_OPTION).filter(bool), min_size=OPTIONS.start, max_size=OPTIONS.stop - 1, unique=True
).map(tuple)
cards = st.builds(
    Card,
    text=texts,
    category=lines(40),
    key=st.none() | keys,
    author=st.none() | lines(80).filter(bool),
    options=options,
    image=st.none() | st.just("https://example.org/a.png?b=1&c=2"),
    language=st.none() | st.sampled_from(["en", "pt-BR"]),
)


def _distinct(some: list[Card]) -> Deckfile:
    numbered = (replace(card, key=card.key and f"{card.key}.{i}") for i, card in enumerate(some))
    return Deckfile(tuple({same(card.text): card for card in numbered}.values()))


decks = st.lists(cards, min_size=1, max_size=6).map(_distinct)


def faults(data: bytes | str, format: Format) -> list[Fault]:
    with pytest.raises(DeckFaults) as caught:
        read(data.encode() if isinstance(data, str) else data, format)
    return list(caught.value.faults)


def faults_if_any(data: bytes, format: Format) -> tuple[Fault, ...]:
    try:
        read(data, format)
    except DeckFaults as error:
        return error.faults
    return ()


def codes(data: bytes | str, format: Format) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in faults(data, format)]


def line_of(mark: str, data: bytes) -> int:
    before = data.decode("utf-8-sig").split(mark, 1)[0]
    return len(re.findall(r"\r\n|\r|\n", before)) + 1


@each_format
@each_given
@given(deck=decks)
def test_a_deck_written_and_read_is_the_same_deck(format: Format, deck: Deckfile) -> None:
    assert read(write(deck, format), format) == deck


@each_format
@each_given
@given(deck=decks)
def test_writing_what_was_read_changes_no_byte(format: Format, deck: Deckfile) -> None:
    data = write(deck, format)
    assert write(read(data, format), format) == data


def test_a_formula_stays_the_text_it_is_in_csv() -> None:
    deck = Deckfile((Card(text='=HYPERLINK("http://example.org";"x")'), Card(text="-1+2")))
    assert read(write(deck, "csv"), "csv") == deck


def test_csv_begins_with_the_mark_that_spreadsheets_know_utf8_by() -> None:
    assert write(Deckfile((Card(text="¿Qué?"),)), "csv").startswith(b"\xef\xbb\xbf")


MARK = "Here-is-the-fault "
spoilers: dict[str, Callable[[Card], Card]] = {
    "text-too-long": lambda card: replace(card, text=MARK + "x" * MAX_TEXT, options=()),
    "bad-character": lambda card: replace(card, text=MARK + "\x1b[31m", options=()),
}


@each_format
@pytest.mark.parametrize("code", spoilers)
@each_given
@given(deck=decks, data=st.data())
def test_a_fault_is_told_with_the_line_of_its_card(
    format: Format, code: str, deck: Deckfile, data: st.DataObject
) -> None:
    spoilt = list(deck.cards)
    at = data.draw(st.integers(0, len(spoilt) - 1))
    spoilt[at] = spoilers[code](spoilt[at])
    file = write(Deckfile(tuple(spoilt)), format)
    assert codes(file, format) == [(line_of(MARK, file), code)]


@each_format
@each_given
@given(deck=decks, data=st.data())
def test_a_prompt_that_comes_twice_is_told_with_both_lines(
    format: Format, deck: Deckfile, data: st.DataObject
) -> None:
    first = Card(text="Which bird wakes you?")
    rest = [card for card in deck.cards if same(card.text) != same(first.text)]
    at = data.draw(st.integers(0, len(rest)))
    file = write(Deckfile((first, *rest[:at], Card(text=" which BIRD  wakes you?"))), format)
    [fault] = faults(file, format)
    assert fault.code == "duplicate-text"
    assert fault.line == line_of(" which BIRD", file)
    assert fault.detail == {"toml": "1", "csv": "2", "json": "2"}[format]


@each_format
@each_given
@given(data=st.binary(max_size=300))
def test_arbitrary_bytes_raise_nothing_but_deck_faults(format: Format, data: bytes) -> None:
    assert all(fault.line >= 1 for fault in faults_if_any(data, format))


@each_format
@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"a = " + b"[" * 100_000,
        b"a = " + b"9" * 5_000,
        b"[" + b"9" * 5_000 + b"]",
        b"a." * 500_000,
        b"x = {" + b"a." * 500_000 + b"a = 1}",
        b'text\n"' + b"x" * 200_000,
        b'[{"text": "\\ud800", "\\ud800": 1}]',
        b'"""' * 3 + b"\\",
    ],
    ids=[
        "arrays",
        "objects",
        "value",
        "number",
        "digits",
        "key",
        "inline",
        "cell",
        "surrogate",
        "quotes",
    ],
)
def test_hostile_files_raise_deck_faults(format: Format, data: bytes) -> None:
    assert faults(data, format)


@each_format
@each_given
@given(deck=decks, data=st.data())
def test_a_damaged_file_raises_nothing_but_deck_faults(
    format: Format, deck: Deckfile, data: st.DataObject
) -> None:
    file = write(deck, format)
    start = data.draw(st.integers(0, len(file)))
    end = data.draw(st.integers(start, len(file)))
    damaged = file[:start] + data.draw(st.binary(max_size=5)) + file[end:]
    last = len(re.findall(rb"\r\n|\r|\n", damaged)) + 1
    assert all(1 <= fault.line <= last for fault in faults_if_any(damaged, format))


@each_format
@each_given
@given(deck=decks)
def test_the_same_file_with_crlf_holds_the_same_cards(format: Format, deck: Deckfile) -> None:
    file = re.sub(rb"\r?\n", b"\r\n", write(deck, format))
    assert read(file, format) == deck


@each_format
def test_all_faults_of_a_file_are_told_at_once(format: Format) -> None:
    spoilt = Deckfile(
        (
            Card(text="x" * (MAX_TEXT + 1), language="klingon!"),
            Card(text="Which one?", options=("only",)),
            Card(text="Who?", key="not a key", author="a" * 81),
        )
    )
    assert sorted(fault.code for fault in faults(write(spoilt, format), format)) == [
        "bad-key",
        "bad-language",
        "field-too-long",
        "text-too-long",
        "too-few-options",
    ]


@each_format
@pytest.mark.parametrize(
    ("card", "code", "detail"),
    [
        (Card(text=" \n ", key="k"), "empty-text", ""),
        (Card(text="x" * (MAX_QUESTION + 1), options=("a", "b")), "text-too-long", "301"),
        (Card(text="?", options=tuple("abcdefghijk")), "too-many-options", "11"),
        (Card(text="?", options=("a", "o" * (MAX_OPTION + 1))), "option-too-long", "o" * 56),
        (Card(text="?", options=("a", "b", "a ")), "repeated-option", "a"),
        (Card(text="?", options=("a", "b\nc")), "bad-character", "options"),
        (Card(text="?", category="two\nlines"), "bad-character", "category"),
        (Card(text="?", key="ключ"), "bad-key", "ключ"),
        (Card(text="?", language="english!"), "bad-language", "english!"),
        (Card(text="?", image="i" * 501), "field-too-long", "image"),
    ],
)
def test_a_card_beyond_the_rules_is_refused(
    format: Format, card: Card, code: str, detail: str
) -> None:
    [fault] = faults(write(Deckfile((card,)), format), format)
    assert (fault.code, fault.detail) == (code, detail)


@each_format
def test_a_key_may_come_again_in_another_language_only(format: Format) -> None:
    english = Card(text="Who?", key="who", language="en")
    french = Card(text="Qui ?", key="who", language="fr")
    again = Card(text="Who else?", key="who", language="en")
    assert read(write(Deckfile((english, french)), format), format).cards == (english, french)
    assert [f.code for f in faults(write(Deckfile((english, again)), format), format)] == [
        "duplicate-key"
    ]


@each_format
def test_a_byte_order_mark_is_no_part_of_the_file(format: Format) -> None:
    file = write(Deckfile((Card(text="Who?"),)), format).removeprefix(b"\xef\xbb\xbf")
    assert read(b"\xef\xbb\xbf" + file, format).cards == (Card(text="Who?"),)


@each_format
def test_the_card_beyond_the_limit_is_named(format: Format) -> None:
    many = Deckfile(tuple(Card(text=f"Number {number}?") for number in range(MAX_CARDS + 1)))
    file = write(many, format)
    [fault] = faults(file, format)
    assert (fault.code, fault.detail) == ("too-many-cards", str(MAX_CARDS))
    assert line_of(f"Number {MAX_CARDS}?", file) - fault.line in (0, 1)


@pytest.mark.parametrize(("format", "empty"), [("toml", " \n"), ("csv", "text\n"), ("json", "[]")])
def test_a_file_without_cards_says_so(format: Format, empty: str) -> None:
    assert codes(empty, format) == [(1, "no-cards")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_finds_out_its_delimiter(delimiter: str) -> None:
    rows = (["Category", "TEXT", "Option 1", "option2"], ["meet", '"One, two; three?"', "a", "b"])
    file = "\r\n".join(delimiter.join(row) for row in rows).encode()
    card = Card(text="One, two; three?", category="meet", options=("a", "b"))
    assert read(file, "csv").cards == (card,)


def test_csv_rows_of_blanks_are_passed_over() -> None:
    assert read(b"text,author\n,\n\nWho?,\n , \n", "csv").cards == (Card(text="Who?"),)


def test_a_detail_is_short_and_plain_whatever_the_file_holds() -> None:
    file = json.dumps([{"text": "a", "\x1b\ud800" + "y" * 100: 1}])
    [fault] = faults(file, "json")
    assert fault.detail == "\ufffd\ufffd" + "y" * 57 + "…"
