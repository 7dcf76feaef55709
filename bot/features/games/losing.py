"""A room is lost, people leave, groups part: games end kindly, or go on with those who are left.

A pause by moderators doesn't stop a game: who presses is answered, and its board changes in place,
which notifies nobody; but nothing is posted or reminded by the hour. An end is told afterwards.
"""

from bot.context import Context
from bot.effects import Edit, Post, Urgency, from_json
from bot.events import ChatRemoved, CommunityChanged, MemberLeft, Undelivered
from bot.features.games import boards, ending, plays, reminding
from bot.features.games.core import Follows, games, number_in, post_name
from bot.features.games.joining import handed_on, left
from bot.features.games.making import ended, shut
from bot.features.games.plays import Phase, Played, Room
from bot.features.games.showing import chat_of, places, post
from bot.features.games.stopping import withdrawn
from bot.i18n import Words
from bot.store import groups
from bot.store.groups import Group
from bot.text import bold, code

NEVER_CAME = ("gone", "refused", "stale", "paused")
"""A board that was not posted for one of these reasons does not come any more."""


@games.undelivered
async def undelivered(ctx: Context, event: Undelivered) -> Follows:
    """A board that can't be changed is posted anew; one that can't be posted has lost its room."""
    effect = from_json(event.effect)
    name = effect.name if isinstance(effect, Edit) else event.name
    if ":remind:" in name:
        return await reminding.not_reminded(ctx, event)
    if name.endswith(":end"):
        ending.not_told(ctx, event)
        return []
    played = await plays.load(ctx.tx, number_in(name)) if name else None
    if played is None or name != post_name(played.id) or ctx.group is None:
        return []
    room = played.room_in(ctx.here.id)
    if room is None or played.phase is Phase.OVER:
        return []
    if isinstance(effect, Post):
        return await lost(ctx, played, room) if event.reason in NEVER_CAME else []
    return [await post(ctx, played, room)] if event.reason in ("gone", "refused") else []


@games.on(ChatRemoved)
async def removed(ctx: Context, event: ChatRemoved) -> Follows:
    """The bot has left a group, with every board in it."""
    follows: Follows = []
    for played in await boards.of_group(ctx.tx, ctx.here.id):
        if room := played.room_in(ctx.here.id):
            follows += await lost(ctx, played, room)
    return follows


async def lost(ctx: Context, played: Played, room: Room) -> Follows:
    """A play without one of its rooms: the others go on if they can, else they are told."""
    others = [one for one in played.rooms if one.group_id != room.group_id]
    if not others:
        return await _closed(ctx, played, room)
    if played.game.traits.rivals:
        return await parted(ctx, played, without=room.group_id)
    return await withdrawn(ctx, played, room.group_id)


async def _closed(ctx: Context, played: Played, room: Room) -> Follows:
    """The group is told in its first room, if that is another one and somebody was playing."""
    group = (await places(ctx, played)).get(room.group_id)
    await shut(ctx, played)
    if group is None or not group.active or group.room == room.room or not played.players:
        return []
    words = Words(group.language, group.zone)
    said = words.say(
        "The room of {game} is closed to me, so the game ended there. {start} opens another.",
        game=bold(played.game.title(words)),
        start=code("/game start"),
    )
    return [Post(chat=group.chat, text=said)]


async def parted(ctx: Context, played: Played, *, without: int = 0) -> Follows:
    """A play between groups ends as it stands, because they are no longer together."""
    known = await places(ctx, played)
    over = await ended(ctx, played) if played.play is not None else []
    if played.play is None:
        await shut(ctx, played)
    told = [
        _told(played, room, known[room.group_id])
        for room in played.rooms
        if room.group_id in known and room.group_id != without
    ]
    return [*told, *over]


def _told(played: Played, room: Room, group: Group) -> Post:
    words = Words(group.language, group.zone)
    said = words.say(
        "{game} has ended early: the other group is no longer with us. Thank you for playing!",
        game=bold(played.game.title(words)),
    )
    return Post(chat=chat_of(group, room), text=said, urgency=Urgency.ANSWER)


@games.on(MemberLeft)
async def member_left(ctx: Context, event: MemberLeft) -> Follows:
    """Somebody left the group: their seats in it are empty, their games have another host."""
    follows: Follows = []
    for number in await plays.open_with(ctx.tx, event.member, ctx.here.id):
        played = await plays.load(ctx.tx, number)
        if played is None:
            continue
        seat = played.seat_of(event.member)
        if seat is not None and seat.group_id == ctx.here.id:
            follows += await left(ctx, played, seat)
        elif seat is None:
            await handed_on(ctx, played, event.member)
    return follows


@games.on(CommunityChanged)
async def community_changed(ctx: Context, event: CommunityChanged) -> Follows:
    """Plays stay with their groups; one between groups goes on only within a community."""
    follows: Follows = []
    for played in await boards.of_group(ctx.tx, event.group_id):
        known = await groups.by_ids(ctx.tx, {room.group_id for room in played.rooms})
        if {group.community for group in known.values()} == {event.after}:
            await plays.change(ctx.tx, played.id, community=event.after)
        elif played.game.traits.rivals:
            follows += await parted(ctx, played)
        else:
            follows += await withdrawn(ctx, played, event.group_id)
    return follows
