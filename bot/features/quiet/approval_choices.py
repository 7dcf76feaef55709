"""What moderators press under a proposal, in their room or in `/quiet next`."""

from bot.context import Context
from bot.effects import Whisper
from bot.events import ChoiceMade
from bot.feature import Follows, answer_key
from bot.features.quiet import approval, preview, settings
from bot.features.quiet import approval_records as records
from bot.features.quiet.approval_records import Proposal, State
from bot.features.quiet.approval_views import key_of
from bot.features.quiet.core import quiet
from bot.refs import MessageRef
from bot.store import posts
from bot.text import code


@quiet.choice("agree", moderator=True)
async def agreed(ctx: Context, event: ChoiceMade) -> Follows:
    """All who are left in the proposal may be named."""
    return await _decided(ctx, event, State.AGREED)


@quiet.choice("refuse", moderator=True)
async def refused(ctx: Context, event: ChoiceMade) -> Follows:
    """The post goes out without names."""
    return await _decided(ctx, event, State.REFUSED)


@quiet.choice("rethink", moderator=True)
async def rethought(ctx: Context, event: ChoiceMade) -> Follows:
    """The decision is taken back; it can be taken anew until the post goes out."""
    return await _decided(ctx, event, State.ASKED)


async def _decided(ctx: Context, event: ChoiceMade, state: State) -> Follows:
    proposal = await _open(ctx, answer_key(event.choice)[1])
    if proposal is None:
        return [_settled(ctx)]
    if (proposal.state is State.ASKED) is (state is State.ASKED):  # somebody else was faster
        return await _answered(ctx, event, proposal)
    who = "" if state is State.ASKED else event.name or await ctx.name_of(event.member)
    return await _answered(ctx, event, await records.decide(ctx.tx, proposal, state), who)


@quiet.choice("except", moderator=True)
async def excepted(ctx: Context, event: ChoiceMade) -> Follows:
    """Takes one person out of a proposal, or back into it."""
    number, _, key = answer_key(event.choice)[1].partition(".")
    proposal = await _open(ctx, number)
    found = {key_of(one.member): one.member for one in proposal.candidates} if proposal else {}
    if proposal is None or key not in found:
        return [_settled(ctx)]
    if proposal.state is not State.ASKED:
        return await _answered(ctx, event, proposal)
    without = proposal.without ^ {found[key]}
    changed = await records.decide(ctx.tx, proposal, State.ASKED, without)
    return await _answered(ctx, event, changed)


async def _open(ctx: Context, number: str) -> Proposal | None:
    """The proposal, as long as deciding about it changes anything."""
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    proposal = await records.by_id(ctx.tx, int(number)) if number.isdecimal() else None
    if proposal is None or not chosen.asks_first:
        return None
    here = proposal.group_id == ctx.here.id
    return proposal if here and proposal.due_at > ctx.now else None


def _settled(ctx: Context) -> Whisper:
    said = ctx.own.say(
        "There is nothing to decide here any more. {next} shows what is coming.",
        next=code("/quiet next"),
    )
    return ctx.whisper(said)


async def _answered(ctx: Context, event: ChoiceMade, proposal: Proposal, who: str = "") -> Follows:
    """The proposal as it stands now, wherever it is shown."""
    row = await posts.find(ctx.tx, ctx.here.id, proposal.name)
    pressed = MessageRef(event.chat, event.message)
    if row is not None and posts.message_of(row) == pressed:
        return await approval.shown_again(ctx, proposal, who, event.answer)
    return [preview.proposed(ctx, proposal, who), *await approval.shown_again(ctx, proposal, who)]
