"""From effects to requests."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

import discord
from discord.http import Route

from adapters.discord.answers import Answers, Expired, Pending, with_files
from adapters.discord.errors import (
    THREAD_ARCHIVED,
    THREAD_EXISTS,
    UNKNOWN_MESSAGE,
    mapped,
)
from adapters.discord.forms import Forms
from adapters.discord.messages import body_of, files_of, whole
from adapters.discord.places import Places
from adapters.discord.polls import Polls
from adapters.discord.render import Numbers, cut, modal
from bot.effects import (
    AnyEffect,
    AskForm,
    Delete,
    Edit,
    GrantRole,
    OpenThread,
    Pin,
    Poll,
    Post,
    React,
    Whisper,
)
from bot.ports import Rejected, Unreachable
from bot.refs import ChatRef, MessageRef

Json = dict[str, Any]
WEEK_IN_MINUTES: Literal[10080] = 10_080


class Outbound:
    """Carries effects out over one client."""

    def __init__(
        self,
        client: discord.Client,
        answers: Answers,
        kept: Forms,
        places: Places,
        polls: Polls,
        commands: Numbers,
    ) -> None:
        self._client, self._answers, self._forms = client, answers, kept
        self._places, self._polls, self._commands = places, polls, commands
        self._private: dict[str, int] = {}

    async def perform(self, effect: AnyEffect, token: str) -> MessageRef | None:
        """One effect. Raises the core's errors only."""
        try:
            return await self._perform(effect, token)
        except Unreachable as error:
            cause = error.__cause__
            archived = isinstance(cause, discord.HTTPException) and cause.code == THREAD_ARCHIVED
            message = getattr(effect, "message", None)
            thread = (message.chat if message else effect.chat).room
            if not archived or not thread:
                raise
        await mapped(self._client.http.edit_channel(int(thread), archived=False), repeatable=True)
        return await self._perform(effect, token)

    async def _perform(self, effect: AnyEffect, token: str) -> MessageRef | None:
        match effect:
            case Post():
                return await self._post(effect, token)
            case Whisper():
                return await self._whisper(effect, token)
            case Poll():
                return await self._poll(effect, token)
            case Edit():
                await self._edit(effect)
            case AskForm():
                await self._ask(effect)
            case OpenThread():
                return await self._open_thread(effect)
            case GrantRole():
                await mapped(self._grant(effect), repeatable=True)
            case Delete() | React() | Pin():
                await self._adorn(effect)
        return None

    # -- messages

    async def _post(self, effect: Post, token: str) -> MessageRef:
        body, files = body_of(effect, self._commands)
        if effect.answering:
            number = await self._announced(effect.answering, body, files)
            if number is not None:
                return MessageRef(effect.chat, number)
            files = files_of(effect)
        if effect.reply_to:
            reference = {"message_id": effect.reply_to, "fail_if_not_exists": False}
            body["message_reference"] = reference
        return await self._create(effect.chat, body, files, token, str(effect.text))

    async def _announced(self, handle: str, body: Json, files: list[discord.File]) -> str | None:
        """The public answer to an interaction; None where only an ordinary message is left."""
        try:
            pending = self._answers.find(handle)
            number: str | None = await mapped(self._answers.announce(pending, body, files))
            if number is None:
                await mapped(self._answers.settle(pending), repeatable=True)
        except (Expired, Unreachable):
            return None
        return number

    async def _whisper(self, effect: Whisper, token: str) -> MessageRef:
        body, files = body_of(effect, self._commands)
        if effect.answering:
            try:
                pending = self._answers.find(effect.answering)
                return await self._answered(effect, pending, body, files)
            except Expired:
                body, files = body_of(effect, self._commands)
        if not (effect.public_ok or effect.chat.private):
            raise Unreachable("too late for an answer that only one person sees")
        return await self._create(effect.chat, body, files, token, str(effect.text))

    async def _answered(
        self, effect: Whisper, pending: Pending, body: Json, files: list[discord.File]
    ) -> MessageRef:
        if effect.edits_choice and pending.private and not files:
            await mapped(self._answers.replace(pending, whole(body)), repeatable=True)
            return MessageRef(effect.chat, pending.source)
        return MessageRef(effect.chat, await mapped(self._answers.say(pending, body, files)))

    async def _poll(self, effect: Poll, token: str) -> MessageRef:
        poll = {
            "question": {"text": cut(effect.question, 300)},
            "answers": [{"poll_media": {"text": cut(option, 55)}} for option in effect.options],
            "duration": min(max(effect.hours, 1), 768),
            "allow_multiselect": effect.multiple,
            "layout_type": 1,
        }
        made = await self._create(effect.chat, {"poll": poll}, [], token, effect.question)
        self._polls.made(made.id)
        return made

    async def _create(
        self, chat: ChatRef, body: Json, files: list[discord.File], token: str, title: str
    ) -> MessageRef:
        if isinstance(self._places.room(chat), discord.ForumChannel):
            return await self._forum_post(chat, body, files, title)
        body = {**body, "nonce": token, "enforce_nonce": True}
        channel = await self._channel(chat)
        if chat.group and not chat.room:
            chat = chat.in_room(str(channel))
        request = self._client.http.send_message(channel, params=with_files(body, files))
        message = await mapped(request)
        return MessageRef(chat, str(message["id"]))

    async def _forum_post(
        self, chat: ChatRef, body: Json, files: list[discord.File], title: str
    ) -> MessageRef:
        first_line = title.strip().partition("\n")[0]
        post = {
            "name": cut(first_line, 100) or "…",
            "auto_archive_duration": WEEK_IN_MINUTES,
            "message": body,
        }
        parts = with_files(post, files)
        # the library's own call adds a query that Discord's document doesn't know
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=int(chat.room))
        form: Any = {"files": files, "form": parts.multipart} if files else {"json": post}
        thread = await mapped(self._client.http.request(route, **form))
        return MessageRef(chat.in_room(str(thread["id"])), str(thread["message"]["id"]))

    async def _edit(self, effect: Edit) -> None:
        message, body = effect.message, whole(body_of(effect, self._commands)[0])
        if message is None:
            raise Rejected("an edit of nothing")
        if effect.answering and await self._edited_in_place(effect.answering, message, body):
            return
        channel = await self._channel(message.chat)
        request = self._client.http.edit_message(
            channel, int(message.id), params=with_files(body, [])
        )
        await mapped(request, repeatable=True)
        for pending in self._answers.pressed_on(message.id):
            await mapped(self._answers.settle(pending), repeatable=True)

    async def _edited_in_place(self, handle: str, message: MessageRef, body: Json) -> bool:
        """Whether the edit could be the answer to a press on this very message."""
        try:
            pending = self._answers.find(handle)
            if pending.source == message.id:
                await mapped(self._answers.replace(pending, body), repeatable=True)
                return True
            await mapped(self._answers.settle(pending), repeatable=True)
        except Expired:
            pass
        return False

    # -- forms, threads, roles and ornaments

    async def _ask(self, effect: AskForm) -> None:
        try:
            form = modal(effect.form, effect.arg)
        except ValueError as error:
            raise Rejected(str(error)) from error
        try:
            pending = self._answers.find(effect.answering)
            if not await mapped(self._answers.ask(pending, form), repeatable=True):
                offer = self._forms.offer(form, pending.id, pending.locale)
                await mapped(self._answers.say(pending, offer, []))
        except (Expired, ValueError) as error:
            raise Unreachable("too late for a form") from error

    async def _open_thread(self, effect: OpenThread) -> MessageRef:
        start, name = effect.message, cut(effect.title, 100) or "…"
        if start is None:
            channel = await self._channel(effect.chat)
            request = self._client.http.start_thread_without_message(
                channel, name=name, auto_archive_duration=WEEK_IN_MINUTES, type=11
            )
            thread = str((await mapped(request))["id"])
            return MessageRef(effect.chat.in_room(thread), thread)
        if isinstance(self._places.room(start.chat), discord.Thread):
            return start  # a post in a forum has its thread, and a thread holds no others
        thread = await mapped(self._thread_on(start, name), repeatable=True)
        return MessageRef(start.chat.in_room(thread), thread)

    async def _thread_on(self, start: MessageRef, name: str) -> str:
        try:
            made = await self._client.http.start_thread_with_message(
                int(start.chat.room),
                int(start.id),
                name=name,
                auto_archive_duration=WEEK_IN_MINUTES,
            )
        except discord.HTTPException as error:
            if error.code != THREAD_EXISTS:
                raise
            return start.id  # it has the id of its message
        return str(made["id"])

    async def _grant(self, effect: GrantRole) -> None:
        guild = self._places.guild(effect.chat)
        role = discord.utils.get(guild.roles, name=effect.role) if guild else None
        if guild is None or role is None:
            raise Unreachable(f"there is no role {effect.role!r}")
        http = self._client.http
        change: Callable[..., Awaitable[Any]] = http.remove_role if effect.take else http.add_role
        await change(guild.id, int(effect.to.id), role.id)

    async def _adorn(self, effect: Delete | React | Pin) -> None:
        message = effect.message
        if message is None:
            raise Rejected(f"{type(effect).__name__} of nothing")
        await mapped(
            self._adornment(effect, await self._channel(message.chat), int(message.id)),
            repeatable=True,
        )

    async def _adornment(self, effect: Delete | React | Pin, channel: int, message: int) -> None:
        http = self._client.http
        match effect:
            case React():
                await http.add_reaction(channel, message, effect.emoji)
            case Pin():
                await (http.unpin_message if effect.unpin else http.pin_message)(channel, message)
            case Delete():
                try:
                    await http.delete_message(channel, message)
                except discord.NotFound as error:
                    if error.code != UNKNOWN_MESSAGE:
                        raise

    # -- where

    async def _channel(self, chat: ChatRef) -> int:
        """The channel's id; opens the private one when needed."""
        if not chat.private:
            if chat.room:
                return int(chat.room)
            room = self._places.room(chat)
            if room is None:
                raise Unreachable("no room here to write in")
            return room.id
        known = self._private.get(chat.room)
        if known is None:
            request = self._client.http.start_private_message(chat.room)
            known = int((await mapped(request, repeatable=True))["id"])
            self._private[chat.room] = known
        return known
