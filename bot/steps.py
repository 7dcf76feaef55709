"""Forms for chats that have none: one question after the other, kept in the store.

`begin` turns an `AskForm` into its first question; each answer of the person leads to the next,
and the last one to the same `FormSubmitted` that a platform with forms would have sent.
"""

from datetime import timedelta

import msgspec
from sqlalchemy import ColumnElement, delete, select

from bot.commands import Form
from bot.context import Context
from bot.effects import AnyEffect, AskForm, Button, Look, Post, Urgency
from bot.events import ChoiceMade, Event, FormSubmitted, MessagePosted
from bot.interests import Interests
from bot.refs import ChatRef, MemberRef
from bot.store import groups
from bot.store.database import Tx
from bot.store.schema import form_steps
from bot.text import Text, bold, italic, mention

PATIENCE = timedelta(hours=1)
CANCEL = "steps.cancel"
SKIP = "steps.skip"


def _where(chat: ChatRef, member: MemberRef) -> tuple[ColumnElement[bool], ...]:
    return (form_steps.c.chat == str(chat), form_steps.c.member == str(member))


async def begin(ctx: Context, ask: AskForm, interests: Interests) -> list[AnyEffect]:
    """The first question of a form."""
    await _save(ctx, ask.chat, ask.to, ask.form, ask.arg, 0, {})
    ctx.after_commit.append(lambda: interests.ask(ask.chat, ask.to))
    name = ctx.event.name if hasattr(ctx.event, "name") else ""
    return [_question(ctx, ask.chat, ask.to, str(name), ask.form, 0)]


async def answer(
    ctx: Context, event: MessagePosted | ChoiceMade, interests: Interests
) -> list[AnyEffect | Event]:
    """What follows from an answer to the question that stands open, if one does."""
    row = await ctx.tx.first(select(form_steps).where(*_where(event.chat, event.member)))
    if row is None or event.at - row.asked_at > PATIENCE:
        await _end(ctx, event.chat, event.member, interests)
        return []
    if ctx.group is None and row.group_id:  # the form was opened for a group
        ctx.group = await groups.by_id(ctx.tx, row.group_id)
    if isinstance(event, ChoiceMade) and event.choice == CANCEL:
        await _end(ctx, event.chat, event.member, interests)
        return [ctx.whisper(ctx.own.say("Cancelled. Nothing was kept."), in_place=True)]
    form = msgspec.json.decode(row.form, type=Form)
    given = msgspec.json.decode(row.given, type=dict[str, str])
    asked = form.fields[row.step]
    text = event.text.strip() if isinstance(event, MessagePosted) else asked.value
    if len(text) > asked.max_length:
        too_long = ctx.own.say_n(
            "That is longer than {n} character. Could you say it shorter?",
            "That is longer than {n} characters. Could you say it shorter?",
            asked.max_length,
        )
        return [ctx.reply(too_long)]
    given[asked.name] = text
    step = row.step + 1
    if step < len(form.fields):
        await _save(ctx, event.chat, event.member, form, row.arg, step, given)
        return [_question(ctx, event.chat, event.member, event.name, form, step)]
    await _end(ctx, event.chat, event.member, interests)
    return [_submitted(event, form, row.arg, given, row.moderator)]


def _submitted(
    event: MessagePosted | ChoiceMade, form: Form, arg: str, given: dict[str, str], moderator: bool
) -> FormSubmitted:
    return FormSubmitted(
        id=f"{event.id}:form",
        at=event.at,
        chat=event.chat,
        member=event.member,
        name=event.name,
        form=form.id,
        arg=arg,
        values=given,
        moderator=moderator,
    )


def _question(
    ctx: Context, chat: ChatRef, to: MemberRef, name: str, form: Form, step: int
) -> AnyEffect:
    field = form.fields[step]
    lines: list[Text] = []
    if step == 0:
        lines.append(Text.of(mention(to, name or "…"), " · ", bold(form.title)))
    lines.append(Text.of(field.label))
    if field.placeholder:
        lines.append(Text.of(italic(field.placeholder)))
    buttons = [Button(ctx.own.plain("Cancel"), CANCEL, look=Look.PLAIN)]
    if not field.required or field.value:
        label = ctx.own.plain("Keep as it is") if field.value else ctx.own.plain("Skip")
        buttons.insert(0, Button(label, SKIP))
    return Post(
        chat=chat,
        text=Text.join("\n", lines),
        buttons=(tuple(buttons),),
        expects_reply_of=to,
        urgency=Urgency.ANSWER,
    )


async def _save(
    ctx: Context,
    chat: ChatRef,
    member: MemberRef,
    form: Form,
    arg: str,
    step: int,
    given: dict[str, str],
) -> None:
    row = {
        "member": str(member),
        "chat": str(chat),
        "form": msgspec.json.encode(form).decode(),
        "arg": arg,
        "step": step,
        "given": msgspec.json.encode(given).decode(),
        "moderator": ctx.is_moderator
        or bool(given and await _began_as_moderator(ctx, chat, member)),
        "group_id": ctx.group.id if ctx.group else 0,
        "asked_at": ctx.now,
    }
    await ctx.tx.put(form_steps, row)


async def _began_as_moderator(ctx: Context, chat: ChatRef, member: MemberRef) -> bool:
    return bool(await ctx.tx.scalar(select(form_steps.c.moderator).where(*_where(chat, member))))


async def _end(ctx: Context, chat: ChatRef, member: MemberRef, interests: Interests) -> None:
    await ctx.tx.execute(delete(form_steps).where(*_where(chat, member)))
    ctx.after_commit.append(lambda: interests.asked_no_more(chat, member))


async def waiting(tx: Tx) -> list[tuple[ChatRef, MemberRef]]:
    """Who was asked something before the last restart."""
    rows = await tx.all(select(form_steps.c.chat, form_steps.c.member))
    return [(ChatRef.parse(row.chat), MemberRef.parse(row.member)) for row in rows]
