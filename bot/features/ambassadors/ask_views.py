"""What is said to the one who is asked to begin."""

from datetime import datetime

from bot.context import Buttons
from bot.effects import Button, Look
from bot.i18n import Words
from bot.text import Part, Text, bold, clean, isolated, quote

SHOWN = 300


def _short(subject: str) -> str:
    text = clean(subject)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def question(words: Words, group: str, subject: str, at: datetime) -> Text:
    """The prompt, when it comes, and what is asked for."""
    head = words.say(
        "In {group} this prompt comes on {moment}:",
        group=bold(isolated(group)),
        moment=words.moment(at),
    )
    asked = words.say(
        "Would you begin? A sentence or two is enough, and nobody else has to be first. "
        "It comes at its time either way."
    )
    return Text.join("\n", [head, quote(_short(subject)), asked])


def answering(words: Words, ask: int, who: int) -> Buttons:
    """Yes, not now, stop."""
    return (
        (
            Button(words.plain("Yes, I'll begin"), f"ambassadors.begin:{ask}", look=Look.MAIN),
            Button(words.plain("Not now"), f"ambassadors.pass:{ask}"),
        ),
        (Button(words.plain("Stop asking me"), f"ambassadors.stop:{who}"),),
    )


def how(words: Words, subject: str) -> Text:
    """After a yes."""
    asked = words.say(
        "Thank you. You can write it now, and I post it under your name with the prompt. Or you "
        "write it yourself: I tell you when the prompt is there."
    )
    return Text.join("\n", [quote(_short(subject)), asked])


def choosing_how(words: Words, ask: int) -> Buttons:
    """Now or then."""
    return (
        (
            Button(words.plain("Write it now"), f"ambassadors.write:{ask}", look=Look.MAIN),
            Button(words.plain("I'll write when it is there"), f"ambassadors.there:{ask}"),
        ),
        (Button(words.plain("Not after all"), f"ambassadors.pass:{ask}"),),
    )


def will_tell(words: Words) -> Text:
    """They write it themselves."""
    return words.say("Good. I tell you as soon as the prompt is there.")


def changing_mind(words: Words, ask: int) -> Buttons:
    """Under the promise to tell."""
    return (
        (
            Button(words.plain("Write it now"), f"ambassadors.write:{ask}"),
            Button(words.plain("Not after all"), f"ambassadors.pass:{ask}"),
        ),
    )


def kept(words: Words, written: str) -> Text:
    """Their opening, as it will be read."""
    said = words.say("I post this under your name with the prompt. Until then you can change it:")
    return Text.join("\n", [said, quote(written)])


def changing(words: Words, ask: int) -> Buttons:
    """Under what was written."""
    return (
        (
            Button(words.plain("Change it"), f"ambassadors.write:{ask}"),
            Button(words.plain("Take it back"), f"ambassadors.there:{ask}"),
        ),
        (Button(words.plain("Not after all"), f"ambassadors.pass:{ask}"),),
    )


def opening(words: Words, name: str, written: str) -> Text:
    """The first message under the prompt."""
    said = words.say("{name} begins:", name=isolated(name))
    return Text.join("\n", [said, quote(written)])


def is_there(words: Words, group: str, subject: str) -> Text:
    """The prompt came: now it is up to them."""
    said = words.say("In {group} the prompt is there now:", group=bold(isolated(group)))
    return Text.join("\n", [said, quote(_short(subject))])


def posted(words: Words, group: str) -> Text:
    """Their opening stands under the prompt."""
    return words.say("Your opening is in {group} now. Thank you.", group=bold(isolated(group)))


def changed(words: Words, subject: str, written: str | None) -> Text:
    """Another prompt came than they were asked about."""
    said = words.say("The prompt was changed before it came, so I posted nothing under your name:")
    return _with_writing(words, said, subject, written)


def not_needed(words: Words, subject: str, written: str | None) -> Text:
    """The prompt never came, or the opening could not be posted."""
    said = words.say("This did not come, so your opening was not needed. Thank you all the same:")
    return _with_writing(words, said, subject, written)


def _with_writing(words: Words, said: Text, subject: str, written: str | None) -> Text:
    lines: list[Part] = [said, quote(_short(subject))]
    if written:
        lines += [words.say("You had written:"), quote(written)]
    return Text.join("\n", lines)


def over(words: Words) -> Text:
    """A button about something that is past."""
    return words.say("That is over. Thank you all the same.")
