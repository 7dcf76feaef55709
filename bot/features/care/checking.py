"""`/check`: is everything in order, and if not, what is to be done?"""

from collections.abc import Mapping, Sequence

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import ChoiceMade, CommandGiven
from bot.features.care import findings, records, rooms
from bot.features.care.core import care
from bot.features.care.telling import what_happened
from bot.ports import Finding
from bot.surroundings import Checked
from bot.text import Text, code


@care.command(Command("check", N_("Test whether I may do what I have to do here"), moderator=True))
async def check(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Asks the platform; the answer comes with `Checked`."""
    return await _ask(ctx)


@care.choice("check", moderator=True)
async def check_pressed(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The same by button."""
    return await _ask(ctx)


async def _ask(ctx: Context) -> list[AnyEffect]:
    group = ctx.here
    used = await ctx.around.rooms_used(ctx.tx, group.id)
    posting = [group.room, group.moderators_room or group.room, *used]
    ctx.check([group.chat.in_room(room) for room in dict.fromkeys(posting)])
    return []


@care.on(Checked)
async def checked(ctx: Context, event: Checked) -> list[AnyEffect]:
    """Tells who asked what was found."""
    if ctx.group is None:
        return []
    parts = [_found(ctx, event.findings, await rooms.titles(ctx)), *_state(ctx)]
    parts += [
        what_happened(ctx.own, row.reason, row.room, row.detail)
        for row in await records.recent(ctx.tx, ctx.here.id, ctx.now)
    ]
    await records.clear(ctx.tx, ctx.here.id)
    return [ctx.whisper(Text.join("\n\n", parts))]


def _found(ctx: Context, found: Sequence[Finding], titles: Mapping[str, str]) -> Text:
    """What needs somebody, line by line; what is in order is only counted."""
    wrong = [finding for finding in found if not finding.ok]
    fine = len(found) - len(wrong)
    if not wrong:
        places = {
            f.chat.room: rooms.called(ctx.own, ctx.here, f.chat.room, titles)
            for f in found
            if f.chat
        }
        return ctx.own.say_n(
            "✓ Everything is in order: {n} thing tested, in {rooms}.",
            "✓ Everything is in order: {n} things tested, in {rooms}.",
            fine,
            rooms=ctx.own.listing(list(places.values())),
        )
    head = ctx.own.say_n("{n} thing needs you:", "{n} things need you:", len(wrong))
    lines = [findings.line(ctx.own, ctx.here, finding, titles) for finding in wrong]
    if fine:
        rest = ctx.own.say_n("✓ {n} other is in order.", "✓ {n} others are in order.", fine)
        lines.append(rest)
    return Text.join("\n", [head, *lines])


def _state(ctx: Context) -> list[Text]:
    state = []
    if not ctx.here.ready:
        state.append(ctx.own.say("I am not set up here yet: {setup}.", setup=code("/setup")))
    if ctx.here.paused:
        state.append(ctx.own.say("Posts are paused. {resume} ends it.", resume=code("/resume")))
    return state
