"""What is wrong with a pack, in words, and what to do about it."""

from bot.commands import N_
from bot.games.trivia.packs import LONGEST, MOST_ANSWERS, Fault
from bot.i18n import LANGUAGES, Words
from bot.text import Text, code

WHAT = {
    "too-large": N_("It has more than {detail} characters. Make two packs of it."),
    "syntax": N_(
        "It can't be read as TOML: {detail}. Look for a missing quotation mark or bracket there."
    ),
    "no-questions": N_("There is no question in it. Each one begins with a line {header}."),
    "too-many": N_("It has more than {detail} questions. Make two packs of it."),
    "language": N_("No game is played in the language {detail}. Possible are {languages}."),
    "unknown-key": N_("{detail} means nothing here. Possible are {keys}."),
    "missing": N_("{detail} is missing. Write it under the header of the question."),
    "wrong-type": N_(
        "{detail} has the wrong form. Texts stand in quotation marks, several answers in brackets."
    ),
    "empty": N_("There is nothing in {detail}. Write something or leave the line out."),
    "too-long": N_("{detail} is too long: at most {most} characters. Shorten it."),
    "too-many-answers": N_("{detail} has too many answers: at most {answers}."),
    "right-and-wrong": N_("“{detail}” is right and wrong at once. Take it out of one of them."),
    "twice": N_("It is the same as question {detail}. Take one of them out."),
}
KEYS = "text, answers, wrong, fact"


def fault_words(fault: Fault, words: Words) -> Text:
    """One fault with its place, ready to be shown."""
    detail = fault.detail
    told = words.say(
        WHAT[fault.code],
        detail=code(detail) if detail in LONGEST else detail,
        header=code("[[question]]"),
        keys=code(KEYS),
        languages=code(", ".join(LANGUAGES)),
        most=str(LONGEST.get(detail, 0)),
        answers=str(MOST_ANSWERS),
    )
    place = _place(fault, words)
    return Text.of(place, " ", told) if place else told


def _place(fault: Fault, words: Words) -> Text | None:
    if fault.question and fault.line:
        return words.say("Question {n}, line {line}:", n=str(fault.question), line=str(fault.line))
    if fault.question:
        return words.say("Question {n}:", n=str(fault.question))
    return words.say("Line {line}:", line=str(fault.line)) if fault.line else None
