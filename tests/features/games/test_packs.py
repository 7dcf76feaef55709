"""Packs of own questions: brought, looked after, and asked."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from adapters.local.client import EVERYTHING
from bot.events import CommunityChanged
from bot.features.games import pack_records as records
from bot.features.games import packing, plays
from bot.features.games.pack_reading import read
from bot.features.games.pack_tables import packs, questions
from bot.features.games.pack_views import SHOWN_FAULTS, file_name
from bot.games.trivia import asking, drawing
from bot.games.trivia.quiz import Quiz
from bot.play import NOBODY, Item
from bot.ports import Can
from bot.refs import ChatRef
from bot.store.database import Database, Tx
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.stages.base import Line
from tests.stages.local import LocalStage

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HERE, THERE = 1, 2
CAT = '[[question]]\ntext = "What is the cat called?"\nanswer = "Biscuit"\n'
SOUP = '[[question]]\ntext = "Which soup was it?"\nanswers = ["Leek"]\nwrong = ["Pea", "Onion"]\n'
YEAR = '[[question]]\ntext = "When did we meet?"\nanswer = 2019\n'
THREE = CAT + SOUP + YEAR


async def gives(talk: Talk, who: Actor, text: str | bytes, name: str = "ours.toml") -> Line:
    """Gives a file to /game pack; returns the answer. Not every stage takes its name."""
    talk.bot.hears_nothing_more()
    data = text if isinstance(text, bytes) else text.encode()
    await who.attaches("/game pack", {"file": (name, data)})
    return await talk.bot.replies()


async def kept(talk: Talk, who: Actor, text: str = THREE, name: str = "ours.toml") -> None:
    await who.presses(await gives(talk, who, text, name), "Keep it")
    await talk.bot.replies("is kept")
    talk.bot.hears_nothing_more()


async def asked(talk: Talk, who: Actor, *parts: str) -> Line:
    """What /game pack answers without a file."""
    await who.says("/game pack")
    return await talk.bot.replies(*parts, to=who)


async def shown(talk: Talk, who: Actor) -> Line:
    """The panel of the only pack."""
    line = await asked(talk, who, "Packs of your own")
    await who.presses(line, (line.options + line.buttons)[0])
    return await talk.bot.replies("came up so far", to=who)


def now(talk: Talk, line: Line) -> Line:
    """A message as it stands now."""
    return next(found for found in talk.stage.lines() if found.id == line.id)


async def pressed(talk: Talk, who: Actor, line: Line, *labels: str) -> Line:
    """Presses one button after the other of the same panel; returns it as it stands then."""
    for label in labels:
        await who.presses(now(talk, line), label)
    return now(talk, line)


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    found = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    return found


@pytest.fixture
async def local(on_local: MakeTalk) -> Talk:
    return await on_local()


@pytest.fixture
async def lea(local: Talk) -> Actor:
    found = await local.person("Lea", moderator=True)
    local.bot.hears_nothing_more()
    return found


async def test_a_file_is_shown_first_and_kept_after_a_yes(talk: Talk, ann: Actor) -> None:
    line = await gives(talk, ann, THREE)
    assert "holds 3 questions" in line.text
    assert "What is the cat called?" in line.text
    assert "Which soup was it?" in line.text
    assert "When did we meet?" not in line.text
    await asked(talk, ann, "no pack of own questions yet")
    await ann.presses(line, "Keep it")
    await talk.bot.replies("is kept", to=ann)
    await asked(talk, ann, "3 questions in it, in use")


async def test_a_preview_tells_no_answer(talk: Talk, ann: Actor) -> None:
    line = await gives(talk, ann, THREE)
    assert not [word for word in ("Biscuit", "Leek", "Pea", "Onion") if word in line.text]


async def test_a_file_is_forgotten_after_a_no(talk: Talk, ann: Actor) -> None:
    line = await gives(talk, ann, THREE)
    await ann.presses(line, "Don't keep it")
    await talk.bot.replies("not kept", to=ann)
    await asked(talk, ann, "no pack of own questions yet")


async def test_every_fault_is_told_at_once_and_nothing_is_kept(talk: Talk, ann: Actor) -> None:
    bad = '[[question]]\ntext = "Who?"\n\n[[question]]\nanswer = "Me"\ncolour = "red"\n'
    line = await gives(talk, ann, bad)
    assert "Nothing was kept" in line.text
    assert "Question 1, line 1: answers is missing" in line.text
    assert "Question 2, line 4: text is missing" in line.text
    assert "colour means nothing here" in line.text
    assert line.buttons == ()
    await asked(talk, ann, "no pack of own questions yet")


async def test_a_pack_is_switched_off_and_on(talk: Talk, ann: Actor) -> None:
    await kept(talk, ann)
    line = await pressed(talk, ann, await shown(talk, ann), "Switch it off")
    assert "It is off" in line.text
    assert "It is on" in (await pressed(talk, ann, line, "Switch it on")).text
    assert "3 questions in it, in use" in (await pressed(talk, ann, line, "All packs")).text


async def test_a_pack_is_deleted_only_after_a_yes(talk: Talk, ann: Actor) -> None:
    await kept(talk, ann)
    line = await pressed(talk, ann, await shown(talk, ann), "Delete")
    assert "with 3 questions?" in line.text
    assert "came up so far" in (await pressed(talk, ann, line, "Let it be")).text
    line = await pressed(talk, ann, line, "Delete", "Delete it")
    assert "is deleted" in line.text
    await asked(talk, ann, "no pack of own questions yet")


async def test_the_file_of_a_pack_can_be_taken_out(talk: Talk, ann: Actor) -> None:
    await ann.opens_private()
    await kept(talk, ann, name="our café.toml")
    await ann.presses(await shown(talk, ann), "Get the file")
    line = await talk.bot.replies("The file of", to=ann)
    assert line.files in (("our_café.toml",), ("deck.toml",))


async def test_a_file_with_answers_is_not_shown_to_the_room(talk: Talk, ann: Actor) -> None:
    await kept(talk, ann)
    await ann.presses(await shown(talk, ann), "Get the file")
    assert [n for n in talk.stage.lines() if n.files and not n.only_for] == []


async def test_the_same_name_replaces_after_a_yes(talk: Talk, ann: Actor) -> None:
    await kept(talk, ann)
    line = await gives(talk, ann, CAT, "OURS.toml")
    assert "takes the place of the pack of that name, which holds 3 questions" in line.text
    await ann.presses(line, "Replace the old one")
    await talk.bot.replies("is kept", to=ann)
    line = await asked(talk, ann, "1 question in it, in use")
    assert "3 questions" not in line.text


async def test_only_moderators_bring_packs(talk: Talk) -> None:
    ben = await talk.person("Ben")
    line = await gives(talk, ben, THREE)
    assert "moderators" in line.text
    assert line.buttons == ()


async def test_a_question_of_a_kept_pack_comes_up_in_a_game(talk: Talk, ann: Actor) -> None:
    await kept(talk, ann, THREE)
    await begun(talk, ann)
    questions = (await state(talk)).questions
    texts = {question.extra or question.about for question in questions[:3]}
    assert texts == {"What is the cat called?", "Which soup was it?", "When did we meet?"}
    assert len(questions) == drawing.QUESTIONS
    board = [line for line in talk.stage.lines() if "Question 1 of 8" in line.text][-1]
    assert any(text in board.text for text in texts)


async def test_a_pack_that_is_off_does_not_come_up(local: Talk, lea: Actor) -> None:
    await kept(local, lea)
    await lea.presses(await shown(local, lea), "Switch it off")
    await begun(local, lea)
    assert asking.PACK not in {question.kind for question in (await state(local)).questions}


async def begun(talk: Talk, ann: Actor) -> None:
    ben = await talk.person("Ben")
    await ann.says("/game start game=trivia pace=live")
    lobby = await talk.bot.posts("Trivia by teams")
    await ann.presses(lobby, "Join")
    await ben.presses(lobby, "Join")
    await ann.presses(lobby, "Begin")


async def state(talk: Talk) -> Quiz:
    async with talk.app.database.read() as tx:
        played = await plays.load(tx, 1)
    assert played
    assert played.play
    assert isinstance(played.play.state, Quiz)
    return played.play.state


async def test_the_exported_file_is_the_given_one(local: Talk, lea: Actor) -> None:
    given = f"# For us\r\n{THREE}"
    await kept(local, lea, given)
    await lea.presses(await shown(local, lea), "Get the file")
    line = await local.bot.replies("The file of")
    assert isinstance(local.stage, LocalStage)
    file = local.stage.world.messages[line.id].file
    assert file
    assert local.stage.world.file(file.id) == given.encode()


async def test_a_file_waits_a_day_and_not_longer(local: Talk, lea: Actor) -> None:
    line = await gives(local, lea, THREE)
    await local.later(hours=25)
    await lea.presses(line, "Keep it")
    await local.bot.replies("waits no longer")


async def test_a_name_that_was_taken_meanwhile_is_asked_about_again(
    local: Talk, lea: Actor
) -> None:
    first, second = await gives(local, lea, CAT), await gives(local, lea, SOUP)
    await lea.presses(first, "Keep it")
    await lea.presses(second, "Keep it")
    line = await local.bot.replies("takes the place")
    await lea.presses(line, "Replace the old one")
    await local.bot.replies("is kept")
    async with local.app.database.read() as tx:
        found = await records.of_community(tx, HERE)
    assert [(pack.name, pack.questions) for pack in found] == [("ours", 1)]


async def test_a_community_has_ten_packs_at_most(local: Talk, lea: Actor) -> None:
    for number in range(packing.MOST_PACKS):
        await kept(local, lea, CAT, f"pack {number}.toml")
    line = await gives(local, lea, CAT, "one more.toml")
    assert "You have 10 packs" in line.text
    assert line.buttons == ()
    line = await gives(local, lea, SOUP, "pack_3.toml")
    assert "Replace the old one" in line.buttons


async def test_a_pack_that_is_gone_says_so(local: Talk, lea: Actor) -> None:
    await kept(local, lea)
    line = await shown(local, lea)
    async with local.app.database.write() as tx:
        await records.drop(tx, 1)
    await lea.presses(line, "Switch it off")
    await local.bot.replies("This pack is gone")


@pytest.mark.parametrize("name", [".toml", "\u200d.toml", "!?.toml", "🎉.toml", ""])
async def test_a_file_without_a_name_that_can_be_said_gets_one(
    local: Talk, lea: Actor, name: str
) -> None:
    assert "\u2068Our own questions\u2069 holds" in (await gives(local, lea, CAT, name)).text


async def test_who_brought_a_pack_is_not_kept(local: Talk, lea: Actor) -> None:
    await kept(local, lea)
    async with local.app.database.read() as tx:
        rows = [*await tx.all(select(packs)), *await tx.all(select(questions))]
    assert len(rows) == 4
    assert not any("local:" in str(value) for row in rows for value in row)


async def test_where_no_private_way_is_open_the_room_gets_only_an_invitation(
    on_local: MakeTalk,
) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.EPHEMERAL)
    ann = await talk.person("Ann", moderator=True)
    await kept(talk, ann)
    line = await shown(talk, ann)
    await ann.presses(line, "Get the file")
    assert not any(found.files for found in talk.stage.lines())
    await ann.opens_private("games-packs")
    await talk.bot.replies("Here I can send you files", to=ann)
    await ann.presses(line, "Get the file")
    line = await talk.bot.replies("The file of")
    assert (line.files, line.only_for) == (("ours.toml",), "Ann")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe[", "no text in UTF-8"),
        (b"", "There is no question in it"),
        (b"[[question]\n", "can't be read as TOML"),
        (b"\0", "can't be read as TOML"),
    ],
)
async def test_a_broken_file_is_explained(local: Talk, lea: Actor, data: bytes, said: str) -> None:
    line = await gives(local, lea, data, "@everyone\u202e.toml")
    assert said in line.text
    assert "\u202e" not in line.text
    assert line.buttons == ()


async def test_a_file_full_of_faults_is_told_in_one_message(local: Talk, lea: Actor) -> None:
    line = await gives(local, lea, '[[question]]\ntext = "Who?"\n' * 30)
    assert line.text.count("\n· ") == SHOWN_FAULTS
    assert "more of that" in line.text
    assert len(line.text) < 4000


async def bring(
    tx: Tx, text: str, name: str = "ours", community: int = HERE, replaced: bool = False
) -> int:
    """A pack that is kept."""
    old = await records.by_name(tx, community, name) if replaced else None
    number = await records.wait(tx, community, name, text, NOW)
    found = await read(text)
    await records.keep(tx, number, found.items, found.language, old)
    return number


async def draw(
    tx: Tx, most: int, hours: int = 0, community: int = HERE, language: str = "en"
) -> set[str]:
    at, rng = NOW + timedelta(hours=hours), Random(hours)
    return {item.text for item in await records.draw(tx, community, language, most, at, rng)}


def many(count: int) -> str:
    return "".join(f'[[question]]\ntext = "Number {n}?"\nanswer = {n}\n' for n in range(count))


async def test_no_question_comes_back_before_all_were_asked(database: Database) -> None:
    async with database.write() as tx:
        await bring(tx, many(12))
        await bring(tx, CAT + SOUP + YEAR, "more")
        first = [await draw(tx, 5, hours=hour) for hour in range(3)]
        assert len(set().union(*first)) == 15
        assert [await draw(tx, 5, hours=hour) for hour in range(3, 6)] == first


async def test_questions_come_as_they_were_written(database: Database) -> None:
    async with database.write() as tx:
        await bring(tx, SOUP)
        (item,) = await records.draw(tx, HERE, "en", 8, NOW, Random(1))
    assert item == Item("Which soup was it?", ("Leek",), ("Pea", "Onion"), NOBODY)


async def test_a_pack_for_one_language_comes_up_in_its_games_only(database: Database) -> None:
    async with database.write() as tx:
        await bring(tx, f'language = "fr"\n{SOUP}')
        await bring(tx, CAT, "for all")
        assert await draw(tx, 8) == {"What is the cat called?"}
        assert await draw(tx, 8, language="fr") == {
            "What is the cat called?",
            "Which soup was it?",
        }


async def test_it_is_told_which_games_a_pack_is_for(local: Talk, lea: Actor) -> None:
    text = f'language = "fr"\n{SOUP}'
    assert "games in this language only: Français" in (await gives(local, lea, text)).text
    await kept(local, lea, text)
    assert "games in this language only: Français" in (await shown(local, lea)).text


async def test_without_packs_nothing_is_drawn(database: Database) -> None:
    async with database.write() as tx:
        assert await draw(tx, 8) == set()


async def test_packs_of_others_and_files_that_wait_do_not_come_up(database: Database) -> None:
    async with database.write() as tx:
        await bring(tx, CAT, community=THERE)
        await records.wait(tx, HERE, "waiting", SOUP, NOW)
        assert await draw(tx, 8) == set()


async def test_the_same_question_in_two_packs_is_asked_once(database: Database) -> None:
    async with database.write() as tx:
        await bring(tx, CAT + SOUP)
        await bring(tx, CAT, "more")
        assert len(await records.draw(tx, HERE, "en", 8, NOW, Random(1))) == 2


async def test_what_came_up_is_remembered_when_a_pack_is_replaced(database: Database) -> None:
    async with database.write() as tx:
        await bring(tx, CAT + SOUP)
        await draw(tx, 2)
        await bring(tx, CAT + SOUP + YEAR, replaced=True)
        assert await draw(tx, 1, hours=1) == {"When did we meet?"}
        (pack,) = await records.of_community(tx, HERE)
    assert (pack.questions, pack.asked) == (3, 3)


class OnlyTx:
    """What the handler needs of a context."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx


