"""`/answers search`: what was answered before, for whoever looks for it."""

from collections.abc import Sequence

from bot.commands import N_, Command, Param
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import CommandGiven
from bot.features.answers import reading, reading_views
from bot.features.answers.core import answers
from bot.features.answers.reading import Entry
from bot.features.answers.rules import has_words
from bot.store import groups
from bot.text import Text, code, isolated

BEST = 5
"""Hits that are shown with their best answer."""
MORE = 10
"""Further hits, by their question alone."""
WORDS = 1_000

SEARCH = Command(
    "answers search",
    N_("Search what was asked and answered before"),
    (Param("words", N_("What are you looking for?"), max_length=WORDS),),
)


@answers.command(SEARCH)
async def search(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """The best hits with their answers, for the seeker's eyes."""
    words = event.args.get("words", "")
    community = ctx.here.community
    searchable = has_words(words)
    found = (
        await reading.found(ctx.tx, ctx.recall, community, words, BEST + MORE) if searchable else []
    )
    if not found:
        return [ctx.whisper(_nothing(ctx, words))]
    best, further = found[:BEST], [entry.question for entry in found[BEST:]]
    text = reading_views.hits(ctx.own, best, await origins(ctx, best))
    return [
        ctx.whisper(
            Text.join("\n\n", [text, ctx.own.say("A number opens it with all its answers.")]),
            buttons=reading_views.open_buttons(best),
            menu=reading_views.open_menu(ctx.own, further),
        )
    ]


def _nothing(ctx: Context, words: str) -> Text:
    return ctx.own.say(
        "Nothing here is like “{words}” yet. {ask} puts the question to the people, and keeps "
        "what they answer.",
        words=isolated(words),
        ask=code("/ask"),
    )


async def origins(ctx: Context, found: Sequence[Entry]) -> dict[int, str]:
    """The titles of the other groups that these questions were asked in."""
    here = ctx.group.id if ctx.group else 0
    others = {entry.question.group_id for entry in found} - {here}
    if not others:
        return {}
    return {number: group.title for number, group in (await groups.by_ids(ctx.tx, others)).items()}
