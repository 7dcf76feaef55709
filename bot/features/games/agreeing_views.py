"""The agreement that one's answers may come up in games, in words."""

from bot.effects import Button, Look
from bot.i18n import Words
from bot.text import Part, Text

YES, NO = "yes", "no"


def agreement_row(words: Words) -> tuple[Button, ...]:
    """A button for the lobby of a game about what people said."""
    return (Button(words.plain("My own answers may come up"), "games.agree"),)


def deciding(words: Words, *, agreed: bool) -> Button:
    """The way to the other decision."""
    if agreed:
        return Button(words.plain("No, take it back"), f"games.answers:{NO}")
    return Button(words.plain("Yes, they may"), f"games.answers:{YES}", look=Look.MAIN)


def told(words: Words, count: int, *, agreed: bool) -> Text:
    """What somebody decided, what it means, and how many of their answers it is about."""
    if agreed:
        lines: list[Part] = [
            words.say("✅ Your answers to prompts may come up in “Who said it?” in this group."),
            words.say("The others guess who said it, and your name is the solution."),
        ]
    else:
        lines = [
            words.say("Your answers to prompts don't come up in games here."),
            words.say(
                "Shall they? In “Who said it?” the others guess who said it, and your name is "
                "the solution."
            ),
        ]
    if count:
        lines.append(words.say_n("{n} answer of yours fits.", "{n} answers of yours fit.", count))
    else:
        lines.append(words.say("So far no answer of yours fits; the next one may."))
    return Text.join("\n", lines)


def in_group(words: Words) -> Text:
    """Said where the group is not known."""
    return words.say("Say it in the group that it is about.")
