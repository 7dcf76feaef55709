"""What volunteers read about somebody who waits for an answer."""

from bot.context import Buttons
from bot.effects import Button, Look
from bot.features.ambassadors.silence_records import FIRST, Waiting
from bot.features.ambassadors.views import leaving
from bot.i18n import Words
from bot.text import Part, Text, isolated, link, quote


def asked(words: Words, one: Waiting, group: str, address: str) -> Text:
    """Asks a volunteer for a human answer. `address` is that of the message, or ""."""
    name, place = isolated(one.member_name), isolated(group)
    lines: list[Part] = []
    if one.kind == FIRST:
        lines.append(
            words.say(
                "{name} wrote in {group} for the first time, and nobody has answered yet.",
                name=name,
                group=place,
            )
        )
    else:
        lines += [
            words.say(
                "{name} asked in {group}, and nobody has answered yet:", name=name, group=place
            ),
            quote(one.subject),
        ]
    lines.append(words.say("Would you say something to them? A line is enough."))
    if address:
        lines.append(link(words.plain("Show me the message"), address))
    return Text.join("\n", lines)


def buttons(words: Words, showing: int, ambassador: int) -> Buttons:
    """What a volunteer can say to it."""
    yes = Button(words.plain("I'll answer"), f"ambassadors.greet-yes:{showing}", look=Look.MAIN)
    later = Button(words.plain("Not now"), f"ambassadors.greet-no:{showing}")
    return ((yes, later), *leaving(words, ambassador))
