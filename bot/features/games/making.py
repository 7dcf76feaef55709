"""Moves are made: the position is kept, and what is said is put into words."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.context import Context
from bot.effects import AnyEffect, Post, Urgency
from bot.events import Due
from bot.features.games import listening, plays, pruning, reminding
from bot.features.games.cast import Named
from bot.features.games.core import Follows, all_endings, due_key
from bot.features.games.plays import Played, Seat
from bot.features.games.showing import chat_of, edits, places
from bot.features.games.turns import acted, begun_for, course, free, missed_now
from bot.i18n import Words
from bot.play import CAME, LEFT, Effect, Line, Move, Note, due_at, whole
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
    now = whole(max(ctx.now, played.moved_at or ctx.now))
    done = course(played.game, played.play, wanted, now)
    if not done.log:
        return Made(played, None, [])
    due = due_at(played.game, done.play.state)
    after = replace(played, play=done.play, due_at=due, moved_at=now)
    await plays.keep(ctx.tx, played.id, done.play, done.log, now, due)
    mover = seat if acted(seat, wanted) else None
    if mover and done.counted and not mover.moves:
        await plays.moved(ctx.tx, played.id, mover.seat)
    after = await _seats_after(ctx, played, after, mover, done.missed)
    _arm(ctx, played, after)
    note, lines = note_of(ctx, after, done.said, seat), await _lines(ctx, after, done.said)
    if played.game.over(done.play.state):
        return Made(after, note, [*lines, *await ended(ctx, after)])
    changed = done.play.state != played.play.state or free(after) != free(played)
    seats = any(move.act in (CAME, LEFT) for move in wanted)  # `played` knows of those already
    shown = await edits(ctx, after, None if seats else played) if changed or seats else []
    return Made(after, note, [*lines, *shown])


async def _seats_after(
    ctx: Context, before: Played, after: Played, mover: Seat | None, missed: Mapping[int, int]
) -> Played:
    """Notes who let turns go by, and when those who asked are reminded of a turn that begins."""
    seats = list(before.seats)
    for place, seat in enumerate(seats):
        count = missed_now(seat, mover, missed) if seat.here else seat.missed
        if count != seat.missed:
            await plays.change_seat(ctx.tx, before.id, seat.seat, missed=count)
            seats[place] = replace(seat, missed=count)
    after = replace(after, seats=tuple(seats))
    return await reminding.planned(ctx, after, begun_for(before, after, mover, missed))


def _arm(ctx: Context, before: Played, after: Played) -> None:
    if after.due_at is None:
        ctx.disarm(due_key(after.id))
    elif before.play is None or after.due_at != due_at(before.game, before.play.state):
        ctx.arm(due_key(after.id), after.due_at, "time", str(after.id))


async def ended(ctx: Context, played: Played) -> Follows:
    """The play is over: its board shows the end, and everybody who registered adds to it."""
    over = await shut(ctx, played)
    return [*await edits(ctx, over), *await all_endings(ctx, over)] if over else []


async def shut(ctx: Context, played: Played) -> Played | None:
    """Closes a play, with all that it waited for; nobody is told."""
    await plays.close(ctx.tx, played.id, ctx.now)
    ctx.disarm(due_key(played.id))
    if any(seat.remind_at for seat in played.seats):
        ctx.disarm(reminding.key(played.id))
    ctx.arm(pruning.KEY, pruning.next_at(ctx.now), pruning.KIND)
    await listening.end(ctx, played)
    return await plays.load(ctx.tx, played.id)


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
    urgency = Urgency.SCHEDULED if isinstance(ctx.event, Due) else Urgency.ANSWER
    posts: list[AnyEffect] = []
    for room in played.rooms:
        if group := known.get(room.group_id):
            words = Words(group.language, group.zone)
            cast = Named(played, words, known, group.id)
            text = Text.join("\n", [played.game.words_of(line, words, cast) for line in lines])
            posts.append(Post(chat=chat_of(group, room), text=text, urgency=urgency))
    return posts
