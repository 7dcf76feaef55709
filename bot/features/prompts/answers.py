"""The same prompt in several groups: each can read what the others answered."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.commands import N_, Command, Kind, Param
from bot.context import Buttons, Context
from bot.effects import AnyEffect, Button, Post
from bot.events import ChoiceMade, CommandGiven, Due, Event
from bot.feature import answer_key
from bot.features.prompts import answer_rules, card_records, post_records
from bot.features.prompts import reply_records as replies
from bot.features.prompts import schedule_records as schedules
from bot.features.prompts.answer_rules import Page
from bot.features.prompts.card_records import Card
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_views import short
from bot.features.prompts.guard import in_group
from bot.features.prompts.post_records import TALK, Posted
from bot.features.prompts.posting import OTHERS, place_of
from bot.features.prompts.reply_records import Reply
from bot.ports import Can
from bot.store import groups
from bot.text import Part, Span, Text, bold, clean, isolated, quote

QUOTE = 280
"""Characters of an answer that are shown."""
BACK = Param(
    "number", N_("1 for the last prompt, 2 for the one before"), Kind.NUMBER, required=False
)


@prompt.command(Command("prompt answers", N_("What was answered to a prompt"), (BACK,)))
async def answers(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """The answers to the group's last prompt, those of other groups first."""
    back = max(1, post_records.number_in(event.args.get("number", "1")))
    post = await post_records.latest(ctx.tx, ctx.here.id, back)
    if post is None:
        text = ctx.own.say("No prompt was posted here that far back.")
        return [ctx.whisper(text)]
    return [await _page(ctx, post, 0)]


@prompt.choice("answers")
@in_group
async def turn(ctx: Context, event: ChoiceMade) -> list[AnyEffect | Event]:
    """Another page."""
    number, _, page = answer_key(event.choice)[1].partition(".")
    post = await post_records.by_id(ctx.tx, post_records.number_in(number))
    if post is None or post.group_id != ctx.here.id:
        gone = ctx.own.say("That prompt is no longer kept.")
        return [ctx.whisper(gone, in_place=True)]
    return [await _page(ctx, post, post_records.number_in(page))]


async def _page(ctx: Context, post: Posted, number: int) -> AnyEffect:
    words = ctx.own
    card = await card_records.by_id(ctx.tx, post.card)
    found = await _answers(ctx, post)
    titles = {
        group.id: group.title for group in await groups.of_community(ctx.tx, ctx.here.community)
    }
    ordered = answer_rules.others_first(found, ctx.here.id, titles)
    page = answer_rules.page_of(ordered, number)
    lines: list[Part] = [bold(short(card.text) if card else "")]
    if card and card.options:
        lines += await _counts(ctx, post, card)
    if not ordered:
        lines.append(words.say("No answers yet."))
    elif all(reply.group_id == ctx.here.id for reply in ordered) and len(titles) > 1:
        lines.append(
            words.say("The other groups have not answered yet. Here is what was said here.")
        )
    lines += _by_group(page, titles, ctx.here.id, words.plain("In this group"))
    turning = _turning(ctx, post, page)
    text = Text.join("\n", lines)
    return ctx.panel(text, buttons=turning) if turning else ctx.whisper(text)


async def _answers(ctx: Context, post: Posted) -> Sequence[Reply]:
    posts = await post_records.together(ctx.tx, post, ctx.here.community)
    return await replies.to_show(ctx.tx, [one.id for one in posts])


async def _counts(ctx: Context, post: Posted, card: Card) -> list[Text]:
    posts = await post_records.together(ctx.tx, post, ctx.here.community)
    rows = await replies.votes_of(ctx.tx, [one.id for one in posts])
    counted: Counter[int] = Counter(index for row in rows for index in json.loads(row.options))
    return [
        Text.of(f"{clean(option)}: ", bold(ctx.own.number(counted[index])))
        for index, option in enumerate(card.options)
    ]


def _by_group(page: Page, titles: Mapping[int, str], here: int, own: str) -> list[Part]:
    lines: list[Part] = []
    group = -1
    for reply in page.replies:
        if reply.group_id != group and len(titles) > 1:
            title = own if reply.group_id == here else isolated(titles.get(reply.group_id, ""))
            lines.append(Text.of("\n", bold(title)))
        group = reply.group_id
        lines += [isolated(reply.member_name), quoted(reply)]
    return lines


def quoted(reply: Reply) -> Span:
    """The beginning of an answer, as a quotation."""
    text = reply.text
    return quote(text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…")


def _turning(ctx: Context, post: Posted, page: Page) -> Buttons:
    row = []
    if page.number > 0:
        row.append(Button(ctx.own.plain("◀ Back"), f"prompt.answers:{post.id}.{page.number - 1}"))
    if page.number < page.last:
        row.append(Button(ctx.own.plain("More ▶"), f"prompt.answers:{post.id}.{page.number + 1}"))
    return (tuple(row),) if row else ()


@prompt.due(OTHERS)
async def tell_others(ctx: Context, event: Due) -> list[AnyEffect]:
    """A day later: what other groups said, into the prompt's thread or as a reply to it."""
    post = await post_records.by_id(ctx.tx, int(event.arg))
    plan = await schedules.find(ctx.tx, post.schedule or 0) if post else None
    if ctx.group is None or post is None or plan is None or not plan.others or plan.deleted_at:
        return []
    if answer_rules.too_late(event.due_at, ctx.now):
        return []
    found = await _answers(ctx, post)
    picked = answer_rules.pick(found, ctx.here.id, ctx.rng)
    if not picked:
        return []
    titles = {g.id: g.title for g in await groups.of_community(ctx.tx, ctx.here.community)}
    lines: list[Part] = [bold(ctx.words.plain("What others said"))]
    for reply in picked:
        place = isolated(titles.get(reply.group_id, ""))
        who = ctx.words.say("{name}, in {group}:", name=isolated(reply.member_name), group=place)
        lines += [who, quoted(reply)]
    chat = place_of(ctx, plan)
    threads = Can.THREADS in ctx.capabilities(chat).can
    return [
        Post(
            chat=chat,
            text=Text.join("\n", lines),
            into=post.name + TALK if threads else None,
            reply_to_post=None if threads else post.name,
            name=f"{post.name}/others",
            stale_after=ctx.now + answer_rules.STALE,
        )
    ]
