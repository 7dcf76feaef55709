"""What every adapter carries out."""

import pytest

from bot.effects import (
    Attachment,
    Button,
    Delete,
    Edit,
    Menu,
    OpenThread,
    Option,
    Pin,
    Poll,
    Post,
    React,
    Whisper,
)
from bot.events import ChoiceMade, MessagePosted
from bot.ports import Can, Unreachable
from bot.refs import MessageRef
from bot.text import Text, bold, code, isolated, italic, link, mention, quote
from tests.conformance.conftest import Bench

HELLO = Text.of("Hello")
# The smallest valid PNG: one transparent pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "789c6360000002000001e221bc330000000049454e44ae426082"
)


async def test_a_post_is_seen_as_it_was_said(bench: Bench) -> None:
    made = await bench.perform(Post(chat=bench.chat, text=HELLO))
    assert bench.line(made).text == "Hello"


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _it_ `code`",
        "<b>tag</b> &amp;",
        "[a](https://example.org)",
        "@everyone @here",
        "\\*",
    ],
)
async def test_what_looks_like_markup_is_shown_as_typed(bench: Bench, text: str) -> None:
    made = await bench.perform(Post(chat=bench.chat, text=Text.of(text)))
    shown = bench.line(made)
    assert (shown.text, shown.pings) == (text, ())


async def test_every_look_keeps_its_words(bench: Bench) -> None:
    text = Text.of(
        bold("b"), " ", italic("i"), " ", code("c"), " ", link("l", "https://example.org"), " é👩‍🚀"
    )
    made = await bench.perform(Post(chat=bench.chat, text=text))
    assert all(word in bench.line(made).text for word in ("b i c", "l", "é👩‍🚀"))


async def test_a_quote_keeps_its_lines(bench: Bench) -> None:
    made = await bench.perform(Post(chat=bench.chat, text=Text.of("Said:\n", quote("one\ntwo"))))
    shown = bench.line(made).text
    assert "one" in shown
    assert "two" in shown


async def test_a_mention_pings_only_who_is_allowed(bench: Bench) -> None:
    await bench.stage.says("Ben", "hi")
    await bench.stage.delivered()
    ben = bench.core.last(MessagePosted).member
    text = Text.of(mention(ben, "Ben"), " hello")
    loud = await bench.perform(Post(chat=bench.chat, text=text, pings=(ben,)))
    assert bench.line(loud).pings == ("Ben",)
    quiet = await bench.perform(Post(chat=bench.chat, text=Text.of(isolated("Ben"), " hello")))
    assert bench.line(quiet).pings == ()


async def test_the_same_token_makes_one_post(bench: Bench) -> None:
    bench.needs(Can.DEDUPE)
    before = len(bench.stage.lines())
    for _ in range(2):
        await bench.perform(Post(chat=bench.chat, text=HELLO), token="same")
    assert len(bench.stage.lines()) == before + 1


async def test_an_edit_changes_words_and_buttons(bench: Bench) -> None:
    made = await bench.perform(Post(chat=bench.chat, text=HELLO))
    button = Button("More", "t.more")
    await bench.perform(
        Edit(chat=bench.chat, text=Text.of("Changed"), buttons=((button,),), message=made)
    )
    shown = bench.line(made)
    assert (shown.text, shown.buttons) == ("Changed", ("More",))


async def test_the_same_edit_twice_is_no_error(bench: Bench) -> None:
    made = await bench.perform(Post(chat=bench.chat, text=HELLO))
    for _ in range(2):
        await bench.perform(Edit(chat=bench.chat, text=Text.of("Changed"), message=made))
    assert bench.line(made).text == "Changed"


async def test_a_deleted_post_is_gone(bench: Bench) -> None:
    made = await bench.perform(Post(chat=bench.chat, text=HELLO))
    await bench.perform(Delete(chat=bench.chat, message=made))
    assert made is not None
    assert all(n.deleted for n in bench.stage.lines() if n.id.endswith(made.id))


async def test_deleting_what_is_gone_is_no_surprise(bench: Bench) -> None:
    made = await bench.perform(Post(chat=bench.chat, text=HELLO))
    await bench.perform(Delete(chat=bench.chat, message=made))
    try:
        await bench.perform(Delete(chat=bench.chat, message=made))
    except Unreachable:
        return


