"""One open browser tab: who looks, at what, and which news it has not been told yet."""

import asyncio
from collections.abc import Callable
from typing import Any

from adapters.local.model import (
    BOT,
    Change,
    Closed,
    Group,
    Message,
    OpenForm,
    Profile,
    ReadMark,
    Room,
)
from adapters.local.page.site import Site
from adapters.local.page.strings import strings
from adapters.local.page.views import (
    View,
    message_view,
    milliseconds,
    people_view,
    person_view,
    room_view,
    tree_view,
)
from adapters.local.people import Person
from bot.refs import ChatRef

PAGE = 100
FILE_LIMIT = 700_000
"""Bytes; with its base64 a file stays below one message of the page's connection."""
GATHER = 0.05
"""Seconds during which news are gathered before they are sent together."""


class Tab:
    """Turns changes of the world into small steps that the page carries out.

    `send` takes a list of steps; each is a dict with a `step` name.
    """

    def __init__(self, site: Site, person: str, chat: str, send: Callable[[list[View]], None]):
        self.site = site
        self.world = site.world
        self.me = person if person in self.world.people else self._somebody()
        self.here = self._room(chat)
        self._begun = self.world.last
        self._send = send
        self._steps: dict[str, View] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._leave = self.world.subscribe(self.notice)

    @property
    def person(self) -> Person | None:
        """Who looks; nobody in an empty world."""
        return self.world.person(self.me) if self.me else None

    @property
    def language(self) -> str:
        """In which language the page speaks."""
        return self.world.people[self.me].language if self.me else "en"

    def close(self) -> None:
        """Stops listening."""
        self._leave()
        if self._timer:
            self._timer.cancel()

    def whole(self) -> View:
        """Everything that the page needs to begin."""
        self._look()
        return {
            "me": person_view(self.world.people[self.me]) if self.me else None,
            "private": str(self.person.private_chat) if self.person else "",
            "words": strings(self.site.say, self.language),
            "language": self.language,
            "languages": self.site.languages,
            "limit": FILE_LIMIT,
            "people": people_view(self.world),
            "tree": self._tree(),
            "clock": self.clock_view(),
            "room": self.room(),
            "forms": [_form_view(form) for form in self.person.forms()] if self.person else [],
        }

    def room(self) -> View | None:
        """The conversation as it stands."""
        if self.here is None:
            return None
        shown = room_view(self.world, self.here, self.me) | {"menu": self._menu(self.here)}
        return shown | self._page(self.here)

    def earlier(self, before: str) -> View:
        """Older messages than the given one."""
        if self.here is None:
            return {"messages": [], "more": False}
        return self._page(self.here, before)

    def _page(self, chat: ChatRef, before: str | None = None) -> View:
        found = self.world.history(chat, self.me, before=before, limit=PAGE + 1)
        shown = [message_view(self.world, m, self.me) for m in found[-PAGE:] if self._sees(m)]
        return {"messages": shown, "more": len(found) > PAGE}

    def _sees(self, message: Message) -> bool:
        """A note lasts as long as the page on which it was asked for, as elsewhere."""
        lasting = not message.only_for or int(message.id) > self._begun
        return lasting and message.visible_to(self.me)

    def clock_view(self) -> View:
        """The time, its pace, and whether there is a leap."""
        clock = self.site.clock
        return {
            "now": milliseconds(clock.now()),
            "speed": clock.speed,
            "lapse": self.site.lapse,
            "leaps": self.site.next_event is not None,
        }

    def become(self, person: str) -> None:
        """Looks through somebody else's eyes, at the same room if they see it."""
        self.me = self.world.people[person].id
        self.here = self._room(str(self.here))
        self._steps.clear()
        self.push({"step": "whole", "whole": self.whole()})

    def open(self, chat: str) -> None:
        """Goes to another room."""
        self.here = self._room(chat)
        self._look()
        self._steps = {k: v for k, v in self._steps.items() if not k.startswith("message")}
        self.push({"step": "room", "room": self.room()})
        self.push({"step": "tree", "tree": self._tree()})

    def push(self, step: View, key: str = "") -> None:
        """Sends a step soon; a later one with the same key takes its place."""
        self._steps[key or step["step"]] = step
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER, self._flush)

    def notice(self, change: Change) -> None:
        """Something changed in the world."""
        match change:
            case Message():
                if change.only_for == self.me and not change.deleted:
                    self.world.make_room(change)
                self._notice_message(change)
            case Room() | Group():
                self._stir()
            case Profile():
                self.push({"step": "people"})
            case OpenForm() if change.to == self.me:
                self.push({"step": "form", "form": _form_view(change)}, f"form {change.id}")
            case Closed() if change.form.to == self.me:
                self.push({"step": "noForm", "id": change.form.id}, f"form {change.form.id}")
            case ReadMark() if change.person == self.me:
                self._stir()
            case _:
                pass

    def _notice_message(self, message: Message) -> None:
        if message.chat == self.here:
            self._show(message)
            return
        if self.here and self.world.rooms[self.here].root == message.id:
            self.push({"step": "head"})
        room = self.world.rooms[message.chat]
        if room.root and message.chat.in_room(room.parent) == self.here:
            self._show(self.world.messages[room.root])
        if self.person and self.person.sees(message.chat) and message.visible_to(self.me):
            self._stir()

    def _show(self, message: Message) -> None:
        key = f"message {message.id}"
        if not self._sees(message):
            self.push({"step": "drop", "id": message.id}, key)
            return
        self.push({"step": "message", "message": message.id}, key)
        if message.author == BOT:  # only its posts are pinned
            self.push({"step": "head"})

    def _stir(self) -> None:
        self.push({"step": "tree"})

    def _flush(self) -> None:
        """Views are made only now: of ten changes to one message the last is enough."""
        self._timer = None
        steps, self._steps = list(self._steps.values()), {}
        news = any(step["step"] == "message" for step in steps)
        for step in steps:
            self._complete(step)
        self._send(steps)
        if news:
            self._look()

    def _complete(self, step: View) -> None:
        match step["step"]:
            case "message":
                message = self.world.messages[step["message"]]
                step["message"] = message_view(self.world, message, self.me)
            case "tree":
                step["tree"] = self._tree()
            case "people":
                step["people"] = people_view(self.world)
            case "head" if self.here:
                step["head"] = room_view(self.world, self.here, self.me)
            case _:
                pass

    def _look(self) -> None:
        if self.me and self.here:
            self.world.mark_read(self.me, self.here)

    def _tree(self) -> View:
        private = self.person.private_chat if self.person else None
        return {
            "groups": tree_view(self.world, self.me, self.here),
            "private": bool(private and self.world.unread(self.me, private)),
        }

    def _menu(self, chat: ChatRef) -> list[View]:
        commands = self.person.menu(chat) if self.person else []
        names = ((c.path, self.site.say(self.language, c.on_message)) for c in commands)
        return [{"path": path, "name": name} for path, name in names]

    def _room(self, chat: str) -> ChatRef | None:
        """The room of that name if this person sees it, else the first one they see."""
        if self.person is None:
            return None
        try:
            wanted = ChatRef.parse(chat)
        except ValueError:
            wanted = None
        if wanted and self.person.sees(wanted):
            return wanted
        seen = (room.chat for room in self.world.rooms.values() if room.chat.group)
        return next((c for c in seen if self.person.sees(c)), self.person.private_chat)

    def _somebody(self) -> str:
        default = self.site.default_person
        return default if default in self.world.people else next(iter(self.world.people), "")


def _form_view(form: OpenForm) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": form.form.title,
        "fields": [
            {
                "name": field.name,
                "label": field.label,
                "value": field.value,
                "placeholder": field.placeholder,
                "long": field.long,
                "required": field.required,
                "max": field.max_length,
            }
            for field in form.form.fields
        ],
    }
