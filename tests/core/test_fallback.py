"""What a chat can't do is said in what it can."""

from hypothesis import given
from hypothesis import strategies as st

from bot.commands import Field, Form
from bot.effects import (
    AnyEffect,
    AskForm,
    Attachment,
    Button,
    Edit,
    GrantRole,
    Menu,
    OpenThread,
    Option,
    Pin,
    Poll,
    Post,
    React,
    Whisper,
    from_json,
    to_json,
)
from bot.fallback import fallback, split_text
from bot.ports import Can, Capabilities
from bot.refs import ChatRef, MemberRef, MessageRef
from bot.text import Span, Text

CHAT = ChatRef("local", "g", "r")
ANN = MemberRef("local", "ann")
EVERYTHING = Capabilities(~Can(0))
NOTHING = Capabilities(Can(0))
TEXT = Text.of("Hello")
MENU = Menu("Pick", (Option("One", "t.one"), Option("Two", "t.two"), Option("Three", "t.three")))
BUTTONS = ((Button("Yes", "t.yes"),),)
ALL: list[AnyEffect] = [
    Post(chat=CHAT, text=TEXT, buttons=BUTTONS, menu=MENU),
    Post(chat=CHAT, text=TEXT, attachment=Attachment("a.png", b"x", "a picture")),
    Poll(chat=CHAT, question="Which?", options=("a", "b")),
    Edit(chat=CHAT, name="n", text=TEXT, menu=MENU),
    React(chat=CHAT, message=MessageRef(CHAT, "1"), emoji="👍"),
    OpenThread(chat=CHAT, name="t", on="n", title="T"),
    Whisper(chat=CHAT, to=ANN, text=TEXT, answering="x"),
    GrantRole(chat=CHAT, to=ANN, role="Helper"),
    Pin(chat=CHAT, name="n"),
    AskForm(chat=CHAT, to=ANN, form=Form("f.f", "F", (Field("a", "A"),))),
]


def only(effects: list[AnyEffect]) -> AnyEffect:
    assert len(effects) == 1
    return effects[0]


def test_a_chat_that_can_everything_gets_every_effect_unchanged() -> None:
    for effect in ALL:
        assert fallback(effect, EVERYTHING) == [effect]


def test_every_effect_survives_its_stored_form() -> None:
    for effect in ALL:
        assert from_json(to_json(effect)) == effect


def test_a_menu_becomes_buttons_two_in_a_row() -> None:
    post = only(fallback(ALL[0], Capabilities(Can.BUTTONS)))
    assert isinstance(post, Post)
    assert [[b.label for b in row] for row in post.buttons] == [["One", "Two"], ["Three"], ["Yes"]]


def test_without_buttons_the_text_says_what_to_type() -> None:
    post = only(fallback(ALL[0], NOTHING))
    assert isinstance(post, Post)
    assert "Yes: /choose t.yes" in str(post.text)


def test_without_pictures_their_description_stands_in_the_text() -> None:
    post = only(fallback(ALL[1], NOTHING))
    assert isinstance(post, Post)
    assert str(post.text) == "Hello\na picture"


def test_without_polls_the_question_is_a_post_with_its_options() -> None:
    post = only(fallback(ALL[2], NOTHING))
    assert isinstance(post, Post)
    assert str(post.text) == "Which?\n1. a\n2. b"


def test_a_poll_with_more_options_than_the_chat_takes_is_a_post() -> None:
    poll = Poll(chat=CHAT, question="Which?", options=tuple("abc"))
    assert isinstance(only(fallback(poll, Capabilities(~Can(0), poll_options=2))), Post)


def test_a_whisper_goes_to_the_private_conversation_of_who_agreed() -> None:
    post = only(fallback(ALL[6], Capabilities(Can.DM), private=True))
    assert post.chat == ANN.private_chat


def test_a_whisper_to_who_did_not_agree_is_answered_in_the_room() -> None:
    post = only(fallback(ALL[6], Capabilities(Can.DM), private=False))
    assert isinstance(post, Post)
    assert post.chat == CHAT


def test_a_secret_whisper_never_reaches_the_room() -> None:
    secret = Whisper(chat=CHAT, to=ANN, text=Text.of("secret"), public_ok=False)
    post = only(fallback(secret, Capabilities(Can.BUTTONS, private_link="https://x/{payload}")))
    assert isinstance(post, Post)
    assert "secret" not in str(post.text)
    assert post.buttons[0][0].url == "https://x/hello"


def test_what_only_adorns_is_left_out() -> None:
    for effect in (ALL[4], ALL[5], ALL[7], ALL[8]):
        assert fallback(effect, NOTHING) == []


def test_a_long_post_keeps_its_reply_on_the_first_and_its_buttons_on_the_last() -> None:
    text = Text.of("word " * 30)
    post = Post(chat=CHAT, text=text, name="n", reply_to="9", buttons=BUTTONS)
    first, *_, last = fallback(post, Capabilities(~Can(0), text_limit=50))
    assert isinstance(first, Post)
    assert isinstance(last, Post)
    assert (first.reply_to, first.name, first.buttons) == ("9", "", ())
    assert (last.reply_to, last.name, last.buttons) == (None, "n", BUTTONS)


@given(st.lists(st.tuples(st.text(max_size=80), st.booleans()), max_size=8), st.integers(10, 60))
def test_splitting_keeps_every_visible_character(parts: list[tuple[str, bool]], limit: int) -> None:
    text = Text(tuple(Span(t, bold=b) for t, b in parts))
    pieces = split_text(text, limit)
    assert all(len(str(piece)) <= limit for piece in pieces)
    assert "".join("".join(str(p) for p in pieces).split()) == "".join(str(text).split())
