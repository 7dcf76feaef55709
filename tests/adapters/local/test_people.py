"""What people do becomes the event it stands for."""

import pytest

from adapters.local import LocalAdapter, Refused
from bot.commands import Field, Form
from bot.effects import AskForm, Attachment, Button, Menu, Option, Poll, Post, Whisper
from bot.events import (
    ChoiceMade,
    CommandGiven,
    FormSubmitted,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Opened,
    PollVoted,
    Reacted,
)
from bot.text import Text
from tests.adapters.local.conftest import Town
from tests.adapters.local.recorder import Recorder

FORM = Form("prompt.new", "A prompt", (Field("text", "Your question", max_length=20),))


async def test_a_message_arrives_with_its_author_its_moment_and_its_text(
    town: Town, core: Recorder
) -> None:
    message = await town.ann.says(town.general, "hello")

    event = core.last(MessagePosted)
    assert (event.id, event.member, event.name) == (f"l:m:{message.id}", town.ann.ref, "Ann")
    assert (event.at, event.chat, event.text) == (town.clock.time, town.general, "hello")


async def test_a_reply_names_the_message_and_its_author(town: Town, core: Recorder) -> None:
    first = await town.ann.says(town.general, "hello")
    await town.ben.says(town.general, "hi", reply_to=first)

    event = core.last(MessagePosted)
    assert (event.reply_to, event.reply_to_member) == (first.id, town.ann.ref)


