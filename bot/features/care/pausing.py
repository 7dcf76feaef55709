"""`/pause` and `/resume`: one word stops every post that nobody asked for."""

from bot.commands import N_, Command, Param
from bot.context import Context
from bot.effects import AnyEffect, Button, Post, Urgency
from bot.events import ChoiceMade, CommandGiven, Due
from bot.features.care.core import care
from bot.features.care.rules import parse_until
from bot.i18n import Words
from bot.misread import MOMENT_EXAMPLE, fault
from bot.text import Text, code
from scheduler.errors import PhraseError


def _key(group: int) -> str:
    return f"care:resume:{group}"


@care.command(
    Command(
        "pause",
        N_("Stop all my posts in this group for a while"),
        (Param("until", N_("Until when: Monday 9:00, tomorrow, 3 days"), required=False),),
        moderator=True,
    )
)
async def pause(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Stops the group's posts, for good or until a moment."""
    typed = event.args.get("until", "")
    key = _key(ctx.here.id)
    if not typed:
        await ctx.change_group(paused=True)
        ctx.disarm(key)
        return [_paused(ctx, ctx.own.say("Paused. I post nothing by myself until you say so."))]
    zone = Words(zone=ctx.here.zone).zone
    try:
        until = parse_until(typed, ctx.now.astimezone(zone))
    except PhraseError as error:
        wrong = fault(ctx.own, error, MOMENT_EXAMPLE)
        return [ctx.whisper(Text.of(wrong, " ", ctx.own.say("Nothing is paused yet.")))]
    await ctx.change_group(paused=True)
    ctx.arm(key, until, "resume")
    moment = ctx.own.moment(until)
    said = ctx.own.say("Paused until {moment}. I post nothing by myself until then.", moment=moment)
    return [_paused(ctx, said)]


def _paused(ctx: Context, said: Text) -> AnyEffect:
    more = ctx.own.say("Commands and buttons still work. {resume} ends it.", resume=code("/resume"))
    button = Button(ctx.own.plain("Resume now"), "care.resume")
    return ctx.panel(Text.of(said, " ", more), buttons=((button,),))


@care.command(Command("resume", N_("End the pause"), moderator=True))
async def resume(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Lets the posts go on."""
    return await _resume(ctx)


@care.choice("resume", moderator=True)
async def resume_pressed(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The same by button."""
    return await _resume(ctx)


async def _resume(ctx: Context) -> list[AnyEffect]:
    ctx.disarm(_key(ctx.here.id))
    if not ctx.here.paused:
        return [ctx.panel(ctx.own.say("Nothing is paused. Posts go out as planned."))]
    await ctx.change_group(paused=False)
    return [ctx.panel(ctx.own.say("On again. The next posts go out as planned."))]


@care.due("resume")
async def pause_over(ctx: Context, event: Due) -> list[AnyEffect]:
    """The pause ends by itself; moderators hear of it where they have a room of their own."""
    if not ctx.here.paused:
        return []
    group = await ctx.change_group(paused=False)
    if not group.moderators_room:
        return []
    said = ctx.words.say("The pause is over. The next posts go out as planned.")
    return [Post(chat=group.moderators_chat, text=said, urgency=Urgency.ANSWER)]
