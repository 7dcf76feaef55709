"""`/quiet next`: who could be named in the next post and why, for a moderator's eyes alone."""

from bot.commands import N_, Command
from bot.context import Buttons, Context
from bot.effects import Button, Whisper
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Follows, answer_key
from bot.features.quiet import approval_records as records
from bot.features.quiet import (
    approval_views,
    choosing,
    learning,
    leaving_out,
    reviewing,
    settings,
    who_views,
)
from bot.features.quiet.approval_records import Proposal
from bot.features.quiet.core import quiet
from bot.features.quiet.evidence import in_a_line
from bot.features.quiet.reasons import Candidate
from bot.features.quiet.settings import Settings
from bot.features.quiet.steering_views import because
from bot.follow_ups import Coming, WorthAnswering
from bot.i18n import Words
from bot.refs import MemberRef
from bot.text import Part, Text, code, isolated, quote


@quiet.on(WorthAnswering)
async def went_out(ctx: Context, event: WorthAnswering) -> None:
    """What goes out is no longer coming."""
    if ctx.group is not None:
        await records.went_out(ctx.tx, ctx.group.id, event.name)


@quiet.command(
    Command(
        "quiet next",
        N_("See who could be named in the next post, and why"),
        moderator=True,
    )
)
async def asked(ctx: Context, event: CommandGiven) -> Follows:
    """As far as it is known now."""
    return [await shown(ctx)]


async def shown(ctx: Context, said: Text | None = None) -> Whisper:
    """The next post with those who could be named in it; `said` stands above."""
    if not reviewing.sees(ctx):
        return _privately(ctx, who_views.blind(ctx.own), said)
    group = ctx.here
    coming = await records.waiting(ctx.tx, group.id, group.chat, ctx.now)
    if not coming:
        return _privately(ctx, _nothing(ctx.own), said)
    chosen = await settings.of_group(ctx.tx, group.id)
    if chosen.asks_first:
        proposal = await records.of_post(ctx.tx, group.id, coming[0].name)
        if proposal is not None and proposal.subject == coming[0].subject:
            return proposed(ctx, proposal, said=said)
    return await _foreseen(ctx, coming[0], chosen, said)


def _privately(
    ctx: Context, text: Text, said: Text | None = None, buttons: Buttons = ()
) -> Whisper:
    whole = Text.join("\n\n", [said, text]) if said else text
    pressed = isinstance(ctx.event, ChoiceMade)
    return ctx.whisper(whole, buttons=buttons, public_ok=False, in_place=pressed)


def _nothing(words: Words) -> Text:
    return words.say(
        "Nothing is coming in which I could name somebody: I know of a post one day ahead. "
        "{schedule} plans prompts, {week} shows the plan.",
        schedule=code("/prompt schedule"),
        week=code("/prompt week"),
    )


def proposed(ctx: Context, proposal: Proposal, who: str = "", said: Text | None = None) -> Whisper:
    """A post about which moderators are asked, with what they can decide."""
    text = approval_views.asked(ctx.own, proposal, who)
    return _privately(ctx, text, said, approval_views.deciding(ctx.own, proposal))


async def _foreseen(ctx: Context, coming: Coming, chosen: Settings, said: Text | None) -> Whisper:
    candidates = await choosing.candidates(ctx, coming)
    words = ctx.own
    head = words.say("Coming: {moment}", moment=words.moment(coming.due_at))
    lines: list[Part] = [head, quote(in_a_line(coming.subject))]
    if candidates:
        lines.append(words.say("As things stand I could give the floor to:"))
        lines += [await _line(ctx, one) for one in candidates]
    else:
        lines.append(words.say("As things stand there is nobody whom I would name in it."))
    lines.append(_what_decides(words, chosen))
    buttons = tuple((_leaving(words, one),) for one in candidates)
    return _privately(ctx, Text.join("\n", lines), said, buttons)


async def _line(ctx: Context, one: Candidate) -> Text:
    share = ctx.own.percent(await learning.chance(ctx, one.kind))
    chance = ctx.own.say("Chance of being named: {share}.", share=share)
    return Text.of("• ", because(ctx.own, one), " ", chance)


def _what_decides(words: Words, chosen: Settings) -> Text:
    if not chosen.switched_on:
        return words.say(
            "Naming is switched off here, so nobody is. {settings} switches it on.",
            settings=code("/quiet settings"),
        )
    if chosen.is_dry:
        return words.say("I am only trying it out, so nobody is named.")
    return words.say(
        "When the post goes out I choose anew and draw a lot for each. Everything is checked once "
        "more as it is sent: whoever does not want to be named then is not."
    )


def _leaving(words: Words, one: Candidate) -> Button:
    label = words.say("Leave {name} out", name=isolated(one.name))
    return Button(str(label), f"quiet.leave:{one.ref.id}")


@quiet.choice("leave", moderator=True)
async def left(ctx: Context, event: ChoiceMade) -> Follows:
    """Somebody in the list is not to be named here."""
    member = MemberRef(ctx.here.platform, answer_key(event.choice)[1])
    await leaving_out.leave_out(ctx.tx, ctx.here.id, member, ctx.now)
    said = leaving_out.confirmed(ctx, await ctx.name_of(member))
    return [await shown(ctx, said)]
