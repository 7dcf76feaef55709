"""What the browser asks for, carried out as the person who looks."""

from base64 import b64decode
from collections.abc import Awaitable, Callable
from typing import Any

from adapters.local.model import Message, Refused
from adapters.local.page.completion import suggest
from adapters.local.page.tab import FILE_LIMIT, Tab
from adapters.local.people import Person
from bot.effects import Attachment
from bot.events import File
from bot.refs import ChatRef

Asked = dict[str, Any]
_DEFECTS = (Refused, KeyError, ValueError, TypeError, IndexError)


class Acts:
    """One tab's requests by name. What can't be done ends in a short notice on the page."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.world = tab.world

    async def carry_out(self, asked: Asked) -> None:
        """Does what was asked, if it can be done."""
        try:
            await _ACTS[asked["act"]](self, asked)
        except _DEFECTS:
            self.tab.push({"step": "notice", "word": "notHere"})

    @property
    def _me(self) -> Person:
        if self.tab.person is None:
            raise Refused("nobody is here")
        return self.tab.person

    @property
    def _here(self) -> ChatRef:
        if self.tab.here is None:
            raise Refused("there is no room here")
        return self.tab.here

    def _message(self, asked: Asked) -> Message:
        return self.world.messages[asked["id"]]

    async def _say(self, asked: Asked) -> None:
        text, file = str(asked["text"]), _attachment(asked.get("file"))
        reply_to = self.world.messages[asked["reply"]] if asked.get("reply") else None
        if text.startswith("/"):
            files = self._files(text, file)
            await self._me.gives_command(self._here, text, files=files, reply_to=reply_to)
            return
        await self._me.says(self._here, text, reply_to=reply_to, attachment=file)

    def _files(self, line: str, file: Attachment | None) -> dict[str, File]:
        """A file beside a command is for the parameter that takes one."""
        if file is None:
            return {}
        typed = line.removeprefix("/") + " "
        for command in self.world.commands:
            if typed.startswith(command.path + " "):
                names = [p.name for p in command.params if p.kind == "file"]
                return {name: File(file.name, file.data) for name in names[:1]}
        return {}

    async def _edit(self, asked: Asked) -> None:
        await self._me.edits(self._message(asked), str(asked["text"]))

    async def _delete(self, asked: Asked) -> None:
        await self._me.deletes(self._message(asked))

    async def _react(self, asked: Asked) -> None:
        message, emoji = self._message(asked), str(asked["emoji"])[:16]
        there = self._me.id in message.reactions.get(emoji, ())
        await self._me.reacts(message, emoji, added=not there)

    async def _press(self, asked: Asked) -> None:
        await self._me.presses(self._message(asked), str(asked["choice"]))

    async def _pick(self, asked: Asked) -> None:
        await self._me.picks(self._message(asked), str(asked["choice"]))

    async def _menu(self, asked: Asked) -> None:
        await self._me.uses_menu(self._message(asked), str(asked["path"]))

    async def _vote(self, asked: Asked) -> None:
        await self._me.votes(self._message(asked), [int(i) for i in asked["options"]])

    async def _fill(self, asked: Asked) -> None:
        values = {str(name): str(value) for name, value in asked["values"].items()}
        await self._me.fills(self.world.forms[asked["id"]], values)

    async def _dismiss(self, asked: Asked) -> None:
        await self._me.dismisses(self.world.forms[asked["id"]])

    async def _open(self, asked: Asked) -> None:
        chat = str(asked["chat"])
        first = chat == str(self._me.private_chat) and not self.world.timeline.get(
            self._me.private_chat
        )
        self.tab.open(chat)
        if first:
            await self._me.opens_private()

    async def _private(self, asked: Asked) -> None:
        await self._me.follows(str(asked["address"]))
        self.tab.open(str(self._me.private_chat))

    async def _discard(self, asked: Asked) -> None:
        await self._me.discards(self._message(asked))

    async def _earlier(self, asked: Asked) -> None:
        self.tab.push({"step": "earlier", **self.tab.earlier(str(asked["before"]))})

    async def _complete(self, asked: Asked) -> None:
        translate, language = self.tab.site.say, self.tab.language
        found = await suggest(
            self.tab.site.receiver,
            self._me,
            self._here,
            str(asked["line"]),
            lambda source: translate(language, source),
        )
        self.tab.push({"step": "suggest", "n": asked["n"], **found})

    async def _be(self, asked: Asked) -> None:
        self.tab.become(str(asked["person"]))

    async def _arrive(self, asked: Asked) -> None:
        name = " ".join(str(asked["name"]).split())[:40]
        if not name:
            raise Refused("a person has a name")
        person = self.world.add_person(name, language=str(asked["language"]))
        for group in list(self.world.groups.values()):
            await person.joins(group)
            if asked.get("moderator"):
                self.world.set_moderator(group.id, person.id)
        self.tab.become(person.id)

    async def _speed(self, asked: Asked) -> None:
        if self.tab.site.lapse:
            self.tab.site.clock.set_speed(float(asked["speed"]))

    async def _leap(self, asked: Asked) -> None:
        if self.tab.site.next_event:
            await self.tab.site.next_event()


def _attachment(given: Any) -> Attachment | None:
    if not given:
        return None
    data = b64decode(given["data"], validate=True)
    if len(data) > FILE_LIMIT:
        raise Refused("the file is too big")
    return Attachment(str(given["name"])[:100], data)


_ACTS: dict[str, Callable[[Acts, Asked], Awaitable[None]]] = {
    "say": Acts._say,
    "edit": Acts._edit,
    "delete": Acts._delete,
    "react": Acts._react,
    "press": Acts._press,
    "pick": Acts._pick,
    "menu": Acts._menu,
    "vote": Acts._vote,
    "fill": Acts._fill,
    "dismiss": Acts._dismiss,
    "open": Acts._open,
    "private": Acts._private,
    "discard": Acts._discard,
    "earlier": Acts._earlier,
    "complete": Acts._complete,
    "be": Acts._be,
    "arrive": Acts._arrive,
    "speed": Acts._speed,
    "leap": Acts._leap,
}
