"""Questions that go to the sister groups which agreed, and the answers that come home."""

from collections.abc import Sequence

from bot.context import Context
from bot.effects import AnyEffect, Post
from bot.events import Event
from bot.features.answers import carry_views, choices, views
from bot.features.answers.core import TALK, post_name
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.rules import LISTEN_SECONDS, Source
from bot.features.answers.tables import travels
from bot.i18n import Words
from bot.store import groups
from bot.store.groups import Group

SISTERS = 8
"""Groups that one question goes to, those of its own language first."""


async def sent_out(ctx: Context, question: Question) -> list[AnyEffect | Event]:
    """Posts the question in sister groups; nothing if its own group or no other agreed."""
    places = await _sisters(ctx)
    rows = [{"question": question.id, "group_id": group.id, "at": ctx.now} for group in places]
    for row in rows:
        await ctx.tx.put(travels, row)
    return [_there(ctx, question, group) for group in places]


async def _sisters(ctx: Context) -> Sequence[Group]:
    if not (await choices.of_group(ctx.tx, ctx.here.id)).travel:
        return []
    others = [
        group
        for group in await groups.of_community(ctx.tx, ctx.here.community)
        if group.id != ctx.here.id and group.ready and not group.paused
    ]
    ctx.rng.shuffle(others)
    others.sort(key=lambda group: group.language != ctx.here.language)
    agreed: list[Group] = []
    for group in others:
        if len(agreed) == SISTERS:
            break
        if (await choices.of_group(ctx.tx, group.id)).travel:
            agreed.append(group)
    return agreed


def _there(ctx: Context, question: Question, group: Group) -> Post:
    words = Words(group.language, group.zone)
    return Post(
        chat=group.chat,
        name=post_name(question.id),
        text=views.post(words, question, (), origin=ctx.here.title),
        buttons=views.buttons(words, question),
        listen=LISTEN_SECONDS,
    )


async def brought_home(ctx: Context, question: Question, answer: Given) -> list[AnyEffect | Event]:
    """An answer that was given in a sister group, shown under the question in its own group.

    What was written into a form is posted in both by whoever took the form.
    """
    if answer.group_id == question.group_id or answer.source == Source.FORM:
        return []
    places = await groups.by_ids(ctx.tx, {question.group_id, answer.group_id})
    home, there = places.get(question.group_id), places.get(answer.group_id)
    if home is None or there is None or there.community != home.community:
        return []
    words, name = Words(home.language, home.zone), post_name(question.id)
    return [
        Post(
            chat=question.chat_in(home),
            name=f"{name}/from/{answer.id}",
            text=carry_views.from_elsewhere(words, there.title, answer),
            reply_to=question.message,
            reply_to_post=name,
            into=f"{name}{TALK}",
            listen=LISTEN_SECONDS,
        )
    ]