async def change(tx: Tx, *, emptied: bool) -> None:
    """A group goes from here to there."""
    ctx: Any = OnlyTx(tx)
    told = CommunityChanged(
        id="e",
        at=NOW,
        chat=ChatRef("local", "1"),
        group_id=1,
        before=HERE,
        after=THERE,
        emptied=emptied,
    )
    await packing.changed(ctx, told)


async def test_the_last_group_takes_the_packs_along(database: Database) -> None:
    async with database.write() as tx:
        await bring(tx, CAT)
        await bring(tx, SOUP, community=THERE)
        await change(tx, emptied=True)
        found = await records.of_community(tx, THERE)
        assert [pack.name for pack in found] == ["ours", "ours 2"]
        assert len(await draw(tx, 8, community=THERE)) == 2


async def test_a_group_that_leaves_others_behind_takes_no_pack(database: Database) -> None:
    async with database.write() as tx:
        await bring(tx, CAT)
        await change(tx, emptied=False)
        assert await records.of_community(tx, THERE) == []
        assert await draw(tx, 8) == {"What is the cat called?"}


def test_a_game_is_supplied_with_as_many_questions_as_it_asks() -> None:
    assert packing.ONE_GAME == drawing.QUESTIONS


@pytest.mark.parametrize("name", ["our pack", "../../etc", "café au lait", "हिन्दी"])
def test_a_file_that_was_taken_out_has_the_name_of_its_pack(name: str) -> None:
    assert "/" not in file_name(name)
    assert records.same(file_name(name).removesuffix(".toml")) == records.same(name)
