"""What was wrong with a card or a deck file, said to the person who gave it."""

from collections.abc import Sequence

from bot.commands import N_
from bot.features.prompts.deckfile import MAX_OPTION, MAX_QUESTION, MAX_TEXT, OPTIONS, Fault
from bot.i18n import Words
from bot.text import Part, Text, bold, code

SHOWN = 15
"""Faults of one file that are shown; the rest is counted."""

_WORDS = {
    "too-large": N_("the file is larger than 1 MB"),
    "utf-16": N_("the file is saved as UTF-16; please save it as UTF-8"),
    "not-utf8": N_("there is a character that is not UTF-8; please save the file as UTF-8"),
    "nul-byte": N_("this does not look like a text file"),
    "syntax": N_("this can't be read: {detail}"),
    "not-a-list": N_("the file has to be a list of prompts, between [ and ]"),
    "no-cards": N_("there is no prompt in it"),
    "too-many-cards": N_("a file holds at most {detail} prompts"),
    "unknown-field": N_("prompts have no field {detail}"),
    "repeated-field": N_("{detail} is given twice"),
    "missing-column": N_("the first line needs a column called {detail}"),
    "extra-cell": N_("there is a cell too many: {detail}"),
    "wrong-type": N_("{detail} has to be text"),
    "bad-character": N_("{detail} holds a character or a line break that can't stand there"),
    "empty-text": N_("there is no text"),
    "field-too-long": N_("{detail} is too long"),
    "bad-key": N_("the key {detail} may hold letters, digits, dots, hyphens and underscores only"),
    "bad-language": N_("{detail} is not the code of a language, such as en or pt-BR"),
    "empty-option": N_("one of the options is empty"),
    "option-too-long": N_("an option has at most {longest} characters: {detail}"),
    "repeated-option": N_("the option {detail} is there twice"),
    "duplicate-text": N_("the same text as in line {detail}"),
    "duplicate-key": N_("the same key as in line {detail}"),
    "text-too-long": N_(
        "a prompt has at most {most} characters, in a poll {question}; this one has {detail}"
    ),
    "too-few-options": N_("a poll has {fewest} to {most_options} options; this one has {detail}"),
    "too-many-options": N_("a poll has {fewest} to {most_options} options; this one has {detail}"),
}


def of_card(words: Words, faults: Sequence[Fault]) -> Text:
    """What is wrong with one card that somebody typed."""
    said = [_said(words, fault) for fault in faults]
    return words.say("That can't be kept: {faults}.", faults=Text.join("; ", said))


def of_file(words: Words, name: str, faults: Sequence[Fault]) -> Text:
    """What is wrong with a file, line by line."""
    lines = [
        words.say("Line {line}: {fault}", line=bold(str(f.line)), fault=_said(words, f))
        for f in faults[:SHOWN]
    ]
    more = len(faults) - SHOWN
    if more > 0:
        lines.append(words.say_n("… and {n} more fault.", "… and {n} more faults.", more))
    begin = words.say_n(
        "{file} was not imported, because of {n} fault. Nothing was changed.",
        "{file} was not imported, because of {n} faults. Nothing was changed.",
        len(faults),
        file=code(name),
    )
    return Text.join("\n", [begin, *lines])


def _said(words: Words, fault: Fault) -> Text:
    parts: dict[str, Part] = {
        "detail": code(fault.detail) if fault.detail else "",
        "longest": words.number(MAX_OPTION),
        "most": words.number(MAX_TEXT),
        "question": words.number(MAX_QUESTION),
        "fewest": words.number(OPTIONS.start),
        "most_options": words.number(OPTIONS.stop - 1),
    }
    if fault.detail.isdecimal():
        parts["detail"] = words.number(int(fault.detail))
    return words.say(_WORDS[fault.code], **parts)
