"""People of this Discord: what they do arrives at the bot as gateway events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.discord_api.guild import Guild
from tests.discord_api.interaction import Interaction
from tests.discord_api.members import Json, User
from tests.discord_api.world import DM, FORUM, Channel, Message

if TYPE_CHECKING:
    from tests.discord_api.server import DiscordApi

COMMAND, COMPONENT, COMPLETION, FORM = 2, 3, 4, 5
MESSAGE_COMMAND = 3


@dataclass
class Person:
    """A member of one guild. Every verb acts at once and needs no `await`."""

    api: DiscordApi
    user: User
    guild: Guild

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def dm(self) -> Channel:
        """The private channel between this person and the bot."""
        return self.api.dm(self.user)

    def says(
        self, channel: Channel, text: str, *, reply_to: Message | None = None, files: int = 0
    ) -> Message:
        reference = None
        if reply_to is not None:
            reference = {"message_id": str(reply_to.id), "channel_id": str(channel.id), "type": 0}
        return self.api.post(
            channel,
            self.user,
            text,
            reference=reference,
            files=[(f"picture{n}.png", b"png") for n in range(files)],
        )

    def opens_post(self, forum: Channel, name: str, text: str) -> Message:
        """Write a post into a forum: a thread whose first message has its id."""
        assert forum.type == FORUM, f"{forum.name} is no forum"
        thread = self.api.thread(forum, name)
        return self.api.post(thread, self.user, text, id=thread.id)

    def edits(self, message: Message, text: str) -> None:
        message.content, message.edited_at = text, self.api.clock()
        self.api.tell_message("MESSAGE_UPDATE", message)

    def deletes(self, message: Message) -> None:
        self.api.delete(message)

    def reacts(self, message: Message, emoji: str) -> None:
        self.api.react(message, emoji, self.user)

    def unreacts(self, message: Message, emoji: str) -> None:
        self.api.react(message, emoji, self.user, added=False)

    def votes(self, message: Message, answer: str, *, added: bool = True) -> None:
        """Vote in a native poll, by the text of the answer."""
        answers = (message.poll or {})["answers"]
        found = next(a for a in answers if a["poll_media"]["text"] == answer)
        self.api.vote(message, found["answer_id"], self.user, added=added)

    def leaves(self) -> None:
        self.guild.leave(self.user)

    def joins(self) -> None:
        self.guild.join(self.user)

    def presses(self, message: Message, label: str) -> Interaction:
        """Press a button, by its label or custom id."""
        return self._component(message, message.component(label), {})

    def chooses(self, message: Message, select: str, *values: str) -> Interaction:
        """Choose options of a select (found by placeholder or custom id), by label or value."""
        part = message.component(select)
        chosen = [
            option["value"]
            for wanted in values
            for option in part.get("options", [{"label": wanted, "value": wanted}])
            if wanted in (option["label"], option["value"])
        ]
        return self._component(message, part, {"values": chosen})

    def commands(
        self, channel: Channel, name: str, options: dict[str, Any] | None = None
    ) -> Interaction:
        """Give a slash command: "prompt week", with its options by name.

        Users, channels and roles are given as such, a file as (name, content).
        """
        given = {
            name: self.api.upload(*value) if isinstance(value, tuple) else value
            for name, value in (options or {}).items()
        }
        return self._command(COMMAND, channel, name, given, None)

    def uses_menu(self, message: Message, name: str) -> Interaction:
        """Open the menu of a message and take the command with this (English) name."""
        command = self.api.command(name, self.guild, MESSAGE_COMMAND)
        needed = int(command["default_member_permissions"] or 0)
        granted = self.guild.permissions(self.user, message.channel)
        assert granted & needed == needed, f"{self.user.name} is not offered {name!r}"
        data = {
            "id": command["id"],
            "name": name,
            "type": MESSAGE_COMMAND,
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): message.payload()}},
        }
        return self._interact(COMMAND, message.channel, data, None)

    def completes(
        self, channel: Channel, name: str, option: str, typed: str, **filled: Any
    ) -> Interaction:
        """Type into an option that completes."""
        return self._command(COMPLETION, channel, name, {**filled, option: typed}, option)

    def submits(self, opened: Interaction, values: dict[str, Any]) -> Interaction:
        """Fill in and send the form that an interaction opened; values by label or custom id."""
        form = opened.modal
        assert form is not None, "no form was opened"
        parts = [_filled(row, values) for row in form["components"]]
        data = {"custom_id": form["custom_id"], "components": parts}
        return self._interact(FORM, opened.channel, data, opened.message)

    def _component(self, message: Message, part: Json, extra: Json) -> Interaction:
        assert not part.get("disabled"), "a disabled component can't be used"
        data = {"custom_id": part["custom_id"], "component_type": part["type"], **extra}
        return self._interact(COMPONENT, message.channel, data, message)

    def _command(
        self, type: int, channel: Channel, name: str, options: Json, focused: str | None
    ) -> Interaction:
        root, *rest = name.split()
        command = self.api.command(root, self.guild)
        leaf, groups = command, []
        for word in rest:
            leaf = next(o for o in leaf["options"] if o["name"] == word and o["type"] in (1, 2))
            groups.append(leaf)
        types = {o["name"]: o["type"] for o in leaf.get("options", [])}
        missing = [o["name"] for o in leaf.get("options", []) if o.get("required")]
        assert focused or options.keys() >= set(missing), f"/{name} needs {missing}"
        unknown = options.keys() - types.keys()
        assert not unknown, f"/{name} has no option {unknown}, it has {sorted(types)}"
        given = [
            {"name": n, "type": types[n], "value": _value(v), **_focus(n, focused)}
            for n, v in options.items()
        ]
        for group in reversed(groups):
            given = [{"name": group["name"], "type": group["type"], "options": given}]
        data = {"id": command["id"], "name": root, "type": 1, "options": given}
        resolved = self._resolved(leaf, options)
        return self._interact(type, channel, {**data, **resolved}, None)

    def _resolved(self, leaf: Json, options: Json) -> Json:
        kinds = {o["name"]: o["type"] for o in leaf.get("options", [])}
        kinds_of = ("users", "members", "channels", "roles", "attachments")
        found: dict[str, Json] = {kind: {} for kind in kinds_of}
        for name, value in options.items():
            key = str(_value(value))
            if kinds[name] == 6:
                found["users"][key] = self.api.users[int(key)].payload()
                if int(key) in self.guild.members:
                    member = self.guild.members[int(key)]
                    found["members"][key] = {**member.payload(with_user=False), "permissions": "0"}
            elif kinds[name] == 7:
                channel = self.api.channels[int(key)]
                found["channels"][key] = {**channel.payload(), "permissions": "0"}
            elif kinds[name] == 11:
                found["attachments"][key] = self.api.attachment(int(key))
            elif kinds[name] == 8:
                found["roles"][key] = self.guild.roles[int(key)].payload()
        full = {kind: values for kind, values in found.items() if values}
        return {"resolved": full} if full else {}

    def _interact(
        self, type: int, channel: Channel, data: Json, message: Message | None
    ) -> Interaction:
        number = self.api.ids.next()
        made = Interaction(
            number, f"token-{number}", self, channel, type, data, message, self.api.clock()
        )
        self.api.interactions[made.token] = made
        self.api.dispatch("INTERACTION_CREATE", self._payload(made), guild=channel.guild)
        return made

    def _payload(self, made: Interaction) -> Json:
        channel = made.channel
        payload: Json = {
            "id": str(made.id),
            "application_id": str(self.api.bot.id),
            "type": made.type,
            "token": made.token,
            "version": 1,
            "data": made.data,
            "channel_id": str(channel.id),
            "channel": channel.payload(),
            "locale": self.user.locale,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "attachment_size_limit": 10485760,
            "app_permissions": "0",
            "context": 1 if channel.type == DM else 0,
        }
        if made.message is not None:
            payload["message"] = made.message.payload()
        if channel.guild is None:
            return {**payload, "user": self.user.payload()}
        guild = channel.guild
        permissions = str(guild.permissions(self.user, channel))
        return {
            **payload,
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "app_permissions": str(guild.permissions(self.api.bot, channel)),
            "member": {**guild.members[self.id].payload(), "permissions": permissions},
        }


def _filled(row: Json, values: dict[str, Any]) -> Json:
    """One row of a form as it is sent back: a label with a component, or an action row."""
    if row["type"] == 18:
        field = row["component"]
        return {"type": 18, "id": 1, "component": _field(field, row["label"], values)}
    fields = [_field(f, f.get("label", ""), values) for f in row.get("components", [])]
    return {"type": row["type"], "id": 1, "components": fields}


def _field(field: Json, label: str, values: dict[str, Any]) -> Json:
    default = field.get("value", "")
    value = values.get(label, values.get(field["custom_id"], default))
    filled: Json = {"type": field["type"], "custom_id": field["custom_id"], "id": 2}
    if field["type"] == 4:
        assert value or not field.get("required", True), (
            f"{label or field['custom_id']} is required"
        )
        return {**filled, "value": value}
    return {**filled, "values": value if isinstance(value, list) else [value]}


def _value(value: Any) -> Any:
    return str(value.id) if hasattr(value, "id") else value


def _focus(name: str, focused: str | None) -> Json:
    return {"focused": True} if name == focused else {}
