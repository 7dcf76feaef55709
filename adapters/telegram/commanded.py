"""Commands in messages, and the opening of a private conversation."""

from collections.abc import Sequence

import structlog
from telegram import Document, Message, MessageEntity, PhotoSize, User
from telegram.error import TelegramError

from adapters.telegram import wire
from adapters.telegram.chats import Chats
from adapters.telegram.names import answered, chat_ref, member_ref, place_of, writer
from adapters.telegram.typed import CommandTable, Typed, named_people, resolved
from bot.commands import Command, Kind
from bot.events import About, CommandGiven, Event, File, Opened

log = structlog.get_logger(__name__)

FILE_LIMIT = 2**20


class Commanded:
    """Reads what begins with "/"."""

    def __init__(self, chats: Chats, commands: Sequence[Command], bot_name: str) -> None:
        self._chats = chats
        self._table = CommandTable(commands)
        self._bot_name = bot_name

    async def events(self, message: Message, text: str) -> Sequence[Event] | None:
        """The command in a message; None if it is ordinary talk or meant for another bot."""
        typed = self._table.read(text, self._bot_name)
        private = message.chat.type == "private"
        user = message.from_user
        if typed is None or user is None:
            return None
        if private and typed.path == "start":
            return (self._opened(message, user, typed.rest),)
        # A group may have other bots: an unknown command is ours only if it says so.
        if typed.command is None and not (typed.addressed or private):
            return None
        disguised = message.sender_chat is not None and message.sender_chat.id == message.chat.id
        if user.is_bot and not disguised:
            return None
        self._chats.saw(user)
        moderator = disguised or (
            not private and await self._chats.is_admin(message.chat.id, user.id)
        )
        return (await self._given(message, typed, text, user, moderator),)

    def _opened(self, message: Message, user: User, payload: str) -> Opened:
        return Opened(
            id=message_id(message),
            at=message.date,
            chat=chat_ref(message.chat),
            member=member_ref(user),
            name=user.full_name,
            language=user.language_code or "",
            payload=payload,
        )

    async def _given(
        self, message: Message, typed: Typed, text: str, user: User, moderator: bool
    ) -> CommandGiven:
        place = place_of(message)
        named = named_people(text, message.entities or message.caption_entities)
        topics = self._chats.get(message.chat.id).topics
        rooms = {name.casefold(): place.in_room(str(topic)) for topic, name in topics.items()}
        return CommandGiven(
            id=message_id(message),
            at=message.date,
            chat=place,
            member=member_ref(user),
            name=user.full_name,
            moderator=moderator,
            language=user.language_code or "",
            path=typed.path,
            args=resolved(typed, named, self._chats.id_of, rooms),
            line=typed.rest,
            files=await self._files(message, typed.command),
            message=str(message.message_id),
            about=self._about(message),
            unknown=typed.command is None,
        )

    def _about(self, message: Message) -> About | None:
        """The message that a command answers."""
        on = answered(message)
        if on is None:
            return None
        alias, user = on.sender_chat, on.from_user
        name = alias.title if alias else user.full_name if user else ""
        return About(
            message=str(on.message_id),
            author=writer(on, self._chats.bot_id),
            name=name or "",
            text=on.text or on.caption or (on.poll.question if on.poll else ""),
            at=on.date,
        )

    async def _files(self, message: Message, command: Command | None) -> dict[str, File]:
        wanted = [p.name for p in command.params if p.kind is Kind.FILE] if command else []
        given = _attached(message)
        if given is None and message.reply_to_message is not None:
            given = _attached(message.reply_to_message)
        if not wanted or given is None:
            return {}
        file = await _fetched(given)
        return {wanted[0]: file} if file is not None else {}


def _attached(message: Message) -> Document | PhotoSize | None:
    """A file, or a picture in its largest size."""
    return message.document or (message.photo[-1] if message.photo else None)


async def _fetched(given: Document | PhotoSize) -> File | None:
    if (given.file_size or 0) > FILE_LIMIT:
        return None
    try:
        data = await (await given.get_file()).download_as_bytearray()
    except TelegramError as error:
        log.warning("file_not_fetched", error=error.message)
        return None
    name = given.file_name if isinstance(given, Document) else "picture.jpg"
    return File(name or "file", bytes(data))


def message_id(message: Message | wire.Message) -> str:
    """The event id of a message that was written."""
    return f"t:m:{message.chat.id}:{message.message_id}"


def covered(text: str, entity: MessageEntity | wire.Entity) -> str:
    """The part of a text that an entity stands for; offsets count UTF-16 code units."""
    raw = text.encode("utf-16-le")[entity.offset * 2 : (entity.offset + entity.length) * 2]
    return raw.decode("utf-16-le")
