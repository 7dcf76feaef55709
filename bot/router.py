"""Who hears of an event: tables made once from what the features declared."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence

from bot.commands import Command
from bot.events import (
    ChoiceMade,
    Due,
    Event,
    FormSubmitted,
    HistoryRead,
    MessagePosted,
    Opened,
    PollVoted,
    Reacted,
    Undelivered,
)
from bot.feature import AnyHandler, Completer, Ear, Feature, answer_key

REMEMBERED = 5_000
"""Messages of which it is known what an ear said: more than a batch holds."""


class Overhearing:
    """An ear that is asked about each message once, however often the message is handled."""

    def __init__(self, ear: Ear) -> None:
        self.ear = ear
        self._said: OrderedDict[str, bool] = OrderedDict()

    def wants(self, event: MessagePosted) -> bool:
        """What the ear says."""
        known = self._said.get(event.id)
        if known is not None:
            return known
        if len(self._said) >= REMEMBERED:
            self._said.popitem(last=False)
        said = self._said[event.id] = self.ear.hears(event)
        return said


class Router:
    """Finds handlers by key; no event is offered to a feature that did not ask for it."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self.features = features
        self.commands: dict[str, Command] = {}
        self.owners: dict[str, Feature] = {}
        for feature in features:
            if clash := self.commands.keys() & feature.commands.keys():
                raise ValueError(f"two features declare the command {min(clash)}")
            self.commands |= feature.commands
            self.owners |= dict.fromkeys(feature.commands, feature)
        self._handlers = {
            key: (feature, handler)
            for feature in features
            for key, handler in feature.handlers.items()
        }
        self._listeners = [
            (kind, feature, handler) for feature in features for kind, handler in feature.listeners
        ]
        self._heard: dict[type[Event], list[tuple[Feature, AnyHandler]]] = {}
        self.ears = {f.name: Overhearing(f.ear()) for f in features if f.ear is not None}

    def completer(self, path: str, param: str) -> Completer | None:
        """Who suggests values for an argument."""
        owner = self.owners.get(path)
        return owner.completers.get((path, param)) if owner else None

    def handlers(self, event: Event, post: str) -> Iterator[tuple[Feature, AnyHandler]]:
        """The handlers of an event; `post` is the name of the listening post that it is about."""
        kind, key = _key(event, post)
        found = self._handlers.get((kind, key)) or self._handlers.get((kind, ""))
        if found:
            yield found
        yield from self._listening(type(event))
        if isinstance(event, MessagePosted):
            yield from self._overhearing(event)

    def _overhearing(self, event: MessagePosted) -> Iterator[tuple[Feature, AnyHandler]]:
        for feature in self.features:
            if feature.overheard is not None and self.ears[feature.name].wants(event):
                yield feature, feature.overheard

    def _listening(self, kind: type[Event]) -> list[tuple[Feature, AnyHandler]]:
        if kind not in self._heard:
            self._heard[kind] = [
                (f, h) for wanted, f, h in self._listeners if issubclass(kind, wanted)
            ]
        return self._heard[kind]

    def command(self, path: str) -> tuple[Feature, AnyHandler] | None:
        """The handler of a command."""
        return self._handlers.get(("command", path))


def _key(event: Event, post: str) -> tuple[str, str]:
    if isinstance(event, ChoiceMade):
        return "choice", answer_key(event.choice)[0]
    if isinstance(event, FormSubmitted):
        return "form", event.form
    if isinstance(event, Due):
        return "due", event.kind
    if isinstance(event, Undelivered):
        return "undelivered", event.feature
    if isinstance(event, Opened):
        return "opened", "-".join(event.payload.split("-")[:2])
    if isinstance(event, MessagePosted | Reacted | PollVoted) and post:
        return "heard", post.partition(":")[0]
    if isinstance(event, HistoryRead):
        return "history", event.feature
    return "", ""
