"""What is known of a message and each message that it may answer: one row of numbers for each.

The last row is the message itself: that it starts a conversation. Features of a pair are 0 there,
and `itself` is 1.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.links.people import ADDRESSED
from bot.links.window import Floats, Heard, Window
from bot.links.words import SHAPE

Columns = Mapping[str, NDArray[np.generic] | Sequence[float] | float]
LONG_AGO = 12 * 3600.0
NEARBY = 12


def rows(window: Window, message: Heard) -> tuple[NDArray[np.int_], Floats]:
    """Which messages of the window are worth a look, as indices, and their features.

    The index of the message itself, the last one, is the length of the window.
    """
    earlier = [*window.heard, message]
    columns = _columns(window, earlier, message)
    kept = np.flatnonzero(_likely(columns))
    width = len(SHAPE)
    table = np.empty((len(kept), len(columns) + 2 * width), np.float32)
    for index, values in enumerate(columns.values()):
        table[:, index] = values if isinstance(values, float) else np.asarray(values)[kept]
    table[:, -2 * width : -width] = message.shape
    table[:, -width:] = [earlier[index].shape for index in kept]
    return kept, table


def names(message: Heard) -> list[str]:
    """The names of the features; any message will do."""
    mine, theirs = ([f"{whose}_{name}" for name in SHAPE] for whose in ("mine", "theirs"))
    return [*_columns(Window(), [message], message), *mine, *theirs]


def _columns(window: Window, earlier: Sequence[Heard], message: Heard) -> Columns:
    people = np.array([h.author for h in earlier])
    return {
        **_distance(earlier, message),
        **_authors(earlier, people, message),
        **_addresses(earlier, people, message),
        **_overlap(window, earlier, message),
        **_moment(earlier, people, message),
    }


def _likely(columns: Columns) -> NDArray[np.bool_]:
    """A quarter of the window; it holds 99.96 % of the links of the development data."""
    ties = ("i_name_them", "they_name_me", "same_author", "shared_is_best")
    near = np.asarray(columns["steps"], float) <= NEARBY
    likely: NDArray[np.bool_] = near | np.any([np.asarray(columns[n], float) > 0 for n in ties], 0)
    return likely


def _distance(earlier: Sequence[Heard], message: Heard) -> Columns:
    place = np.array([h.place for h in earlier])
    seconds = np.array([h.seconds for h in earlier])
    gap = np.clip(message.seconds - seconds, 0, LONG_AGO)
    return {
        "itself": place == message.place,
        "steps": message.place - place,
        "minutes": np.log1p(gap / 60),
        "pause_before": np.log1p(np.clip(np.diff(seconds, prepend=seconds[0]), 0, LONG_AGO) / 60),
    }


def _authors(earlier: Sequence[Heard], people: NDArray[np.int_], message: Heard) -> Columns:
    """Who wrote what since: own messages, theirs, other people's."""
    count = len(people)
    own = people == message.author
    same = people[:, None] == people[None, :]
    later = np.triu(np.ones((count, count), bool), 1)
    later[:, -1] = False
    theirs_since = (same & later).sum(1)
    before = (same & later).sum(0)
    own_since = own[:-1][::-1].cumsum()[::-1] if count > 1 else np.zeros(0, int)
    others = count - 1 - np.arange(count) - theirs_since - np.append(own_since, 0)
    following = np.append(people[1:], -1)
    preceding = np.append(-1, people[:-1])
    return {
        "same_author": own,
        "theirs_since": theirs_since,
        "theirs_before": before,
        "own_since": np.append(own_since, 0) - own * (np.arange(count) < count - 1),
        "others_since": others,
        "people_since": [len(set(people[i + 1 : -1])) for i in range(count)],
        "theirs_is_new": [h.is_new for h in earlier],
        "next_is_theirs": following == people,
        "last_was_theirs": preceding == people,
        "last_was_mine": preceding == message.author,
        "next_is_mine": following == message.author,
    }


def _addresses(earlier: Sequence[Heard], people: NDArray[np.int_], message: Heard) -> Columns:
    """Who speaks to whom."""
    me, count = message.author, len(earlier)
    mine = np.array([message.spoken_to.get(h.author, 0) for h in earlier])
    to_me = np.array([h.spoken_to.get(me, 0) for h in earlier])
    target = np.array([h.addressee for h in earlier])
    others = np.array([len(h.spoken_to) for h in earlier])
    later = np.triu(np.ones((count, count), bool), 1)
    later[:, -1] = False
    answered = (people[:, None] == target[None, :]) & later
    by_me = people == me
    to_me_later = ((to_me > 0)[None, :] & later).sum(1)
    they_to_me_later = ((people[:, None] == people[None, :]) & (to_me > 0)[None, :] & later).sum(1)
    last_mine = _last(by_me[:-1])
    partner = target[last_mine] if last_mine >= 0 else -1
    their_last = _lasts(people, later, target)
    aimed = message.addressee
    return {
        "i_name_them": mine,
        "they_name_me": to_me,
        "i_name_another": (aimed >= 0) & (mine == 0),
        "they_name_another": (others > 0) & (to_me == 0),
        "they_address": [float(h.addresses) for h in earlier],
        "same_addressee": (target == aimed) & (aimed >= 0),
        "they_wrote_my_addressee": (target == aimed) & (aimed >= 0) & ~by_me,
        "named_since": answered.sum(1),
        "named_by_me_since": (answered & by_me[None, :]).sum(1),
        "me_named_since": to_me_later,
        "me_named_by_them_since": they_to_me_later,
        "my_partner": (people == partner) & (partner >= 0),
        "i_named_before": _counts(people, target[by_me & (target >= 0)]),
        "they_named_me_before": _counts(people, people[(to_me > 0)]),
        "since_i_named_them": _since(people, target, by_me, count),
        "since_they_named_me": _newest(people, to_me > 0, count),
        "their_next_addressee_me": their_last == me,
        "their_next_addressee_other": (their_last >= 0) & (their_last != me),
        "their_target_is_my_partner": (target == partner) & (partner >= 0),
    }


