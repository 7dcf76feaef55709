"""A play's board in each of its rooms: posted once, then edited in place."""

from bot.context import Buttons, Context
from bot.effects import Edit, Post, Urgency
from bot.features.games import views
from bot.features.games.cast import Named
from bot.features.games.core import Follows, post_name
from bot.features.games.plays import Phase, Played, Room
from bot.i18n import Words
from bot.refs import ChatRef
from bot.store import groups
from bot.store.groups import Group
from bot.text import Text

LISTEN_SECONDS = 45 * 86_400
"""So long replies to a board are heard: longer than any game lasts."""


async def places(ctx: Context, played: Played) -> dict[int, Group]:
    """The groups of a play's rooms by their numbers."""
    known = {ctx.group.id: ctx.group} if ctx.group else {}
    missing = {room.group_id for room in played.rooms} - known.keys()
    found = await groups.by_ids(ctx.tx, missing) if missing else {}
    return {
        room.group_id: (known | found)[room.group_id]
        for room in played.rooms
        if room.group_id in known | found
    }


def chat_of(group: Group, room: Room) -> ChatRef:
    """Where the board stands."""
    return group.chat.in_room(room.room)


def content(played: Played, group: Group, known: dict[int, Group]) -> tuple[Text, Buttons]:
    """What stands on the board in one group's room."""
    words = Words(group.language, group.zone)
    cast = Named(played, words, known, group.id)
    if played.play is None and played.phase is Phase.OVER:
        return views.called_off(played, words), ()
    if played.play is None:
        return views.gathering(played, words, cast)
    board = played.game.board(played.play.state, words, cast)
    room = played.room_in(group.id)
    return views.playing(played, board, words, cast, heard=room is not None and room.heard)


async def edits(ctx: Context, played: Played, before: Played | None = None) -> Follows:
    """The board as it stands now, in every room; where `before` is given, only in those where
    that is not what stands there already."""
    known = await places(ctx, played)
    follows: list[Edit] = []
    for room in played.rooms:
        group = known.get(room.group_id)
        if group is None or not group.active:
            continue
        text, buttons = content(played, group, known)
        if before is not None and (text, buttons) == content(before, group, known):
            continue
        follows.append(
            Edit(
                chat=chat_of(group, room),
                name=post_name(played.id),
                text=text,
                buttons=buttons,
                urgency=Urgency.ANSWER,
                named=played.play is None and played.phase is not Phase.OVER,
            )
        )
    return list(follows)


async def post(ctx: Context, played: Played, room: Room, urgency: Urgency = Urgency.ANSWER) -> Post:
    """The board as a new message in one room; the name goes over to it."""
    known = await places(ctx, played)
    group = known[room.group_id]
    text, buttons = content(played, group, known)
    over = played.phase is Phase.OVER
    return Post(
        chat=chat_of(group, room),
        name=post_name(played.id),
        text=text,
        buttons=buttons,
        urgency=urgency,
        listen=0 if over else LISTEN_SECONDS,
    )
