"""Moves are made: the position is kept, and what is said is put into words."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.context import Context
from bot.effects import AnyEffect, Post, Urgency
from bot.features.games import plays
from bot.features.games.cast import Named
from bot.features.games.core import Follows, all_endings, due_key
from bot.features.games.plays import Played, Seat
from bot.features.games.showing import chat_of, edits, places
from bot.i18n import Words
from bot.play import CAME, LEFT, Effect, Line, Logged, Move, Note, advance
from bot.text import Text


class Made(Struct, frozen=True):
    """What came of moves: the play, a note for whoever moved, and the effects for everybody."""

    played: Played
    note: Text | None
    follows: Follows


async def make(ctx: Context, played: Played, seat: Seat | None, *wanted: Move) -> Made:
    """Makes moves of one seat (none: what time does), keeps them and shows them everywhere.

    An event that comes late counts as coming now: moments in the log never go back.
    """
    if played.play is None:
        return Made(played, None, [])
    now = max(ctx.now, played.moved_at or ctx.now)
    play, said, log = played.play, list[Effect](), list[Logged]()
    for move in wanted or (None,):
        done = advance(played.game, play, move, now)
        play, said, log = done.play, [*said, *done.effects], [*log, *done.log]
    if not log:
        return Made(played, None, [])
    after = replace(played, play=play, due_at=played.game.due(play.state), moved_at=now)
    await plays.keep(ctx.tx, played.id, play, log, now, after.due_at)
    if seat and not seat.moves and any(move.act not in (CAME, LEFT) for move in wanted):
        await plays.moved(ctx.tx, played.id, seat.seat)
    _arm(ctx, played, after)
    note, lines = note_of(ctx, after, said, seat), await _lines(ctx, after, said)
    if played.game.over(play.state):
        return Made(after, note, [*lines, *await ended(ctx, after)])
    changed = await edits(ctx, after) if play.state != played.play.state else []
    return Made(after, note, [*lines, *changed])


def _arm(ctx: Context, before: Played, after: Played) -> None:
    if after.due_at is None:
        ctx.disarm(due_key(after.id))
    elif before.play is None or after.due_at != before.game.due(before.play.state):
        ctx.arm(due_key(after.id), after.due_at, "time", str(after.id))


async def ended(ctx: Context, played: Played) -> Follows:
    """The play is over: its board shows the end, and everybody who registered adds to it."""
    await plays.close(ctx.tx, played.id, ctx.now)
    ctx.disarm(due_key(played.id))
    over = await plays.load(ctx.tx, played.id)
    if over is None:
        return []
    return [*await edits(ctx, over), *await all_endings(ctx, over)]


def note_of(ctx: Context, played: Played, said: Sequence[Effect], seat: Seat | None) -> Text | None:
    """What is said to the seat that moved."""
    own = [note for note in said if seat and isinstance(note, Note) and note.seat == seat.seat]
    if not own:
        return None
    cast = Named(played, ctx.own, {}, seat.group_id if seat else None)
    return Text.join("\n", [played.game.words_of(note, ctx.own, cast) for note in own])


async def _lines(ctx: Context, played: Played, said: Sequence[Effect]) -> list[AnyEffect]:
    """What is said to everybody, in each room in its language."""
    lines = [line for line in said if isinstance(line, Line)]
    known = await places(ctx, played) if lines else {}
    posts: list[AnyEffect] = []
    for room in played.rooms:
        if group := known.get(room.group_id):
            words = Words(group.language, group.zone)
            cast = Named(played, words, known, group.id)
            text = Text.join("\n", [played.game.words_of(line, words, cast) for line in lines])
            posts.append(Post(chat=chat_of(group, room), text=text, urgency=Urgency.ANSWER))
    return posts