async def test_a_reply_points_at_what_it_answers(bench: Bench) -> None:
    await bench.stage.says("Ben", "question")
    await bench.stage.delivered()
    asked = bench.core.last(MessagePosted)
    made = await bench.perform(Post(chat=bench.chat, text=HELLO, reply_to=asked.message))
    assert bench.line(made).reply


async def test_a_menu_is_picked_from(bench: Bench) -> None:
    bench.needs(Can.MENUS)
    menu = Menu("Choose", (Option("One", "t.one"), Option("Two", "t.two")))
    made = await bench.perform(Post(chat=bench.chat, text=HELLO, menu=menu))
    await bench.stage.presses("Ben", bench.line(made), "Two")
    await bench.stage.delivered()
    assert bench.core.last(ChoiceMade).choice == "t.two"


async def test_a_poll_shows_its_options(bench: Bench) -> None:
    bench.needs(Can.POLLS)
    made = await bench.perform(Poll(chat=bench.chat, question="Which?", options=("a", "b")))
    shown = bench.line(made)
    assert (shown.text, shown.poll) == ("Which?", ("a", "b"))


async def test_a_picture_is_attached_under_its_name(bench: Bench) -> None:
    bench.needs(Can.IMAGES)
    picture = Attachment("pixel.png", PIXEL, "a pixel")
    made = await bench.perform(Post(chat=bench.chat, text=HELLO, attachment=picture))
    assert bench.line(made).files


async def test_a_file_is_attached_under_its_name(bench: Bench) -> None:
    made = await bench.perform(
        Post(chat=bench.chat, text=HELLO, attachment=Attachment("deck.toml", b"[[prompt]]"))
    )
    assert bench.line(made).files == ("deck.toml",)


async def test_a_reaction_is_put_on_somebodys_message(bench: Bench) -> None:
    bench.needs(Can.REACTIONS)
    event = bench.core.last(MessagePosted)
    made = await bench.perform(
        React(chat=bench.chat, message=MessageRef(event.chat, event.message), emoji="👍")
    )
    assert made is None


async def test_a_thread_is_a_room_of_its_own(bench: Bench) -> None:
    bench.needs(Can.THREADS)
    post = await bench.perform(Post(chat=bench.chat, text=HELLO))
    thread = await bench.perform(
        OpenThread(chat=bench.chat, name="t", on="p", title="Talk", message=post)
    )
    assert thread is not None
    assert thread.chat != bench.chat
    inside = await bench.perform(Post(chat=thread.chat, text=Text.of("Inside")))
    assert bench.line(inside).thread


async def test_a_post_can_be_pinned_and_unpinned(bench: Bench) -> None:
    bench.needs(Can.PINS)
    post = await bench.perform(Post(chat=bench.chat, text=HELLO))
    await bench.perform(Pin(chat=bench.chat, name="p", message=post))
    await bench.perform(Pin(chat=bench.chat, name="p", message=post, unpin=True))


async def test_a_whisper_is_for_one_persons_eyes(bench: Bench) -> None:
    bench.needs(Can.EPHEMERAL)
    button = Button("Yes", "t.yes")
    made = await bench.perform(Post(chat=bench.chat, text=HELLO, buttons=((button,),)))
    await bench.stage.presses("Ben", bench.line(made), "Yes")
    await bench.stage.delivered()
    press = bench.core.last(ChoiceMade)
    await bench.perform(
        Whisper(chat=bench.chat, to=press.member, text=Text.of("psst"), answering=press.answer)
    )
    assert [n.only_for for n in bench.stage.lines() if n.text == "psst"] == ["Ben"]


async def test_a_room_that_is_gone_is_unreachable(bench: Bench) -> None:
    gone = type(bench.chat)(bench.chat.platform, "424242", "424243")
    with pytest.raises(Unreachable):
        await bench.perform(Post(chat=gone, text=HELLO))


async def test_private_words_to_somebody_who_never_wrote_are_refused_or_arrive(
    bench: Bench,
) -> None:
    ben = bench.core.last(MessagePosted).member
    try:
        made = await bench.perform(Post(chat=ben.private_chat, text=HELLO))
    except Unreachable:
        return
    assert bench.line(made).only_for


async def test_the_rooms_of_the_group_have_one_default(bench: Bench) -> None:
    rooms = await bench.stage.adapter.rooms(bench.chat)
    assert sum(room.default for room in rooms) == 1


async def test_a_check_of_a_healthy_room_finds_nothing_wrong(bench: Bench) -> None:
    findings = await bench.stage.adapter.check([bench.chat])
    assert findings
    assert [f.what for f in findings if not f.ok] == []
