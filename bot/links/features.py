"""What is known of a message and each message that it may answer: one row of numbers for each.

The last row is the message itself: that it answers nothing. In the names of features "I" am the
author of the message, "they" the author of the earlier one.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bot.links.window import Floats, Heard, Window
from bot.links.words import QUESTION, SHAPE

Ints = NDArray[np.int_]
Flags = NDArray[np.bool_]
Columns = Mapping[str, NDArray[np.generic] | Sequence[float] | float]
LONG_AGO = 12 * 3600.0
NEARBY = 12
NEVER = 200
"""As a number of steps, and as good as: longer ago than the window reaches."""


class View(Struct, frozen=True):
    """The window and the message after it, in columns.

    `people` are the authors, `target` whom each names most clearly (-1: nobody), `me` the author of
    the message; `own` says what I wrote, `names_me` what names me.
    """

    earlier: list[Heard]
    message: Heard
    people: Ints
    target: Ints
    own: Flags
    names_me: Flags
    rarity: dict[str, float]

    @property
    def me(self) -> int:
        """Who wrote the message."""
        return self.message.author

    @property
    def past(self) -> list[Heard]:
        """The window alone."""
        return self.earlier[:-1]


def rows(window: Window, message: Heard) -> tuple[Ints, Floats]:
    """Which messages of the window are worth a look, as indices, and their features.

    The index of the message itself, the last one, is the length of the window.
    """
    view = _view(window, message)
    columns = _columns(view)
    kept = np.flatnonzero(_likely(columns))
    width = len(SHAPE)
    table = np.empty((len(kept), len(columns) + 2 * width), np.float32)
    for index, values in enumerate(columns.values()):
        table[:, index] = values if isinstance(values, float) else np.asarray(values)[kept]
    table[:, -2 * width : -width] = message.shape
    table[:, -width:] = [view.earlier[index].shape for index in kept]
    return kept, table


def names(message: Heard) -> list[str]:
    """The names of the features; any message will do."""
    mine, theirs = ([f"{whose}_{name}" for name in SHAPE] for whose in ("mine", "theirs"))
    return [*_columns(_view(Window(), message)), *mine, *theirs]


def _view(window: Window, message: Heard) -> View:
    earlier = [*window.heard, message]
    people = np.array([h.author for h in earlier])
    return View(
        earlier=earlier,
        message=message,
        people=people,
        target=np.array([h.addressee for h in earlier]),
        own=people == message.author,
        names_me=np.array([message.author in h.spoken_to for h in earlier]),
        rarity={word: window.rarity.weight(word) for word in message.words | message.stems},
    )


def _columns(view: View) -> Columns:
    parts = (_distance, _authors, _addresses, _history, _overlap, _moment)
    return {name: values for part in parts for name, values in part(view).items()}


def _likely(columns: Columns) -> Flags:
    """A quarter of the window; it holds 99.96 % of the links of the development data."""
    ties = ("i_name_them", "they_name_me", "same_author", "shared_is_best")
    near = np.asarray(columns["steps"], float) <= NEARBY
    likely: Flags = near | np.any([np.asarray(columns[n], float) > 0 for n in ties], 0)
    return likely


def _distance(view: View) -> Columns:
    count = len(view.earlier)
    seconds = np.array([h.seconds for h in view.earlier])
    gap = np.clip(view.message.seconds - seconds, 0, LONG_AGO)
    pause = np.clip(np.diff(seconds, prepend=seconds[0]), 0, LONG_AGO)
    return {
        "itself": np.arange(count) == count - 1,
        "steps": np.arange(count)[::-1],
        "minutes": np.log1p(gap / 60),
        "pause_before": np.log1p(pause / 60),
    }


@cache
def _between(count: int) -> Flags:
    """[earlier, later]: whether the later of two messages of the window came after the other."""
    later = np.triu(np.ones((count, count), bool), 1)
    later[:, -1] = False
    return later


def _authors(view: View) -> Columns:
    """Who wrote what since: they, I, other people."""
    count, people, own = len(view.people), view.people, view.own
    same = (people[:, None] == people[None, :]) & _between(count)
    theirs_since = same.sum(1)
    steps = np.arange(count)[::-1]
    own_since = _after(own)
    others_since = steps - theirs_since - own_since - (own & (steps > 0))
    following, preceding = np.append(people[1:], -1), np.append(-1, people[:-1])
    return {
        "same_author": own,
        "theirs_since": theirs_since,
        "theirs_before": same.sum(0),
        "own_since": own_since,
        "others_since": others_since,
        "people_since": _after(theirs_since == 0),
        "theirs_is_new": [h.is_new for h in view.earlier],
        "next_is_theirs": following == people,
        "last_was_theirs": preceding == people,
        "last_was_mine": preceding == view.me,
        "next_is_mine": following == view.me,
    }


def _after(flags: Flags) -> Ints:
    """How many are set after each place, the last place left out."""
    inner = flags[1:-1][::-1].cumsum()[::-1]
    return np.append(inner, [0, 0])[-len(flags) :]


def _addresses(view: View) -> Columns:
    """Who names whom in the two messages, and between them."""
    people, target, message = view.people, view.target, view.message
    later = _between(len(people))
    mine = np.array([message.spoken_to.get(h.author, 0) for h in view.earlier])
    to_me = np.array([h.spoken_to.get(view.me, 0) for h in view.earlier])
    anybody = np.array([bool(h.spoken_to) for h in view.earlier])
    aimed = message.addressee
    alike = (target == aimed) & (aimed >= 0)
    named = (people[:, None] == target[None, :]) & later
    names_me = view.names_me[None, :] & later
    return {
        "i_name_them": mine,
        "they_name_me": to_me,
        "i_name_another": (aimed >= 0) & (mine == 0),
        "they_name_another": anybody & (to_me == 0),
        "they_address": [h.addresses for h in view.earlier],
        "same_addressee": alike,
        "they_wrote_my_addressee": alike & ~view.own,
        "named_since": named.sum(1),
        "named_by_me_since": (named & view.own[None, :]).sum(1),
        "me_named_since": names_me.sum(1),
        "me_named_by_them_since": ((people[:, None] == people[None, :]) & names_me).sum(1),
    }


def _history(view: View) -> Columns:
    """Who has talked with whom so far."""
    people, target, me = view.people, view.target, view.me
    own = np.flatnonzero(view.own[:-1])
    partner = target[own[-1]] if len(own) else -1
    newest = {person: target[index] for index, person in enumerate(people[:-1])}
    turned_to = np.array([newest.get(person, -1) for person in people])
    return {
        "my_partner": (people == partner) & (partner >= 0),
        "i_named_before": _counts(people, target[view.own & (target >= 0)]),
        "they_named_me_before": _counts(people, people[view.names_me]),
        "since_i_named_them": _since(people, target, view.own),
        "since_they_named_me": _since(people, people, view.names_me),
        "their_next_addressee_me": turned_to == me,
        "their_next_addressee_other": (turned_to >= 0) & (turned_to != me),
        "their_target_is_my_partner": (target == partner) & (partner >= 0),
    }


def _counts(people: Ints, named: Ints) -> Ints:
    return np.asarray((people[:, None] == named[None, :]).sum(1))


def _since(people: Ints, who: Ints, where: Flags) -> Ints:
    """For each author, how many steps ago they were last among `who`, looking only at `where`."""
    newest = {who[index]: len(people) - 1 - index for index in np.flatnonzero(where[:-1])}
    return np.array([newest.get(person, NEVER) for person in people])


def _overlap(view: View) -> Columns:
    """Words in common: how many, how rare, and as a share."""
    message, past, rarity = view.message, view.past, view.rarity
    total = sum(map(rarity.__getitem__, message.words)) or 1.0
    shared = [message.words & h.words for h in past]
    stems = [message.stems & h.stems for h in past]
    sums = [sum(map(rarity.__getitem__, words)) if words else 0.0 for words in shared]
    share = [
        len(words) / len(message.words | h.words) if words else 0.0
        for words, h in zip(shared, past, strict=True)
    ]
    best = float(max(sums, default=0.0))
    return {
        "shared": [*map(len, shared), 0],
        "shared_weight": [*sums, 0],
        "shared_of_mine": [*(s / total for s in sums), 0],
        "shared_rarest": [*_rarest(shared, rarity), 0],
        "shared_share": [*share, 0],
        "shared_stems": [*map(len, stems), 0],
        "shared_stems_rarest": [*_rarest(stems, rarity), 0],
        "shared_is_best": [*(0 < s == best for s in sums), 0],
        "best_shared": best,
        "my_words": total,
    }


def _rarest(shared: Sequence[frozenset[str]], rarity: Mapping[str, float]) -> list[float]:
    return [max(map(rarity.__getitem__, words)) if words else 0.0 for words in shared]


def _moment(view: View) -> Columns:
    """What is the same for all rows: how the room is now, and what I did last."""
    past, message = view.past, view.message
    own = np.flatnonzero(view.own[:-1])
    last = past[own[-1]] if len(own) else None
    aimed = np.flatnonzero(view.people[:-1] == message.addressee)
    waiting = view.names_me[own[-1] + 1 if len(own) else 0 : -1]
    lately = [h for h in past if message.seconds - h.seconds < 180]
    return {
        "window": float(len(past)),
        "own_steps": float(len(past) - own[-1] if len(own) else NEVER),
        "own_minutes": _minutes(last, message),
        "room_minutes": _minutes(past[-1] if past else None, message),
        "lately": float(len(lately)),
        "people_lately": float(len(set(view.people[-16:-1]))),
        "is_new": float(message.is_new),
        "i_address": float(message.addresses),
        "i_name": float(max(message.spoken_to.values(), default=0)),
        "stranger": float(message.stranger),
        "addressee_steps": float(len(past) - aimed[-1] if len(aimed) else NEVER),
        "named_me": float(waiting.sum()),
        "own_last_addresses": float(last.addresses) if last else -1.0,
        "own_last_question": last.shape[QUESTION] if last else -1.0,
    }


def _minutes(since: Heard | None, message: Heard) -> float:
    """Logarithm of the minutes since; 9 for never."""
    return float(np.log1p(max(0.0, message.seconds - since.seconds) / 60)) if since else 9.0
