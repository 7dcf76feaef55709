"""Notes for one person's eyes: which of them stay, and which make room for a later one."""

from collections.abc import AsyncIterator

import pytest

from adapters.local import LocalAdapter
from adapters.local.model import Message
from adapters.local.page.site import Site
from adapters.local.page.tab import Tab
from bot.commands import Field, Form
from bot.effects import AskForm, Button, Post, Whisper
from bot.events import Answerable, ChoiceMade, CommandGiven, FormSubmitted
from bot.refs import MessageRef
from bot.text import Text
from scheduler.clock import TimeLapseClock
from tests.adapters.local.conftest import Town
from tests.adapters.local.recorder import NOON, Recorder

pytestmark = pytest.mark.usefixtures("tab")
ROWS = ((Button("My hand", "a.hand"), Button("Pass", "a.pass")),)


@pytest.fixture
async def tab(town: Town, core: Recorder) -> AsyncIterator[Tab]:
    """The page that Ben looks at."""
    site = Site(town.world, core, TimeLapseClock(NOON), lambda _, source: source, {})
    tab = Tab(site, town.ben.id, str(town.general), lambda _: None)
    yield tab
    tab.close()


async def board(town: Town, adapter: LocalAdapter, token: str = "board") -> Message:
    post = Post(chat=town.general, text=Text.of("The board"), buttons=ROWS)
    made = await adapter.perform(post, token)
    assert isinstance(made, MessageRef)
    return town.world.messages[made.id]


async def tell(town: Town, adapter: LocalAdapter, to: Answerable, text: str) -> Message:
    note = Whisper(
        chat=town.general, to=town.ben.ref, text=Text.of(text), buttons=ROWS, answering=to.answer
    )
    made = await adapter.perform(note, text)
    assert isinstance(made, MessageRef)
    return town.world.messages[made.id]


def told(town: Town) -> list[str]:
    return [str(note.text) for note in town.ben.notes(town.general)]


async def test_a_note_takes_the_place_of_an_earlier_one_about_the_same_message(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    shown = await board(town, adapter)
    await town.ben.presses(shown, "My hand")
    await tell(town, adapter, core.last(ChoiceMade), "Your hand")
    await town.ben.presses(shown, "Pass")
    await tell(town, adapter, core.last(ChoiceMade), "You passed")

    assert told(town) == ["You passed"]


async def test_the_same_button_on_a_later_board_brings_one_hand_only(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    for number in "12":
        await town.ben.presses(await board(town, adapter, f"board {number}"), "My hand")
        await tell(town, adapter, core.last(ChoiceMade), f"Hand {number}")

    assert told(town) == ["Hand 2"]


async def test_notes_about_different_messages_stay(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    await town.ben.presses(await board(town, adapter, "board 1"), "My hand")
    await tell(town, adapter, core.last(ChoiceMade), "Your hand")
    await town.ben.presses(await board(town, adapter, "board 2"), "Pass")
    await tell(town, adapter, core.last(ChoiceMade), "You passed")

    assert told(town) == ["Your hand", "You passed"]


async def test_the_same_command_given_again_has_one_note_only(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    for text in ("Monday", "Tuesday"):
        await town.ben.gives_command(town.general, "/prompt week")
        await tell(town, adapter, core.last(CommandGiven), text)

    assert told(town) == ["Tuesday"]


async def test_a_command_with_other_words_leaves_the_earlier_note(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    for room in ("general", "help"):
        await town.ben.gives_command(town.general, f"/prompt week #{room}")
        await tell(town, adapter, core.last(CommandGiven), room)

    assert told(town) == ["general", "help"]


async def test_what_one_press_brings_stays_together(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    await town.ben.presses(await board(town, adapter), "Pass")
    for text in ("You passed", "The next one begins"):
        await tell(town, adapter, core.last(ChoiceMade), text)

    assert told(town) == ["You passed", "The next one begins"]


async def test_a_form_is_answered_where_its_button_was(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    shown = await board(town, adapter)
    for text in ("Paris", "Porto"):
        await town.ben.presses(shown, "My hand")
        asked = core.last(ChoiceMade).answer
        form = Form("a.form", "Where?", (Field("where", "Where?"),))
        ask = AskForm(chat=town.general, to=town.ben.ref, form=form, answering=asked)
        await adapter.perform(ask, f"form {text}")
        await town.ben.fills(town.ben.forms()[0], {"where": text})
        await tell(town, adapter, core.last(FormSubmitted), text)

    assert told(town) == ["Porto"]


async def test_with_a_note_go_the_notes_that_answer_presses_on_it(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    await town.ben.presses(await board(town, adapter), "My hand")
    hand = await tell(town, adapter, core.last(ChoiceMade), "Your hand")
    await town.ben.presses(hand, "Pass")
    await tell(town, adapter, core.last(ChoiceMade), "You passed")
    before = told(town)
    await town.ben.discards(hand)

    assert (before, told(town)) == (["Your hand", "You passed"], [])


async def test_nobody_elses_note_makes_room(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    shown = await board(town, adapter)
    await town.ben.presses(shown, "My hand")
    await tell(town, adapter, core.last(ChoiceMade), "Ben's hand")
    await town.ann.presses(shown, "My hand")
    answer = core.last(ChoiceMade).answer
    note = Whisper(chat=town.general, to=town.ann.ref, text=Text.of("Ann's hand"), answering=answer)
    await adapter.perform(note, "note")

    assert told(town) == ["Ben's hand"]


async def test_where_nobody_looks_both_notes_stay(
    tab: Tab, town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    tab.become("ann")
    shown = await board(town, adapter)
    for text in ("Your hand", "Your hand again"):
        await town.ben.presses(shown, "My hand")
        await tell(town, adapter, core.last(ChoiceMade), text)

    assert told(town) == ["Your hand", "Your hand again"]


async def test_an_old_note_that_changes_leaves_a_later_one_alone(
    tab: Tab, town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    tab.become("ann")
    shown = await board(town, adapter)
    await town.ben.presses(shown, "My hand")
    first = await tell(town, adapter, core.last(ChoiceMade), "Your hand")
    await town.ben.presses(shown, "My hand")
    await tell(town, adapter, core.last(ChoiceMade), "Your hand again")
    town.world.make_room(first)

    assert told(town) == ["Your hand", "Your hand again"]
