"""Decks from files and into files, as moderators live it."""

import re
from importlib.resources import files

import pytest

from bot.features.prompts import deckfile, fault_words
from bot.features.prompts.deckfile import Fault
from bot.i18n import Words
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.stages.base import Line
from tests.stages.local import LocalStage

TWO = b'[[prompt]]\ntext = "One?"\n\n[[prompt]]\ntext = "Two?"\ncategory = "fun"\n'


@pytest.fixture
async def local(on_local: MakeTalk) -> Talk:
    return await on_local()


@pytest.fixture
async def ann(local: Talk) -> Actor:
    found = await local.person("Ann", moderator=True)
    local.bot.hears_nothing_more()
    return found


async def gives(
    talk: Talk, who: Actor, data: bytes, name: str = "deck.toml", deck: str = ""
) -> Line:
    """Gives a file to /prompt import; returns the answer."""
    await who.attaches(f"/prompt import {deck}".strip(), {"file": (name, data)})
    return await talk.bot.replies()


async def content(talk: Talk, who: Actor, command: str) -> bytes:
    """The file that a command answers with."""
    await who.says(command)
    line = await talk.bot.replies()
    assert isinstance(talk.stage, LocalStage)
    file = talk.stage.world.messages[line.id].file
    data = talk.stage.world.file(file.id) if file else None
    assert data is not None
    return data


async def test_a_file_is_counted_first_and_imported_after_a_yes(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    line = await gives(talk, ann, b"text,category\nOne?,\nTwo?,fun\n", "deck.csv", deck="Winter")
    assert "2 prompts" in line.text
    assert "the new deck \u2068Winter\u2069" in line.text
    await ann.says("/deck list")
    await talk.bot.replies("There is no deck yet", to=ann)
    await ann.presses(line, "Import")
    await talk.bot.replies("2 prompts were added", "Winter", to=ann)


async def test_prompts_that_are_there_are_skipped(local: Talk, ann: Actor) -> None:
    await ann.says("/prompt add one")
    local.bot.hears_nothing_more()
    line = await gives(local, ann, TWO)
    assert "1 is new." in line.text
    assert "1 is in the deck already." in line.text
    await ann.presses(line, "Import")
    await local.bot.replies("1 prompt was added")


async def test_a_file_without_anything_new_asks_nothing(local: Talk, ann: Actor) -> None:
    await ann.presses(await gives(local, ann, TWO), "Import")
    local.bot.hears_nothing_more()
    line = await gives(local, ann, TWO)
    assert "There is nothing to import." in line.text
    assert line.buttons == ()


async def test_an_import_can_be_cancelled(local: Talk, ann: Actor) -> None:
    await ann.presses(await gives(local, ann, TWO), "Cancel")
    await local.bot.replies("Nothing was imported")
    await ann.says("/deck list")
    await local.bot.replies("There is no deck yet")


async def test_a_file_does_not_wait_longer_than_a_day(local: Talk, ann: Actor) -> None:
    line = await gives(local, ann, TWO)
    await local.later(hours=25)
    await ann.presses(line, "Import")
    await local.bot.replies("waits no longer")


async def test_what_was_added_while_a_file_waited_is_not_doubled(local: Talk, ann: Actor) -> None:
    await ann.says("/prompt add Something else?")
    local.bot.hears_nothing_more()
    line = await gives(local, ann, TWO)
    await ann.says("/prompt add One?")
    await ann.presses(line, "Import")
    await local.bot.replies("1 prompt was added")


async def test_every_fault_is_told_with_its_line_and_nothing_is_imported(
    local: Talk, ann: Actor
) -> None:
    bad = b'[[prompt]]\ntext = "One?"\ncolour = "red"\n\n[[prompt]]\ntext = "ONE?"\n[[prompt]]\n'
    line = await gives(local, ann, bad, deck="Winter")
    assert "3 faults. Nothing was changed." in line.text
    assert "Line 3: prompts have no field colour" in line.text
    assert "Line 6: the same text as in line 1" in line.text
    assert "Line 7: there is no text" in line.text
    await ann.says("/deck list")
    await local.bot.replies("There is no deck yet")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("deck.json", b'[{"text": 1}]', "Line 1: text has to be text"),
        ("deck.json", b'{"text": "a"', "Line 1:"),
        ("deck.csv", b"category\nfun\n", "needs a column called text"),
        ("deck.csv", b"text\n" + b"x" * 2000, "at most 1,500 characters"),
        ("deck.toml", b"\xff\xfe[", "UTF-16"),
        ("deck.toml", b"[[prompt]\n", "Line 1:"),
        ("deck.toml", b"", "there is no prompt in it"),
        ("deck.toml", b"\0", "does not look like a text file"),
        ("deck.doc", b"anything", "has to end in .toml, .csv or .json"),
        ("@everyone\u202e.doc", b"anything", "@everyone.doc has to end"),
    ],
)
async def test_a_broken_file_is_explained(
    local: Talk, ann: Actor, name: str, data: bytes, said: str
) -> None:
    line = await gives(local, ann, data, name)
    assert said in line.text
    assert line.buttons == ()


async def test_many_faults_are_cut_short(local: Talk, ann: Actor) -> None:
    line = await gives(local, ann, b'[[prompt]]\ntext = ""\n' * 40)
    assert "because of 40 faults" in line.text
    assert "… and 25 more faults." in line.text


async def test_hidden_characters_are_no_prompt(local: Talk, ann: Actor) -> None:
    line = await gives(local, ann, "text\nOne?\n\u200b\u202e\n".encode(), "deck.csv")
    assert "1 has no visible text and is left out." in line.text


async def test_of_a_file_in_several_languages_only_the_own_is_taken(
    local: Talk, ann: Actor
) -> None:
    rows = "text,language\nOne?,en\nDeux ?,fr\nThree?,\n"
    line = await gives(local, ann, rows.encode(), "deck.csv")
    assert "2 are new." in line.text
    assert "1 in another language is left out." in line.text


async def test_a_file_in_one_other_language_is_taken_whole(local: Talk, ann: Actor) -> None:
    line = await gives(local, ann, b"text,language\nDeux ?,fr\n", "deck.csv")
    assert "1 is new." in line.text


@pytest.mark.parametrize("format", ["toml", "csv", "json"])
async def test_what_is_exported_is_what_was_imported(
    local: Talk, ann: Actor, format: deckfile.Format
) -> None:
    data = files("bot.features.prompts.decks").joinpath("starter.pt.toml").read_bytes()
    await ann.presses(await gives(local, ann, data, "starter.toml"), "Import")
    local.bot.hears_nothing_more()
    exported = await content(local, ann, f"/prompt export {format}")
    assert deckfile.read(exported, format) == deckfile.read(data, "toml")


async def test_prompts_put_aside_are_not_exported(local: Talk, ann: Actor) -> None:
    await ann.presses(await gives(local, ann, TWO), "Import")
    await ann.says("/prompt show 1")
    await ann.presses(await local.bot.replies("Card 1"), "Put aside")
    await ann.says("/prompt export")
    line = await local.bot.replies("with 1 prompt", "1 that was put aside is left out")
    assert line.files == ("our-own-questions.toml",)


def test_every_fault_of_a_file_has_its_words() -> None:
    codes = set(re.findall(r"^\| `([a-z0-9-]+)`", deckfile.__doc__ or "", re.MULTILINE))
    codes |= {"too-few-options", "too-many-options"}
    assert len(codes) > 20
    for code in codes:
        said = str(fault_words.of_card(Words("en"), [Fault(1, None, code, "7")]))
        assert "{" not in said
