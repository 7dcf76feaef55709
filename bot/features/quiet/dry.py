"""Trying it out: for a month moderators read whom I would have named, and nobody is."""

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct
from sqlalchemy import delete, func, select

from bot import consent
from bot.commands import N_
from bot.context import Context
from bot.effects import AnyEffect, Edit, Post, Urgency
from bot.events import ChoiceMade, Due
from bot.feature import Follows, answer_key
from bot.features.quiet import approval, settings
from bot.features.quiet import steering_views as views
from bot.features.quiet.core import quiet
from bot.features.quiet.evidence import in_a_line
from bot.features.quiet.reasons import Candidate
from bot.features.quiet.settings import Settings
from bot.features.quiet.tables import tried
from bot.follow_ups import WorthAnswering
from bot.i18n import Words
from bot.store.database import Tx
from bot.text import Text, bold, code, isolated, quote

SPAN = timedelta(days=30)
"""How long it is tried out."""
SUMMARY = "quiet:trial"
"""The post that asks how to go on."""
DECIDED = {
    "on": N_("{name} decided: I name people from now on. {settings} changes it."),
    "more": N_("{name} decided: I try it for another month. {settings} changes it."),
    "off": N_("{name} switched it off. {settings} changes it."),
}


class Tried(Struct, frozen=True):
    """What the trial came to: posts with names, people, and how often one was named in all."""

    posts: int
    people: int
    times: int


def _key(ctx: Context) -> str:
    return f"quiet:dry:{ctx.here.id}"


async def start(ctx: Context) -> Settings:
    """Tries it for a month from now on; what was counted before is forgotten."""
    await ctx.tx.execute(delete(tried).where(tried.c.group_id == ctx.here.id))
    return await _until(ctx)


async def _until(ctx: Context) -> Settings:
    until = ctx.now + SPAN
    ctx.arm(_key(ctx), until, "dry")
    return await settings.change(ctx.tx, ctx.here.id, dry_until=until)


async def stop(ctx: Context) -> Settings:
    """The trial is over, and what was counted is forgotten."""
    ctx.disarm(_key(ctx))
    await ctx.tx.execute(delete(tried).where(tried.c.group_id == ctx.here.id))
    return await settings.change(ctx.tx, ctx.here.id, dry_until=None)


async def decide(ctx: Context, how: str) -> bool:
    """What comes after the trial: "on", "more" or "off"; False where nothing is tried out."""
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    if chosen.dry_until is None or how not in DECIDED:
        return False
    if how == "more":
        await _until(ctx)
        return True
    await stop(ctx)
    await settings.change(ctx.tx, ctx.here.id, switched_on=how == "on")
    return True


async def would(
    ctx: Context, event: WorthAnswering, candidates: Sequence[Candidate]
) -> list[AnyEffect]:
    """Tells the moderators who would have been named in this post, and counts it.

    Names stand only in a room of the moderators' own.
    """
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    before = await _named_lately(ctx)
    fresh = [one for one in candidates if one.member not in before]
    if not fresh or chosen.is_over(ctx.now):
        return []
    for one in fresh:
        row = {"group_id": ctx.here.id, "post": event.name, "member": one.member}
        await ctx.tx.put(tried, row | {"at": ctx.now})
    room = views.room_of_their_own(ctx)
    text = _named(ctx.words, event, fresh) if room else _counted(ctx.words, len(fresh))
    return [Post(chat=room or ctx.here.moderators_chat, text=text, urgency=Urgency.BULK)]


async def _named_lately(ctx: Context) -> set[str]:
    """Those who could not be named again yet, if they had been named in earnest."""
    since = ctx.now - consent.BETWEEN_CALLS
    where = (tried.c.group_id == ctx.here.id, tried.c.at > since)
    return {row.member for row in await ctx.tx.all(select(tried.c.member).where(*where))}


def _named(words: Words, event: WorthAnswering, candidates: Sequence[Candidate]) -> Text:
    head = words.say(
        "I am only trying it out. If the lot had fallen on them, I would have named in this post:"
    )
    return Text.join(
        "\n", [head, quote(in_a_line(event.subject)), *views.becauses(words, candidates)]
    )


def _counted(words: Words, count: int) -> Text:
    return words.say_n(
        "For moderators: I would have given {n} person the floor in this post. {next} shows you "
        "who could be next.",
        "For moderators: I would have given {n} people the floor in this post. {next} shows you "
        "who could be next.",
        count,
        next=code("/quiet next"),
    )


@quiet.due("dry")
async def over(ctx: Context, event: Due) -> Follows:
    """The month has passed: moderators decide how to go on."""
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    if not (ctx.here.active and chosen.switched_on and chosen.is_over(ctx.now)):
        return []
    counted = await _count(ctx.tx, ctx.here.id)
    asked = ctx.words.say("Until a moderator decides I name nobody.")
    return [
        Post(
            chat=ctx.here.moderators_chat,
            name=SUMMARY,
            text=_summary(ctx.words, counted, asked),
            buttons=(views.after_trying(ctx.words, "quiet.trial"),),
        )
    ]


async def _count(tx: Tx, group: int) -> Tried:
    counts = select(
        func.count(tried.c.post.distinct()).label("posts"),
        func.count(tried.c.member.distinct()).label("people"),
        func.count().label("times"),
    )
    row = await tx.first(counts.where(tried.c.group_id == group))
    return Tried(**row._mapping) if row else Tried(0, 0, 0)


def _summary(words: Words, counted: Tried, end: Text) -> Text:
    title = Text.of(bold(words.plain("The trial with quiet members is over")))
    if not counted.times:
        nobody = words.say("There was no post in which I would have named anybody.")
        return Text.join("\n", [title, nobody, end])
    counts = words.say(
        "Posts in which I would have given somebody the floor: {posts}. Different people: "
        "{people}. Names in all: {times}.",
        posts=words.number(counted.posts),
        people=words.number(counted.people),
        times=words.number(counted.times),
    )
    return Text.join("\n", [title, counts, end])


@quiet.choice("trial", moderator=True)
async def decided(ctx: Context, event: ChoiceMade) -> Follows:
    """A moderator decides under the summary."""
    how = answer_key(event.choice)[1]
    counted = await _count(ctx.tx, ctx.here.id)
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    if not chosen.is_over(ctx.now) or not await decide(ctx, how):
        settled = ctx.own.say(
            "It has been settled in the meantime. {settings} shows how it stands.",
            settings=code("/quiet settings"),
        )
        return [ctx.whisper(settled)]
    name = isolated(event.name or await ctx.name_of(event.member))
    said = ctx.words.say(DECIDED[how], name=name, settings=code("/quiet settings"))
    return [
        Edit(
            chat=event.chat,
            name=SUMMARY,
            text=_summary(ctx.words, counted, said),
            urgency=Urgency.ANSWER,
            answering=event.answer,
        ),
        *await approval.catch_up(ctx),
    ]
