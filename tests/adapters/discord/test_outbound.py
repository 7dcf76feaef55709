"""Effects become requests, and errors those of the core."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.effects import (
    AnyEffect,
    Attachment,
    Button,
    Delete,
    Edit,
    GrantRole,
    Look,
    Menu,
    OpenThread,
    Option,
    Pin,
    Poll,
    Post,
    React,
    Whisper,
)
from bot.events import PollVoted
from bot.ports import InDoubt, Rejected, TryLater, Unreachable
from bot.refs import ChatRef, MessageRef
from bot.text import Text, bold, mention
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.core import chat_of, member_of
from tests.discord_api import ApiError

MESSAGES = "/channels/*/messages"


async def sent(town: Town, effect: AnyEffect, token: str = "row-1") -> MessageRef:
    made = await town.adapter.perform(effect, token)
    assert made is not None
    return made


def post(town: Town, text: str | Text, **fields: object) -> Post:
    said = Text.of(text)
    return Post(chat=chat_of(town.general), text=said, **fields)  # type: ignore[arg-type]  # tests name real fields


async def test_a_post_arrives_and_is_named(town: Town) -> None:
    made = await sent(town, post(town, Text.of("Hello ", bold("all"))))
    assert town.general.texts == ["Hello **all**"]
    assert made == MessageRef(chat_of(town.general), str(town.general.messages[0].id))


async def test_the_same_token_twice_makes_one_message(town: Town) -> None:
    first = await sent(town, post(town, "once"))
    second = await sent(town, post(town, "once"))
    assert (first, town.general.texts) == (second, ["once"])


async def test_typed_markup_and_everyone_stay_text_and_ping_nobody(town: Town) -> None:
    await sent(town, post(town, "**@everyone** `x` <@1> [a](http://b.c) https://x.y/a_b\n# big"))
    message = town.general.messages[0]
    assert message.content == (
        "\\*\\*@everyone\\*\\* \\`x\\` \\<@1> \\[a\\](http://b.c) https://x.y/a_b\n\\# big"
    )
    assert message.pings == []


async def test_only_the_pings_of_the_effect_notify(town: Town) -> None:
    ann, bob = member_of(town.ann), member_of(town.bob)
    text = Text.of(mention(ann, "Ann"), " and ", mention(bob, "Bob"))
    await sent(town, post(town, text, pings=(ann,)))
    message = town.general.messages[0]
    assert message.pings == [town.ann.id]
    assert message.content == f"<@{town.ann.id}> and \u2068Bob\u2069"


async def test_buttons_and_a_menu_carry_their_choices(town: Town) -> None:
    rows = ((Button("Yes", "p.yes", look=Look.MAIN), Button("More", url="https://x.y")),)
    menu = Menu("Pick", tuple(Option(f"O{n}", f"p.o:{n}") for n in range(30)))
    await sent(town, post(town, "?", buttons=rows, menu=menu))
    message = town.general.messages[0]
    assert message.component("Yes")["custom_id"] == "p.yes"
    assert [len(p["options"]) for p in message.buttons if p["type"] == 3] == [25, 5]


async def test_a_picture_is_sent_with_its_description(town: Town) -> None:
    picture = Attachment("chart.png", b"png", alt="a chart")
    await sent(town, post(town, "look", attachment=picture))
    assert town.general.messages[0].files == [("chart.png", b"png")]
    body = next(b for m, p, b in town.api.requests if m == "POST" and p.endswith("/messages"))
    assert body["attachments"][0]["description"] == "a chart"


async def test_a_text_that_markup_made_too_long_goes_into_an_embed(town: Town) -> None:
    await sent(town, post(town, "*" * 1500))
    message = town.general.messages[0]
    assert (message.content, len(message.embeds[0]["description"])) == ("", 3000)


async def test_a_reply_points_at_its_message(town: Town) -> None:
    said = town.ann.says(town.general, "who?")
    await sent(town, post(town, "you", reply_to=str(said.id)))
    reference = town.general.messages[1].reference
    assert reference is not None
    assert reference["message_id"] == str(said.id)


async def test_an_edit_replaces_text_and_buttons(town: Town) -> None:
    made = await sent(town, post(town, "open", buttons=((Button("Go", "p.go"),),)))
    await town.adapter.perform(Edit(chat=made.chat, text=Text.of("closed"), message=made), "row-2")
    message = town.general.messages[0]
    assert (message.content, message.components) == ("closed", [])


async def test_deleting_what_is_gone_is_no_trouble(town: Town) -> None:
    made = await sent(town, post(town, "soon gone"))
    for _ in range(2):
        await town.adapter.perform(Delete(chat=made.chat, message=made), "row-2")
    assert town.general.texts == []


async def test_reactions_and_pins(town: Town) -> None:
    made = await sent(town, post(town, "nice"))
    await town.adapter.perform(React(chat=made.chat, message=made, emoji="👍"), "row-2")
    await town.adapter.perform(Pin(chat=made.chat, name="p", message=made), "row-3")
    message = town.general.messages[0]
    assert (list(message.reactions), message.pinned) == (["👍"], True)


async def test_a_thread_is_opened_once_and_written_in(town: Town) -> None:
    made = await sent(town, post(town, "question"))
    opening = OpenThread(chat=made.chat, name="t", title="x" * 200, message=made)
    thread = await sent(town, opening)
    assert await sent(town, opening) == thread
    assert thread.chat == made.chat.in_room(made.id)
    await sent(town, Post(chat=thread.chat, text=Text.of("in here")), "row-3")
    assert town.guild.threads[int(made.id)].texts == ["in here"]


async def test_an_archived_thread_is_opened_again_to_write_in_it(town: Town) -> None:
    made = await sent(town, post(town, "question"))
    thread = await sent(town, OpenThread(chat=made.chat, name="t", title="t", message=made))
    channel = town.guild.threads[int(thread.chat.room)]
    town.api.archive(channel, locked=True)
    await sent(town, Post(chat=thread.chat, text=Text.of("late")), "row-3")
    assert (channel.texts, channel.archived) == (["late"], False)


async def test_a_post_in_a_forum_is_a_thread_of_its_own(town: Town) -> None:
    forum = town.guild.forum("questions")
    town.ann.says(town.general, "the forum is known by now")
    await town.api.until(lambda: town.core.heard[-1].id.startswith("d:m"))
    made = await sent(town, Post(chat=chat_of(forum), text=Text.of("How?\nmore")))
    thread = town.guild.threads[int(made.chat.room)]
    assert (thread.name, thread.texts) == ("How?", ["How?\nmore"])
    assert await sent(town, OpenThread(chat=made.chat, name="t", title="t", message=made)) == made


async def test_a_poll_is_native_and_votes_come_back_whole(town: Town) -> None:
    poll = Poll(chat=chat_of(town.general), question="When?", options=("now", "later"), hours=2)
    made = await sent(town, poll)
    message = town.general.messages[0]
    town.ann.votes(message, "later")
    await town.api.until(lambda: town.core.all(PollVoted))
    event = town.core.last(PollVoted)
    assert (event.message, event.options, event.member) == (made.id, (1,), member_of(town.ann))


async def test_a_role_is_given_and_taken_by_name(town: Town) -> None:
    role = town.guild.role("Host")
    town.ann.says(town.general, "the role is known by now")
    await town.api.until(lambda: town.core.heard[-1].id.startswith("d:m"))
    chat, ann = chat_of(town.general), member_of(town.ann)
    await town.adapter.perform(GrantRole(chat=chat, to=ann, role="Host"), "row-1")
    assert role.id in town.guild.members[town.ann.id].roles
    await town.adapter.perform(GrantRole(chat=chat, to=ann, role="Host", take=True), "row-2")
    assert role.id not in town.guild.members[town.ann.id].roles
    with pytest.raises(Unreachable):
        await town.adapter.perform(GrantRole(chat=chat, to=ann, role="Nobody"), "row-3")


async def test_a_private_message_opens_the_private_channel(town: Town) -> None:
    chat = member_of(town.ann).private_chat
    made = await sent(town, Post(chat=chat, text=Text.of("psst")))
    assert (made.chat, town.ann.dm.texts) == (chat, ["psst"])


async def test_a_closed_private_channel_is_unreachable(town: Town) -> None:
    town.ann.user.accepts_dms = False
    with pytest.raises(Unreachable):
        await sent(town, Post(chat=member_of(town.ann).private_chat, text=Text.of("psst")))


async def test_a_guild_without_a_chosen_room_is_written_to_in_its_first(town: Town) -> None:
    made = await sent(town, Post(chat=ChatRef("discord", str(town.guild.id)), text=Text.of("hi")))
    assert made.chat == chat_of(town.general)


@pytest.mark.parametrize("permission", ["send_messages", "view_channel"])
async def test_a_missing_permission_is_unreachable(town: Town, permission: str) -> None:
    town.general.forbid(permission)
    with pytest.raises(Unreachable):
        await sent(town, post(town, "hello"))


async def test_a_room_that_is_gone_is_unreachable(town: Town) -> None:
    chat = chat_of(town.general)
    town.api.delete_channel(town.general)
    with pytest.raises(Unreachable):
        await sent(town, Post(chat=chat, text=Text.of("hello")))


async def test_refused_content_is_rejected(town: Town) -> None:
    town.api.fail("POST", MESSAGES, ApiError(400, 50035, "Invalid Form Body"))
    with pytest.raises(Rejected):
        await sent(town, post(town, "hello"))


async def test_a_long_429_is_left_to_the_courier(town: Town) -> None:
    town.api.slow_down("POST", MESSAGES, 120.0)
    with pytest.raises(TryLater) as caught:
        await sent(town, post(town, "hello"))
    assert caught.value.after == timedelta(seconds=120)


async def test_while_discord_is_away_each_pause_is_longer(town: Town) -> None:
    await town.adapter.close()
    waits = []
    for _ in range(8):
        with pytest.raises(TryLater) as caught:
            await sent(town, post(town, "hello"))
        assert caught.value.everywhere
        waits.append(caught.value.after.total_seconds())
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300]


async def test_a_short_429_is_waited_for(town: Town) -> None:
    town.api.slow_down("POST", MESSAGES, 0.01)
    await sent(town, post(town, "hello"))
    assert town.general.texts == ["hello"]


async def test_an_answer_lost_on_the_way_is_in_doubt_and_repeating_it_is_harmless(
    town: Town,
) -> None:
    town.api.break_off("POST", MESSAGES, "after")
    with pytest.raises(InDoubt):
        await sent(town, post(town, "once"))
    await sent(town, post(town, "once"))
    assert town.general.texts == ["once"]


async def test_a_lost_reaction_is_simply_tried_again(town: Town) -> None:
    made = await sent(town, post(town, "nice"))
    # aiohttp repeats such a request once by itself
    town.api.break_off("PUT", "/channels/*/reactions/*", "after", times=2)
    with pytest.raises(TryLater):
        await town.adapter.perform(React(chat=made.chat, message=made, emoji="👍"), "row-2")


async def test_direct_messages_that_come_too_fast_are_put_off(town: Town) -> None:
    town.api.fail("POST", "/users/@me/channels", ApiError(403, 40003, "Opening DMs too fast"))
    with pytest.raises(TryLater):
        await sent(town, Post(chat=member_of(town.ann).private_chat, text=Text.of("psst")))


async def test_a_whisper_without_a_question_goes_to_the_room_only_if_it_may(town: Town) -> None:
    whisper = Whisper(chat=chat_of(town.general), to=member_of(town.ann), text=Text.of("psst"))
    await sent(town, whisper)
    assert town.general.texts == ["psst"]
    closed = Whisper(
        chat=chat_of(town.general), to=member_of(town.ann), text=Text.of("x"), public_ok=False
    )
    with pytest.raises(Unreachable):
        await sent(town, closed)
