"""The one who was asked says yes or not now, and writes the opening if they like."""

from bot.aside import enter
from bot.commands import Field, Form
from bot.context import Context
from bot.effects import AskForm
from bot.events import ChoiceMade, FormSubmitted
from bot.feature import Follows
from bot.features.ambassadors import ask_records, ask_views, asking, trial_records
from bot.features.ambassadors.ask_records import Ask
from bot.features.ambassadors.core import ambassadors, number_in
from bot.features.ambassadors.rules import OPENING_LENGTH, Asked
from bot.text import clean


async def _asked(ctx: Context, number: int) -> Ask | None:
    """What a button is about, if it was pressed by the one who was asked and is not past."""
    ask = await ask_records.by_id(ctx.tx, number)
    if ask is None or ask.ref != ctx.member or not await enter(ctx, ask.group_id):
        return None
    trial = await trial_records.of_post(ctx.tx, ask.group_id, ask.post)
    if trial is None or trial.went_out_at is not None:
        return None
    return ask if ask.stands or await _may_still(ctx, ask) else None


async def _may_still(ctx: Context, ask: Ask) -> bool:
    """Who changed their mind, or answers late, may begin if nobody else was asked meanwhile."""
    late = ask.state in (Asked.NO, Asked.SILENT)
    return late and await ask_records.standing(ctx.tx, ask.group_id, ask.post) is None


@ambassadors.choice("begin")
async def begins(ctx: Context, event: ChoiceMade) -> Follows:
    """Yes: now or then?"""
    ask = await _asked(ctx, number_in(event.choice))
    if ask is None:
        return [ctx.whisper(ask_views.over(ctx.own), in_place=True)]
    if ask.state != Asked.WRITTEN:
        await ask_records.change(ctx.tx, ask, Asked.YES)
    text, buttons = ask_views.how(ctx.own, ask.subject), ask_views.choosing_how(ctx.own, ask.id)
    return [ctx.whisper(text, buttons=buttons, in_place=True)]


@ambassadors.choice("there")
async def writes_then(ctx: Context, event: ChoiceMade) -> Follows:
    """They write themselves when the prompt is there; what was written before is taken back."""
    ask = await _asked(ctx, number_in(event.choice))
    if ask is None:
        return [ctx.whisper(ask_views.over(ctx.own), in_place=True)]
    await ask_records.change(ctx.tx, ask, Asked.YES)
    buttons = ask_views.changing_mind(ctx.own, ask.id)
    return [ctx.whisper(ask_views.will_tell(ctx.own), buttons=buttons, in_place=True)]


@ambassadors.choice("write")
async def writes_now(ctx: Context, event: ChoiceMade) -> Follows:
    """Opens the form."""
    ask = await _asked(ctx, number_in(event.choice))
    return [_form(ctx, ask)] if ask else [ctx.whisper(ask_views.over(ctx.own), in_place=True)]


def _form(ctx: Context, ask: Ask) -> AskForm:
    label = ctx.own.plain("What would you say first?")
    field = Field("text", label, value=ask.written or "", long=True, max_length=OPENING_LENGTH)
    form = Form("ambassadors.opening", ctx.own.plain("Your opening"), (field,))
    return ctx.ask(form, str(ask.id))


@ambassadors.form("opening")
async def wrote(ctx: Context, event: FormSubmitted) -> Follows:
    """Keeps it until the prompt is there."""
    ask = await _asked(ctx, number_in(event.arg))
    written = clean(event.values.get("text", "")).strip()
    if ask is None:
        return [ctx.whisper(ask_views.over(ctx.own))]
    if not written:
        return [ctx.whisper(ctx.own.say("An opening needs at least a word. Nothing was kept."))]
    await ask_records.change(ctx.tx, ask, Asked.WRITTEN, written=written)
    buttons = ask_views.changing(ctx.own, ask.id)
    return [ctx.whisper(ask_views.kept(ctx.own, written), buttons=buttons)]


@ambassadors.choice("pass")
async def passes(ctx: Context, event: ChoiceMade) -> Follows:
    """Not now: somebody else is asked."""
    ask = await ask_records.by_id(ctx.tx, number_in(event.choice))
    if ask is None or ask.ref != event.member:
        return [ctx.whisper(ask_views.over(ctx.own), in_place=True)]
    if ask.stands:
        await ask_records.change(ctx.tx, ask, Asked.NO)
        await asking.turn_of_next(ctx, ask.group_id, ask.post)
    said = ctx.own.say("All right, not this time. It comes at its time either way.")
    return [ctx.whisper(said, in_place=True)]
