"""/prompt score: which prompts start conversations, and which can go."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.commands import N_, Command
from bot.context import Buttons, Context
from bot.effects import AnyEffect, Attachment, Button, Chart
from bot.events import CommandGiven
from bot.features.prompts import card_records, score_records
from bot.features.prompts.card_records import Card
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_views import short
from bot.features.prompts.score_rules import RIPE, Score, low, scores
from bot.i18n import Words
from bot.text import Part, Text, bold, code

ROWS = 10
OFFERED = 3
"""Prompts that are offered for retirement at a time."""
LABEL = 42
BUTTON = 40
NOTHING = N_("No prompt has been out for {days} yet. Scores begin then.")


@prompt.command(Command("prompt score", N_("Which prompts start conversations"), moderator=True))
async def score(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """A table, a picture, and an offer to put the weakest aside."""
    await ctx.rollups()
    postings = await score_records.postings(ctx.tx, ctx.here.community, ctx.now)
    found = scores(postings)
    cards = {one.card: await card_records.by_id(ctx.tx, one.card) for one in found}
    live = {number: card for number, card in cards.items() if card and not card.deleted_at}
    found = [one for one in found if one.card in live]
    if not found:
        return [ctx.whisper(ctx.own.say(NOTHING, days=ctx.own.duration(RIPE)))]
    weak = [one for one in low(found) if not live[one.card].retired_at][:OFFERED]
    text = table(ctx.own, _best_and_weak(found, weak), live, len(found))
    answer: list[AnyEffect] = [ctx.whisper(text, attachment=_picture(ctx.own, found, live))]
    if weak:
        offer = ctx.own.say("Few people answered these. Put one aside?")
        answer.append(ctx.panel(offer, buttons=_offers(weak, live)))
    return answer


def _best_and_weak(found: Sequence[Score], weak: Sequence[Score]) -> list[Score]:
    best = list(found[:ROWS])
    return best + [one for one in weak if one not in best]


def table(words: Words, rows: Sequence[Score], cards: Mapping[int, Card], total: int) -> Text:
    """One line for each prompt, the figures aligned in front."""
    heads = (words.plain("people"), words.plain("new pairs"), words.plain("first answer"))
    cells = [(_figure(words, s), words.number(s.pairs), _time(words, s.first_answer)) for s in rows]
    widths = [max(len(row[n]) for row in [heads, *cells]) for n in range(len(heads))]

    def line(row: Sequence[str]) -> Part:
        return code("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))

    lines: list[Part] = [bold(words.plain("What prompts started")), line(heads)]
    for one, row in zip(rows, cells, strict=True):
        times = f" ×{words.number(one.postings)}" if one.postings > 1 else ""
        lines.append(Text.of(line(row), " ", short(cards[one.card].text, LABEL), times))
    if total > len(rows):
        more = words.say_n(
            "… and {n} prompt between.", "… and {n} prompts between.", total - len(rows)
        )
        lines.append(more)
    lines.append(
        words.say(
            "People who answered, on average; pairs who answered one another for the first time; "
            "how long the first answer took."
        )
    )
    return Text.join("\n", lines)


def _figure(words: Words, one: Score) -> str:
    return words.number(one.people)


def _time(words: Words, span: timedelta | None) -> str:
    return words.duration(span) if span is not None else "–"


def _picture(words: Words, found: Sequence[Score], cards: Mapping[int, Card]) -> Attachment:
    title = words.plain("What prompts started")
    series = (words.plain("people who answered"), words.plain("first-time pairs"))
    rows = tuple(
        (short(cards[one.card].text, LABEL), (float(one.people), one.pairs / one.postings))
        for one in found[:ROWS]
    )
    return Attachment("scores.png", alt=title, chart=Chart(title, series, rows))


def _offers(weak: Sequence[Score], cards: Mapping[int, Card]) -> Buttons:
    return tuple(
        (Button(short(cards[one.card].text, BUTTON), f"prompt.card-rest:{one.card}"),)
        for one in weak
    )
