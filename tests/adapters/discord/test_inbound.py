"""What people do arrives as events."""

from __future__ import annotations

from datetime import UTC

from bot.events import (
    ChatAdded,
    ChatRemoved,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    PollVoted,
    Reacted,
)
from bot.refs import ChatRef, MemberRef
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.core import chat_of, member_of


async def test_a_message_says_who_wrote_what_where_and_when(town: Town) -> None:
    said = town.ann.says(town.general, "hello all")
    await town.api.until(lambda: town.core.all(MessagePosted))
    event = town.core.last(MessagePosted)
    assert (event.text, event.name, event.message) == ("hello all", "Ann", str(said.id))
    assert (event.chat, event.member) == (chat_of(town.general), member_of(town.ann))
    assert event.at.tzinfo is UTC
    assert abs((event.at - said.at).total_seconds()) < 0.01


async def test_a_reply_names_the_message_and_its_author(town: Town) -> None:
    first = town.ann.says(town.general, "who is in?")
    town.bob.says(town.general, "me", reply_to=first)
    await town.api.until(lambda: len(town.core.all(MessagePosted)) == 2)
    event = town.core.last(MessagePosted)
    assert (event.reply_to, event.reply_to_member) == (str(first.id), member_of(town.ann))


async def test_a_reply_to_the_bot_has_no_member(town: Town) -> None:
    ours = town.api.post(town.general, town.api.bot, "a question")
    town.bob.says(town.general, "an answer", reply_to=ours)
    await town.api.until(lambda: town.core.all(MessagePosted))
    event = town.core.last(MessagePosted)
    assert (event.reply_to, event.reply_to_member) == (str(ours.id), None)


async def test_mentions_are_read_as_names(town: Town) -> None:
    town.ann.says(town.general, f"<@{town.bob.id}> welcome <:wave:123>")
    await town.api.until(lambda: town.core.all(MessagePosted))
    event = town.core.last(MessagePosted)
    assert (event.text, event.mentions) == ("@Bob welcome :wave:", (member_of(town.bob),))


async def test_bots_and_the_bot_itself_are_not_heard(town: Town) -> None:
    town.api.post(town.general, town.api.user("Other", bot=True), "beep")
    town.api.post(town.general, town.api.bot, "our own")
    town.ann.says(town.general, "human")
    await town.api.until(lambda: town.core.all(MessagePosted))
    assert [event.text for event in town.core.all(MessagePosted)] == ["human"]


async def test_a_private_message_has_the_person_for_a_room(town: Town) -> None:
    town.ann.says(town.ann.dm, "hi bot")
    await town.api.until(lambda: town.core.all(MessagePosted))
    assert town.core.last(MessagePosted).chat == member_of(town.ann).private_chat


async def test_an_edit_and_a_deletion_are_told(town: Town) -> None:
    said = town.ann.says(town.general, "helo")
    town.ann.edits(said, "hello")
    town.ann.deletes(said)
    await town.api.until(lambda: town.core.all(MessageDeleted))
    assert town.core.last(MessageEdited).text == "hello"
    assert town.core.last(MessageDeleted).message == str(said.id)


async def test_a_picture_is_noticed(town: Town) -> None:
    town.ann.says(town.general, "look", files=1)
    await town.api.until(lambda: town.core.all(MessagePosted))
    assert town.core.last(MessagePosted).has_media


async def test_reactions_come_and_go(town: Town) -> None:
    said = town.ann.says(town.general, "party?")
    town.bob.reacts(said, "🎉")
    town.bob.unreacts(said, "🎉")
    await town.api.until(lambda: len(town.core.all(Reacted)) == 2)
    first, second = town.core.all(Reacted)
    assert (first.emoji, first.added, second.added) == ("🎉", True, False)
    assert first.id != second.id
    assert first.member == member_of(town.bob)


