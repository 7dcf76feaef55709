"""From Telegram's updates to events.

Ordinary messages take the short way (`wire`, `ordinary`); the rest is read by the library.
Commands and presses may ask Telegram who administers the group, votes and reactions the notes.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from telegram import (
    Bot,
    CallbackQuery,
    Message,
    MessageReactionUpdated,
    PollAnswer,
    ReactionType,
    ReactionTypeCustomEmoji,
    ReactionTypeEmoji,
    Update,
)

from adapters.telegram import ordinary, service, standing, wire
from adapters.telegram.chats import Chats
from adapters.telegram.commanded import Commanded
from adapters.telegram.keyboards import DISABLED
from adapters.telegram.names import author, chat_ref, member_ref, place_of
from adapters.telegram.notes import Notes
from adapters.telegram.presses import Presses
from bot.events import (
    ChoiceMade,
    Event,
    MessageEdited,
    PollVoted,
    Reacted,
)
from bot.refs import ChatRef

ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MESSAGE_REACTION,
    Update.POLL_ANSWER,
    Update.CHAT_MEMBER,
    Update.MY_CHAT_MEMBER,
]


class Inbound:
    """Translates; keeps nothing of its own."""

    def __init__(
        self,
        bot: Bot,
        chats: Chats,
        notes: Notes,
        presses: Presses,
        commands: Commanded,
        clock: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._chats = chats
        self._notes = notes
        self._presses = presses
        self._commands = commands
        self._clock = clock

    async def events(self, told: dict[str, Any]) -> Sequence[Event]:
        """What an update tells, in order; nothing for what is of no interest."""
        message = told.get("message")
        if message is not None:
            return await self._message(told, message)
        update = self._read(told)
        if update.edited_message is not None:
            return self._edited(update.update_id, update.edited_message)
        if update.callback_query is not None:
            return await self._pressed(update.callback_query)
        if update.message_reaction is not None:
            return await self._reacted(update.update_id, update.message_reaction)
        if update.poll_answer is not None:
            return await self._voted(update.update_id, update.poll_answer)
        if update.chat_member is not None:
            return standing.member_changed(self._chats, update.update_id, update.chat_member)
        if update.my_chat_member is not None:
            return standing.bot_changed(self._chats, update.update_id, update.my_chat_member)
        return ()

    async def _message(self, told: dict[str, Any], message: dict[str, Any]) -> Sequence[Event]:
        text = wire.content(message)
        if text is None:
            service_message = self._read(told).message
            return await service.events(self._chats, service_message) if service_message else ()
        if text.startswith("/"):
            command = self._read(told).message
            given = await self._commands.events(command, text) if command else None
            if given is not None:
                return given
        said = await ordinary.events(self._chats, wire.read(message))
        for event in said:
            self._notes.heard(event.chat, event.message)
        return said

    def _read(self, told: dict[str, Any]) -> Update:
        return Update.de_json(told, self._bot)

    def _edited(self, update_id: int, message: Message) -> Sequence[Event]:
        user = author(message)
        if user is None or message.edit_date is None:
            return ()
        return (
            MessageEdited(
                id=f"t:e:{message.chat.id}:{message.message_id}:{update_id}",
                at=message.edit_date,
                chat=place_of(message),
                member=member_ref(user),
                name=user.full_name,
                message=str(message.message_id),
                text=message.text or message.caption or "",
            ),
        )

    async def _pressed(self, query: CallbackQuery) -> Sequence[Event]:
        message, user = query.message, query.from_user
        if message is None or not query.data:
            return ()
        group = message.chat.type != "private"
        if isinstance(message, Message):
            chat = place_of(message)
        else:  # too old for Telegram to show it to the bot
            chat = await self._place(chat_ref(message.chat), str(message.message_id))
        answer = self._presses.opened(query.id, chat)
        if query.data == DISABLED:
            self._presses.dismiss(query.id)
            return ()
        return (
            ChoiceMade(
                id=f"t:c:{query.id}",
                at=self._clock(),
                chat=chat,
                member=member_ref(user),
                name=user.full_name,
                answer=answer,
                moderator=group and await self._chats.is_admin(message.chat.id, user.id),
                language=user.language_code or "",
                choice=query.data,
                message=str(message.message_id),
            ),
        )

    async def _reacted(self, update_id: int, told: MessageReactionUpdated) -> Sequence[Event]:
        user = told.user
        if user is None or user.is_bot:
            return ()
        chat = await self._place(chat_ref(told.chat), str(told.message_id))
        old, new = _emojis(told.old_reaction), _emojis(told.new_reaction)
        changes = [(e, True) for e in new if e not in old]
        changes += [(e, False) for e in old if e not in new]
        group = told.chat.type != "private"
        moderator = group and await self._chats.is_admin(told.chat.id, user.id)
        return [
            Reacted(
                id=f"t:r:{update_id}:{'+' if added else '-'}{emoji}",
                at=told.date,
                chat=chat,
                member=member_ref(user),
                name=user.full_name,
                message=str(told.message_id),
                emoji=emoji,
                added=added,
                moderator=moderator,
            )
            for emoji, added in changes
        ]

    async def _place(self, chat: ChatRef, message: str) -> ChatRef:
        return chat if chat.private else await self._notes.place(chat, message)

    async def _voted(self, update_id: int, answer: PollAnswer) -> Sequence[Event]:
        stands = await self._notes.poll(answer.poll_id)
        if answer.user is None or stands is None:
            return ()
        return (
            PollVoted(
                id=f"t:v:{answer.poll_id}:{answer.user.id}:{update_id}",
                at=self._clock(),
                chat=stands.chat,
                member=member_ref(answer.user),
                name=answer.user.full_name,
                message=stands.id,
                options=tuple(answer.option_ids),
            ),
        )


def _emojis(reactions: Sequence[ReactionType]) -> list[str]:
    found = []
    for reaction in reactions:
        if isinstance(reaction, ReactionTypeEmoji):
            found.append(reaction.emoji)
        elif isinstance(reaction, ReactionTypeCustomEmoji):
            found.append(f"custom:{reaction.custom_emoji_id}")
    return found
