"""Commands, presses and forms: from INTERACTION_CREATE to events."""

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from adapters.discord import forms, menus, render
from adapters.discord.answers import EPHEMERAL, Answers, Pending
from adapters.discord.forms import Forms
from adapters.discord.inbound import Inbound
from adapters.discord.payloads import MODERATES, PLATFORM, member, moment, name_of
from bot.commands import Command, Kind
from bot.events import ChoiceMade, CommandGiven, File, FormSubmitted
from bot.ports import Receiver
from bot.refs import ChatRef, MemberRef

Json = dict[str, Any]
COMMAND, COMPONENT, COMPLETION, FORM = 2, 3, 4, 5
LARGEST_FILE = 1 << 20

Fetch = Callable[[str], Coroutine[Any, Any, bytes]]
Start = Callable[[Coroutine[Any, Any, None]], None]


class Interactions:
    """Turns interactions into events whose `answer` leads back to them."""

    def __init__(self, inbound: Inbound, answers: Answers, kept: Forms, receiver: Receiver) -> None:
        self._inbound, self._answers, self._forms = inbound, answers, kept
        self._receiver = receiver

    def received(self, data: Json, start: Start, fetch: Fetch) -> None:
        """Hands an interaction over; `start` runs what can't be done at once."""
        kind = data["type"]
        if kind == COMPLETION:
            start(self._complete(data))
        elif kind == COMPONENT and data["data"]["custom_id"].startswith(forms.PREFIX):
            start(self._reopen(data))
        elif kind == COMPONENT:
            self._pressed(data)
        elif kind == FORM:
            self._filled(data)
        elif kind == COMMAND and data["data"].get("type", menus.SLASH) == menus.SLASH:
            self._command(data, start, fetch)
        elif kind == COMMAND and data["data"]["type"] == menus.ON_MESSAGE:
            self._on_message(data)

    def _common(self, data: Json, at: datetime) -> Json:
        inside = data.get("member")
        user = inside["user"] if inside else data["user"]
        source = data.get("message") or {}
        pending = Pending(
            data["id"],
            data["token"],
            source=source.get("id", ""),
            private=bool(source.get("flags", 0) & EPHEMERAL),
            after_form=data["type"] == FORM,
            locale=data.get("locale", ""),
        )
        return {
            "at": at,
            "chat": self._inbound.chat(data, user["id"]),
            "member": member(user),
            "name": name_of(user, inside),
            "answer": self._answers.opened(pending),
            "moderator": _moderates(inside),
            "language": data.get("locale", ""),
        }

    def _pressed(self, data: Json) -> None:
        pressed = data["data"]
        choice = (pressed.get("values") or [pressed["custom_id"]])[0]
        common = self._common(data, moment(data["id"]))
        message = data["message"]["id"]
        number = f"d:c:{data['id']}"
        self._inbound.offer(ChoiceMade(id=number, choice=choice, message=message, **common))

    async def _reopen(self, data: Json) -> None:
        """A form that had to wait opens without the core hearing of it."""
        form = self._forms.find(data["data"]["custom_id"])
        source = data["message"]["id"]
        pending = Pending(data["id"], data["token"], source=source, locale=data.get("locale", ""))
        if form is not None:
            await self._answers.ask(pending, form)
        else:
            await self._answers.replace(pending, forms.gone(pending.locale))

    def _filled(self, data: Json) -> None:
        form, arg, values = render.filled(data["data"])
        common = self._common(data, moment(data["id"]))
        number = f"d:f:{data['id']}"
        self._inbound.offer(FormSubmitted(id=number, form=form, arg=arg, values=values, **common))

    def _command(self, data: Json, start: Start, fetch: Fetch) -> None:
        path, values, _ = menus.given(data["data"])
        common = self._common(data, moment(data["id"]))
        declared = {command.path: command for command in self._receiver.commands}.get(path)
        kinds = {param.name: param.kind for param in declared.params} if declared else {}
        group = common["chat"].group
        args = {name: _as_text(value, kinds.get(name), group) for name, value in values.items()}
        event = CommandGiven(
            id=f"d:k:{data['id']}", path=path, args=args, unknown=declared is None, **common
        )
        attached = _attached(declared, values, data["data"])
        if attached:
            start(self._with_files(event, attached, fetch))
        else:
            self._inbound.offer(event)

    def _on_message(self, data: Json) -> None:
        """A command from the menu of a message, which comes with it: with its text, whatever the
        bot may read otherwise."""
        name = data["data"]["name"]
        paths = (c.path for c in self._receiver.commands if c.on_message == name)
        path = next(paths, None)
        message = data["data"]["resolved"]["messages"][data["data"]["target_id"]]
        self._inbound.offer(
            CommandGiven(
                id=f"d:k:{data['id']}",
                path=path or name,
                about=self._inbound.about(message),
                unknown=path is None,
                **self._common(data, moment(data["id"])),
            )
        )

    async def _with_files(
        self, event: CommandGiven, attached: Mapping[str, Json], fetch: Fetch
    ) -> None:
        """Fetches what was attached; what is too large is left out, as if it were missing."""
        files = {
            name: File(file["filename"], await fetch(file["url"]))
            for name, file in attached.items()
            if file["size"] <= LARGEST_FILE
        }
        args = {name: value for name, value in event.args.items() if name not in attached}
        self._inbound.offer(replace(event, args=args, files=files))

    async def _complete(self, data: Json) -> None:
        path, _, typing = menus.given(data["data"])
        inside = data.get("member")
        user = inside["user"] if inside else data["user"]
        chat = self._inbound.chat(data, user["id"])
        if chat is None:
            return
        choices = await self._receiver.complete(
            chat,
            member(user),
            path,
            typing["name"],
            str(typing.get("value", "")),
            moderator=_moderates(inside),
        )
        offered = menus.offered(choices, typing["type"])
        await self._answers.complete(data["id"], data["token"], offered)


def _moderates(inside: Json | None) -> bool:
    return bool(int((inside or {}).get("permissions", 0)) & MODERATES)


def _attached(command: Command | None, values: Json, data: Json) -> dict[str, Json]:
    if command is None:
        return {}
    found = data.get("resolved", {}).get("attachments", {})
    names = [param.name for param in command.params if param.kind is Kind.FILE]
    return {name: found[values[name]] for name in names if values.get(name) in found}


def _as_text(value: object, kind: Kind | None, group: str) -> str:
    if kind is Kind.MEMBER:
        return str(MemberRef(PLATFORM, str(value)))
    if kind is Kind.ROOM:
        return str(ChatRef(PLATFORM, group, str(value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
