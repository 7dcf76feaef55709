"""Packs of own questions, as moderators see them."""

from collections.abc import Sequence
from typing import Any

from bot.context import Buttons
from bot.effects import Button, Look, Menu, Option
from bot.features.games.pack_reading import Read, fault_words
from bot.features.games.pack_records import Pack, parts
from bot.i18n import LANGUAGES, Words
from bot.text import Part, Span, Text, bold, clean, code, isolated, quote

FIRST = 2
"""Questions that a preview shows."""
SHOWN_FAULTS = 20
IN_MENU = 25
COMMAND = "/game pack"
SAMPLE = '[[question]]\ntext = "…"\nanswer = "…"'


def name_of(name: str) -> Span:
    """A pack's name inside a sentence."""
    return bold(isolated(name))


def preview(name: str, found: Read, old: Pack | None, words: Words) -> Text:
    """What a file holds, and what becomes of it."""
    count = words.say_n(
        "{pack} holds {n} question. It begins like this:",
        "{pack} holds {n} questions. They begin like this:",
        len(found.items),
        pack=name_of(name),
    )
    asked = words.say(
        "Keep it? Then its questions come first in trivia, in every group of this community."
    )
    lines: list[Part] = [count, *(quote(item.text) for item in found.items[:FIRST])]
    if old is not None:
        lines.append(
            words.say_n(
                "It takes the place of the pack of that name, which holds {n} question.",
                "It takes the place of the pack of that name, which holds {n} questions.",
                old.questions,
            )
        )
    return Text.join("\n", [*lines, *_for_whom(found.language, words), asked])


def _for_whom(language: str, words: Words) -> list[Text]:
    if not language:
        return []
    spoken = LANGUAGES.get(language, language)
    return [words.say("It is for games in this language only: {language}.", language=spoken)]


def deciding(number: int, words: Words, *, replaces: bool) -> Buttons:
    """Keep it or not."""
    yes = (
        Button(words.plain("Replace the old one"), f"games.pack-over:{number}", look=Look.MAIN)
        if replaces
        else Button(words.plain("Keep it"), f"games.pack-keep:{number}", look=Look.MAIN)
    )
    return ((yes, Button(words.plain("Don't keep it"), f"games.pack-not:{number}")),)


def faulty(name: str, faults: Sequence[Any], words: Words) -> Text:
    """Everything that is wrong with a file, and that nothing was kept."""
    said = words.say(
        "Nothing was kept, because something in {file} isn't right yet:", file=code(name)
    )
    lines = [Text.of("· ", fault_words(fault, words)) for fault in faults[:SHOWN_FAULTS]]
    more = len(faults) - SHOWN_FAULTS
    if more > 0:
        lines.append(words.say_n("… and {n} more of that.", "… and {n} more of that.", more))
    return Text.join("\n", [said, *lines])


def listing(known: Sequence[Pack], words: Words) -> tuple[Text, Menu | None]:
    """All packs, and one to choose."""
    how = words.say("Give a file together with {command} to add one.", command=code(COMMAND))
    if not known:
        none = words.say("You have no pack of own questions yet. A pack is a text file like this:")
        return Text.join("\n", [none, code(SAMPLE), how]), None
    lines = [Text.of("· ", _line(pack, words)) for pack in known]
    options = tuple(
        Option(clean(pack.name), f"games.pack-show:{pack.id}") for pack in known[:IN_MENU]
    )
    title = bold(words.plain("Packs of your own questions"))
    return Text.join("\n", [title, *lines, how]), Menu(words.plain("Choose a pack"), options)


def _line(pack: Pack, words: Words) -> Text:
    count = words.say_n("{n} question in it", "{n} questions in it", pack.questions)
    use = words.plain("in use") if pack.active else words.plain("switched off")
    return words.labelled(name_of(pack.name), Text.of(count, ", ", use))


def details(pack: Pack, words: Words) -> tuple[Text, Buttons]:
    """One pack, and what can be done with it."""
    count = words.say_n(
        "{pack} holds {n} question; {asked} came up so far.",
        "{pack} holds {n} questions; {asked} came up so far.",
        pack.questions,
        pack=name_of(pack.name),
        asked=words.number(pack.asked),
    )
    if pack.active:
        state = words.say("It is on: its questions come first in trivia.")
        turn = Button(words.plain("Switch it off"), f"games.pack-off:{pack.id}")
    else:
        state = words.say("It is off: its questions don't come up.")
        turn = Button(words.plain("Switch it on"), f"games.pack-on:{pack.id}", look=Look.MAIN)
    rest = (
        Button(words.plain("Get the file"), f"games.pack-file:{pack.id}"),
        Button(words.plain("Delete"), f"games.pack-drop:{pack.id}", look=Look.DANGER),
    )
    back = Button(words.plain("All packs"), "games.pack-list")
    said = [count, *_for_whom(pack.language, words), state]
    return Text.join("\n", said), ((turn, *rest), (back,))


def deleting(pack: Pack, words: Words) -> tuple[Text, Buttons]:
    """Whether they are sure."""
    text = words.say_n(
        "Delete {pack} with {n} question? This can't be undone, but the file can be given again.",
        "Delete {pack} with {n} questions? This can't be undone, but the file can be given again.",
        pack.questions,
        pack=name_of(pack.name),
    )
    row = (
        Button(words.plain("Delete it"), f"games.pack-gone:{pack.id}", look=Look.DANGER),
        Button(words.plain("Let it be"), f"games.pack-show:{pack.id}"),
    )
    return text, (row,)


def file_name(name: str) -> str:
    """How the file of a pack is called: given again, it is the same pack."""
    return "_".join(parts(name)) + ".toml"