def _lasts(
    people: NDArray[np.int_], later: NDArray[np.bool_], target: NDArray[np.int_]
) -> NDArray[np.int_]:
    """For each message, whom its author addressed in their newest message of the window."""
    newest = {person: index for index, person in enumerate(people[:-1])}
    return np.array([target[newest[p]] if p in newest else -1 for p in people])


def _newest(people: NDArray[np.int_], where: NDArray[np.bool_], count: int) -> NDArray[np.int_]:
    """For each message, how many steps ago its author last wrote one of these; 200 for never."""
    newest = {people[index]: index for index in np.flatnonzero(where[:-1])}
    return np.array([count - 1 - newest[p] if p in newest else 200 for p in people])


def _since(
    people: NDArray[np.int_], target: NDArray[np.int_], by_me: NDArray[np.bool_], count: int
) -> NDArray[np.int_]:
    """For each message, how many steps ago I last named its author; 200 for never."""
    newest = {target[index]: index for index in np.flatnonzero(by_me[:-1])}
    return np.array([count - 1 - newest[p] if p in newest else 200 for p in people])


def _last(where: NDArray[np.bool_]) -> int:
    found = np.flatnonzero(where)
    return int(found[-1]) if len(found) else -1


def _counts(people: NDArray[np.int_], named: NDArray[np.int_]) -> NDArray[np.int_]:
    return np.asarray((people[:, None] == named[None, :]).sum(1))


def _overlap(window: Window, earlier: Sequence[Heard], message: Heard) -> Columns:
    """Words in common: how many, how rare, and as a share."""
    weights = {word: window.rarity.weight(word) for word in message.words | message.stems}
    total = sum(map(weights.__getitem__, message.words)) or 1.0

    def rarest(words: frozenset[str]) -> float:
        return max(map(weights.__getitem__, words), default=0.0)

    past = earlier[:-1]
    shared = [message.words & h.words for h in past]
    stems = [message.stems & h.stems for h in past]
    sums = [sum(map(weights.__getitem__, words)) for words in shared]
    share = [
        len(words) / len(message.words | h.words) if words else 0.0
        for words, h in zip(shared, past, strict=True)
    ]
    best = float(max(sums, default=0.0))
    return {
        "shared": [*map(len, shared), 0],
        "shared_weight": [*sums, 0],
        "shared_of_mine": [*(s / total for s in sums), 0],
        "shared_rarest": [*(rarest(words) for words in shared), 0],
        "shared_share": [*share, 0],
        "shared_stems": [*map(len, stems), 0],
        "shared_stems_rarest": [*(rarest(words) for words in stems), 0],
        "shared_is_best": [*(float(0 < s == best) for s in sums), 0],
        "best_shared": best,
        "my_words": total,
    }


def _moment(earlier: Sequence[Heard], people: NDArray[np.int_], message: Heard) -> Columns:
    """What is the same for all rows: how the room is now, and what I did last."""
    past = earlier[:-1]
    own = _last(people[:-1] == message.author)
    seconds = np.array([h.seconds for h in past])
    strongest = max(message.spoken_to.values(), default=0)
    addressee = message.addressee
    heard_addressee = _last(people[:-1] == addressee) if addressee >= 0 else -1
    waiting = [h for h in past[own + 1 :] if message.author in h.spoken_to]
    return {
        "window": float(len(past)),
        "own_steps": float(len(past) - own if own >= 0 else 200),
        "own_minutes": _minutes(past[own], message) if own >= 0 else 9.0,
        "room_minutes": _minutes(past[-1], message) if past else 9.0,
        "lately": float((message.seconds - seconds < 180).sum()),
        "people_lately": float(len(set(people[-16:-1]))),
        "is_new": float(message.is_new),
        "i_address": float(strongest == ADDRESSED or message.stranger),
        "i_name": float(strongest),
        "stranger": float(message.stranger),
        "addressee_steps": float(len(past) - heard_addressee if heard_addressee >= 0 else 200),
        "named_me": float(len(waiting)),
        "own_last_addresses": float(past[own].addresses) if own >= 0 else -1.0,
        "own_last_question": past[own].shape[3] if own >= 0 else -1.0,
    }


def _minutes(since: Heard, message: Heard) -> float:
    return float(np.log1p(max(0.0, message.seconds - since.seconds) / 60))
