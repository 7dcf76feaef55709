"""`/quiet leave-out`: people whom moderators don't want to be named here. Nobody is told of it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select

from bot.commands import N_, Command, Kind, Param
from bot.context import Context
from bot.effects import Menu, Option, Whisper
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Follows, answer_key
from bot.features.quiet.core import quiet
from bot.features.quiet.tables import left_out as table
from bot.refs import MemberRef
from bot.store import identities, members
from bot.store.database import Tx
from bot.text import Text, clean, code, isolated

SHOWN = 25
"""People in one menu; the newest first."""


async def left_out(tx: Tx, group: int, members: Collection[str]) -> set[str]:
    """Those among these members who are not named in this group, under whichever account."""
    people = await identities.accounts(tx, members)
    accounts = {account for theirs in people.values() for account in theirs}
    where = (table.c.group_id == group, table.c.member.in_(accounts))
    found = {row.member for row in await tx.all(select(table.c.member).where(*where))}
    return {member for member, theirs in people.items() if not found.isdisjoint(theirs)}


async def leave_out(tx: Tx, group: int, member: MemberRef, now: datetime) -> None:
    """This person is not named in this group any more."""
    await tx.put(table, {"group_id": group, "member": str(member), "at": now})


async def take_back(tx: Tx, group: int, member: MemberRef) -> None:
    """This person may be named again, if they want it themselves."""
    where = (table.c.group_id == group, table.c.member == str(member))
    await tx.execute(delete(table).where(*where))


async def _names(tx: Tx, group: int) -> Mapping[str, str]:
    newest = select(table.c.member).where(table.c.group_id == group).order_by(table.c.at.desc())
    found = [row.member for row in await tx.all(newest.limit(SHOWN))]
    present = await members.present_among(tx, group, found)
    return {member: present.get(member, "") for member in found}


@quiet.command(
    Command(
        "quiet leave-out",
        N_("Choose somebody whom I never name here, and see who that is"),
        (Param("member", N_("Whom I should leave out"), Kind.MEMBER, required=False),),
        moderator=True,
    )
)
async def given(ctx: Context, event: CommandGiven) -> Follows:
    """Leaves somebody out, and shows all who are."""
    typed = event.args.get("member", "")
    if not typed:
        return [await _list(ctx)]
    member = _meant(ctx, typed)
    if member is None:
        said = ctx.own.say("I don't know {name} here.", name=isolated(typed))
        return [_privately(ctx, said)]
    await leave_out(ctx.tx, ctx.here.id, member, ctx.now)
    return [await _list(ctx, said=confirmed(ctx, await ctx.name_of(member)))]


def confirmed(ctx: Context, name: str) -> Text:
    """What a moderator reads who left somebody out."""
    return ctx.own.say(
        "I leave {name} out here from now on. Nobody else is told.", name=isolated(name)
    )


def _meant(ctx: Context, typed: str) -> MemberRef | None:
    """Whom the platform understood; what it could not resolve arrives as it was typed."""
    try:
        member = MemberRef.parse(typed)
    except ValueError:
        return None
    return member if member.platform == ctx.here.platform else None


def _privately(ctx: Context, text: Text, menu: Menu | None = None) -> Whisper:
    pressed = isinstance(ctx.event, ChoiceMade)
    return ctx.whisper(text, menu=menu, public_ok=False, in_place=pressed)


async def _list(ctx: Context, said: Text | None = None) -> Whisper:
    names = await _names(ctx.tx, ctx.here.id)
    parts = [said] if said else []
    if not names:
        nobody = ctx.own.say(
            "Nobody is left out here. {example} leaves somebody out.",
            example=code("/quiet leave-out @…"),
        )
        return _privately(ctx, Text.join("\n", [*parts, nobody]))
    unknown = ctx.own.plain("somebody who left")
    shown = {member: clean(name) or unknown for member, name in names.items()}
    parts.append(ctx.own.say("I never name these people here:"))
    parts += [Text.of("• ", isolated(name)) for name in shown.values()]
    options = tuple(
        Option(name, f"quiet.back:{MemberRef.parse(member).id}") for member, name in shown.items()
    )
    menu = Menu(ctx.own.plain("Take somebody back in"), options)
    return _privately(ctx, Text.join("\n", parts), menu)


@quiet.choice("back", moderator=True)
async def included(ctx: Context, event: ChoiceMade) -> Follows:
    """Somebody who was left out may be named again."""
    member = MemberRef(ctx.here.platform, answer_key(event.choice)[1])
    if not await left_out(ctx.tx, ctx.here.id, [str(member)]):
        return [await _list(ctx, ctx.own.say("That has been settled in the meantime."))]
    await take_back(ctx.tx, ctx.here.id, member)
    said = ctx.own.say(
        "{name} may be named again, if they want it themselves.",
        name=isolated(await ctx.name_of(member)),
    )
    return [await _list(ctx, said)]