async def test_a_reply_to_the_bot_names_no_member(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    await adapter.perform(Post(chat=town.general, text=Text.of("What made you smile?")), "1")
    await town.ben.says(town.general, "rain", reply_to=town.world.history(town.general)[-1])

    event = core.last(MessagePosted)
    assert (event.reply_to is not None, event.reply_to_member) == (True, None)


async def test_a_name_after_an_at_sign_is_a_mention_whatever_its_case(
    town: Town, core: Recorder
) -> None:
    await town.ann.says(town.general, "ask @ben ode, he knows")

    assert core.last(MessagePosted).mentions == (town.ben.ref,)


async def test_a_picture_is_told_as_media(town: Town, core: Recorder) -> None:
    await town.ann.says(town.general, "", attachment=Attachment("cat.png", b"meow"))

    assert core.last(MessagePosted).has_media


async def test_an_edit_and_a_deletion_name_the_message(town: Town, core: Recorder) -> None:
    message = await town.ann.says(town.general, "helo")
    await town.ann.edits(message, "hello")
    await town.ann.deletes(message)

    assert core.last(MessageEdited).message == message.id
    assert core.last(MessageDeleted).message == message.id


async def test_nobody_edits_somebody_elses_message(town: Town) -> None:
    message = await town.ann.says(town.general, "hello")

    with pytest.raises(Refused):
        await town.ben.edits(message, "bye")


async def test_a_moderator_takes_away_somebody_elses_message(town: Town) -> None:
    message = await town.ben.says(town.general, "spam")
    await town.ann.deletes(message)

    assert town.world.history(town.general) == []


async def test_a_reaction_put_twice_is_told_once(town: Town, core: Recorder) -> None:
    message = await town.ann.says(town.general, "hello")
    await town.ben.reacts(message, "👍")
    await town.ben.reacts(message, "👍")

    assert [event.emoji for event in core.all(Reacted)] == ["👍"]


async def test_a_reaction_taken_away_is_told(town: Town, core: Recorder) -> None:
    message = await town.ann.says(town.general, "hello")
    await town.ben.reacts(message, "👍")
    await town.ben.reacts(message, "👍", added=False)

    assert not core.last(Reacted).added


async def test_a_button_is_pressed_by_its_label_and_comes_back_with_its_id(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    buttons = ((Button("Yes", "prompt.yes:7"),),)
    await adapter.perform(Post(chat=town.general, text=Text.of("Ok?"), buttons=buttons), "1")
    await town.ann.presses(town.world.history(town.general)[-1], "Yes")

    event = core.last(ChoiceMade)
    assert (event.choice, event.moderator) == ("prompt.yes:7", True)


async def test_a_disabled_button_can_not_be_pressed(town: Town, adapter: LocalAdapter) -> None:
    buttons = ((Button("Yes", "a.b", disabled=True),),)
    await adapter.perform(Post(chat=town.general, text=Text.of("Ok?"), buttons=buttons), "1")

    with pytest.raises(Refused):
        await town.ann.presses(town.world.history(town.general)[-1], "Yes")


async def test_a_picked_line_of_a_menu_comes_back_with_its_id(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    menu = Menu("Which?", (Option("Mornings", "setup.time:9"),))
    await adapter.perform(Post(chat=town.general, text=Text.of("When?"), menu=menu), "1")
    await town.ben.picks(town.world.history(town.general)[-1], "Mornings")

    assert core.last(ChoiceMade).choice == "setup.time:9"


async def test_a_filled_form_brings_its_values_and_the_argument(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    await adapter.perform(AskForm(chat=town.general, to=town.ann.ref, form=FORM, arg="7"), "1")
    await town.ann.fills(town.ann.forms()[0], {"text": "Tea?"})

    event = core.last(FormSubmitted)
    assert (event.form, event.arg, event.values) == ("prompt.new", "7", {"text": "Tea?"})
    assert town.ann.forms() == []


@pytest.mark.parametrize("text", ["", "   ", "x" * 21])
async def test_a_form_refuses_what_is_missing_or_too_long(
    town: Town, adapter: LocalAdapter, core: Recorder, text: str
) -> None:
    await adapter.perform(AskForm(chat=town.general, to=town.ann.ref, form=FORM), "1")

    with pytest.raises(Refused):
        await town.ann.fills(town.ann.forms()[0], {"text": text})


async def test_a_vote_is_told_whole_and_can_be_taken_back(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    await adapter.perform(Poll(chat=town.general, question="Tea?", options=("Yes", "No")), "1")
    poll = town.world.history(town.general)[-1]
    await town.ben.votes(poll, [1])
    await town.ben.votes(poll, [])

    assert [event.options for event in core.all(PollVoted)] == [(1,), ()]


async def test_nobody_votes_after_the_poll_is_closed(town: Town, adapter: LocalAdapter) -> None:
    poll = Poll(chat=town.general, question="Tea?", options=("Yes", "No"), hours=1)
    await adapter.perform(poll, "1")
    town.clock.passes(hours=1)

    with pytest.raises(Refused):
        await town.ben.votes(town.world.history(town.general)[-1], [1])


async def test_a_command_comes_with_its_declared_path_and_arguments(
    town: Town, core: Recorder
) -> None:
    await town.ann.gives_command(town.general, "/prompt add What is  home?")

    event = core.last(CommandGiven)
    assert (event.path, event.args) == ("prompt add", {"text": "What is  home?"})
    assert (event.unknown, event.moderator) == (False, True)


async def test_people_rooms_and_choices_in_a_command_travel_as_what_they_mean(
    town: Town, core: Recorder
) -> None:
    await town.ben.gives_command(town.general, "/thanks @ann for the tea")
    await town.ben.gives_command(town.general, '/prompt week #help "newest first"')

    thanks, week = core.all(CommandGiven)
    assert thanks.args == {"to": str(town.ann.ref), "why": "for the tea"}
    assert week.args == {"room": str(town.help), "order": "desc"}


async def test_a_command_that_nobody_declared_is_marked(town: Town, core: Recorder) -> None:
    await town.ben.gives_command(town.general, "/dance slowly")

    event = core.last(CommandGiven)
    assert (event.unknown, event.path, event.line) == (True, "dance", "slowly")


async def test_an_answerable_event_says_which_language_the_person_reads(
    town: Town, core: Recorder
) -> None:
    await town.ben.opens_private("ask-7")

    event = core.last(Opened)
    assert (event.language, event.payload) == ("fr", "ask-7")
    assert event.chat == town.ben.private_chat


async def test_coming_and_going_are_told(town: Town, core: Recorder) -> None:
    group = town.world.groups["lisbon"]
    cho = town.world.add_person("Cho")
    await cho.joins(group)
    await cho.leaves(group)

    assert core.last(MemberJoined).member == core.last(MemberLeft).member == cho.ref


async def test_who_is_not_in_a_group_can_not_write_there(town: Town) -> None:
    stranger = town.world.add_person("Cho")

    with pytest.raises(Refused):
        await stranger.says(town.general, "hello")


async def test_every_fact_has_an_id_of_its_own(town: Town, core: Recorder) -> None:
    message = await town.ann.says(town.general, "hello")
    for _ in range(2):
        await town.ben.reacts(message, "👍")
        await town.ben.reacts(message, "👍", added=False)
        await town.ann.edits(message, "hello again")

    ids = [event.id for event in core.events]
    assert len(ids) == len(set(ids)) == 7


async def test_a_link_of_the_bot_opens_the_private_conversation_with_its_payload(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    link = adapter.capabilities(town.general).private_link
    await town.ben.follows(link.replace("{payload}", "ask-7"))

    assert core.last(Opened).payload == "ask-7"


async def test_a_note_is_put_away_without_a_word_to_the_bot(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    await town.ben.gives_command(town.general, "/prompt week")
    answer = core.last(CommandGiven).answer
    note = Whisper(chat=town.general, to=town.ben.ref, text=Text.of("Here"), answering=answer)
    await adapter.perform(note, "1")
    before = len(core.events)
    await town.ben.discards(town.ben.notes(town.general)[0])

    assert (town.ben.notes(town.general), len(core.events)) == ([], before)