async def test_a_vote_in_a_poll_of_earlier_is_told_whole(town: Town) -> None:
    answers = [{"answer_id": n, "poll_media": {"text": t}} for n, t in enumerate("abc", 1)]
    poll = {"question": {"text": "?"}, "answers": answers, "allow_multiselect": True}
    message = town.api.post(town.general, town.api.bot, poll=poll)
    message.votes = {1: [town.ann.id]}
    town.ann.votes(message, "c")
    await town.api.until(lambda: town.core.all(PollVoted))
    assert town.core.last(PollVoted).options == (0, 2)
    town.ann.votes(message, "a", added=False)
    town.ann.votes(message, "c", added=False)
    await town.api.until(lambda: len(town.core.all(PollVoted)) == 3)
    assert town.core.last(PollVoted).options == ()


async def test_members_come_and_go_and_the_list_is_read(town: Town) -> None:
    await town.api.until(lambda: len([e for e in town.core.all(MemberJoined) if e.known]) == 3)
    eve = town.guild.person("Eve")
    await town.api.until(lambda: not town.core.last(MemberJoined).known)
    assert town.core.last(MemberJoined).name == "Eve"
    eve.leaves()
    await town.api.until(lambda: town.core.all(MemberLeft))
    assert town.core.last(MemberLeft).member == member_of(eve)


async def test_a_guild_is_told_when_found_and_when_new(town: Town) -> None:
    found = town.core.all(ChatAdded)
    assert [(event.title, event.new) for event in found] == [("Friends", False)]
    other = town.api.guild("Neighbours")
    await town.api.until(lambda: len(town.core.all(ChatAdded)) == 2)
    event = town.core.last(ChatAdded)
    assert (event.title, event.new, event.language) == ("Neighbours", True, "en-US")
    town.api.kick_bot(other)
    await town.api.until(lambda: town.core.all(ChatRemoved))
    assert town.core.last(ChatRemoved).chat == ChatRef("discord", str(other.id))


async def test_a_guild_that_is_joined_again_is_new_again(town: Town) -> None:
    town.api.kick_bot(town.guild)
    await town.api.until(lambda: town.core.all(ChatRemoved))
    town.api.guilds[town.guild.id] = town.guild
    payload = town.guild.create_payload(members=True)
    payload["joined_at"] = town.api.clock().isoformat()
    town.api.dispatch("GUILD_CREATE", payload, guild=town.guild)
    await town.api.until(lambda: len(town.core.all(ChatAdded)) == 2)
    assert town.core.last(ChatAdded).new


async def test_a_guilds_new_name_is_told(town: Town) -> None:
    town.guild.name = "Good friends"
    town.api.dispatch("GUILD_UPDATE", town.guild.payload(), guild=town.guild)
    await town.api.until(lambda: len(town.core.all(ChatAdded)) == 2)
    assert (town.core.last(ChatAdded).title, town.core.last(ChatAdded).new) == (
        "Good friends",
        False,
    )


async def test_a_malformed_event_is_left_out_and_the_next_one_is_heard(town: Town) -> None:
    town.api.dispatch("MESSAGE_CREATE", {"odd": True}, guild=town.guild)
    town.api.dispatch("CHANNEL_UPDATE", {"odd": True}, guild=town.guild)
    town.ann.says(town.general, "still here?")
    await town.api.until(lambda: town.core.all(MessagePosted))
    assert len(town.api.sessions) == 1


async def test_a_message_in_a_thread_has_the_thread_for_a_room(town: Town) -> None:
    start = town.ann.says(town.general, "let's talk")
    thread = town.api.thread(town.general, "talk", start)
    town.bob.says(thread, "in here")
    await town.api.until(lambda: len(town.core.all(MessagePosted)) == 2)
    event = town.core.last(MessagePosted)
    assert event.chat == ChatRef("discord", str(town.guild.id), str(start.id))
    assert event.member == MemberRef("discord", str(town.bob.id))
