"""Rich text: user text is data."""

from hypothesis import given
from hypothesis import strategies as st

from bot.refs import ChatRef, MemberRef
from bot.text import Span, Text, bold, clean, compose, isolated, mention

ANN = MemberRef("local", "ann")


def test_a_name_is_isolated_from_the_direction_of_its_sentence() -> None:
    assert isolated("\u202eevil") == "\u2068evil\u2069"


def test_an_emoji_of_joined_parts_stays_whole() -> None:
    assert "👩‍🚀" in isolated("👩‍🚀 Ann")


def test_a_name_of_nothing_visible_is_a_question_mark() -> None:
    assert isolated("\u200b\u202e ") == "\u2068?\u2069"


def test_a_long_name_is_shortened() -> None:
    assert len(isolated("x" * 200)) == 42


def test_control_characters_are_dropped_and_line_breaks_kept() -> None:
    assert clean("a\x00b\r\nc") == "ab\nc"


def test_braces_in_a_part_are_data() -> None:
    assert (
        str(compose("{a} and {b}", {"a": "{b}", "b": "{0.__class__}"})) == "{b} and {0.__class__}"
    )


def test_a_missing_part_stays_visible() -> None:
    assert str(compose("Hello {name}", {})) == "Hello {name}"


def test_a_part_keeps_its_look() -> None:
    assert compose("a {x}", {"x": bold("b")}).spans == (Span("a "), Span("b", bold=True))


def test_mentions_are_counted_once() -> None:
    text = Text.of(mention(ANN, "Ann"), " ", mention(ANN, "Ann"))
    assert text.mentions == (ANN,)


@given(st.text(), st.text())
def test_a_composed_text_never_interprets_its_parts(template: str, part: str) -> None:
    escaped = template.replace("{", "(").replace("}", ")")
    assert str(compose(escaped + "{x}", {"x": part})) == escaped + part


@given(st.text(min_size=1).filter(lambda t: ":" not in t), st.text(), st.text())
def test_a_chat_survives_its_text_form(platform: str, group: str, room: str) -> None:
    chat = ChatRef(platform, group.replace("/", ""), room)
    assert ChatRef.parse(str(chat)) == chat
