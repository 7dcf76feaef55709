"""The words for who is quiet: what it means, never a reproach."""

from collections.abc import Mapping, Sequence

from bot.commands import N_
from bot.context import Buttons
from bot.effects import Attachment, Button, Chart
from bot.features.quiet.reasons import NAMED, Kind
from bot.i18n import Words
from bot.text import Part, Text, bold, code, isolated

RHYTHM, AWAY, ALONE = "rhythm", "away", "alone"
Counts = Mapping[str, int]
"""How many there are of each kind, in their rhythm, away on notice and left in peace."""

LABELS = {
    RHYTHM: N_("In their own rhythm"),
    Kind.OVERDUE: N_("Longer away than usual"),
    Kind.FADED: N_("Here a lot once"),
    Kind.NEW: N_("Not yet heard"),
    Kind.READER: N_("Reading along"),
    AWAY: N_("Away on notice"),
    ALONE: N_("Left in peace"),
}
_MEANING = {
    RHYTHM: N_("They come as often as they always do, or have only just joined."),
    Kind.OVERDUE: N_(
        "This pause is unusual for them, measured by how often each of them comes. A word by name "
        "may be just right."
    ),
    Kind.FADED: N_("They came often for months and hardly do now. They know the place."),
    Kind.NEW: N_("They joined at least two weeks ago. An easy question makes a first word easy."),
    Kind.READER: N_("They react and vote. That is taking part, so I never call on them."),
    AWAY: N_("They said so with /away, and I leave them alone until they are back."),
    ALONE: N_("Nothing for a year. For many, reading is enough; I leave it at that."),
}


def overview(words: Words, found: Counts) -> Text:
    """How many there are of each, and what that means."""
    lines: list[Part] = [bold(words.plain("Who is quiet here, each by their own measure"))]
    for what, label in LABELS.items():
        if number := found.get(what, 0):
            head = (bold(words.plain(label)), f": {words.number(number)}. ")
            lines.append(Text.of("• ", *head, words.plain(_MEANING[what])))
    lines.append(words.say("Names are shown to you alone."))
    return Text.join("\n", lines)


def picture(words: Words, found: Counts) -> Attachment:
    """The same as bars."""
    title = words.plain("Who is quiet here, each by their own measure")
    rows = ((words.plain(label), found.get(what, 0)) for what, label in LABELS.items())
    bars = tuple((label, (float(number),)) for label, number in rows if number)
    return Attachment("quiet.png", alt=title, chart=Chart(title, (words.plain("people"),), bars))


def choices(words: Words, found: Counts) -> Buttons:
    """One button for the names of each kind that can be named."""
    kinds = [kind for kind in NAMED if found.get(kind)]
    return tuple((_show(words, kind),) for kind in kinds)


def _show(words: Words, kind: Kind) -> Button:
    label = words.say("Show names: {kind}", kind=words.plain(LABELS[kind]))
    return Button(str(label), f"quiet.names:{kind}:0")


def page(words: Words, kind: Kind, names: Sequence[str], first: int) -> Text:
    """Names, numbered from `first` so that pages can be told apart."""
    lines: list[Part] = [bold(words.plain(LABELS[kind])), words.plain(_MEANING[kind])]
    if not names:
        lines.append(words.say("Nobody any more."))
    lines += [f"{number}. {isolated(name)}" for number, name in enumerate(names, first)]
    return Text.join("\n", lines)


def turning(words: Words, kind: Kind, before: int | None, after: int | None) -> Buttons:
    """To the pages that begin at these places, where there are any."""
    sides = ((words.plain("Back"), before), (words.plain("More"), after))
    row = tuple(Button(label, f"quiet.names:{kind}:{at}") for label, at in sides if at is not None)
    return (row,) if row else ()


def blind(words: Words) -> Text:
    """Why nothing can be told where messages do not reach the bot."""
    return words.say(
        "I can't tell who is quiet here: ordinary messages don't reach me, so everybody would look "
        "silent. Nobody is named until that is mended; {check} says how.",
        check=code("/check"),
    )
