"""New messages: texts, pictures, files, polls and forum topics."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import structlog
from telegram import Bot, ForceReply, InputFile, Message, MessageEntity, ReplyParameters, User
from telegram.error import TelegramError

from adapters.telegram.chats import Chats, Right
from adapters.telegram.errors import TopicGone, mapped
from adapters.telegram.keyboards import keyboard
from adapters.telegram.names import chat_id, message_ref, thread_id
from adapters.telegram.notes import Notes
from adapters.telegram.richtext import CAPTION_LIMIT, TEXT_LIMIT, render, utf16
from bot.commands import N_
from bot.effects import Attachment, OpenThread, Poll, Post, Urgency
from bot.fallback import split_text
from bot.i18n import Words
from bot.ports import InDoubt, Rejected, TryLater, Unreachable
from bot.refs import ChatRef, MemberRef, MessageRef
from bot.text import Text

log = structlog.get_logger(__name__)

TITLE_LIMIT = 128
LONGEST_POLL_HOURS = 730
TOPIC_GONE = N_("The topic for this is closed or gone, so it comes here.")
PEN = "✍️"

Call = tuple[Callable[..., Coroutine[Any, Any, Message]], dict[str, Any]]
Send = Callable[[ChatRef, Text], Awaitable[MessageRef]]


class Sending:
    """Sends what is new."""

    def __init__(self, bot: Bot, chats: Chats, notes: Notes) -> None:
        self._bot = bot
        self._chats = chats
        self._notes = notes

    async def post(self, effect: Post) -> MessageRef:
        """A message; the one with the buttons, if it takes several."""

        async def send(chat: ChatRef, text: Text) -> MessageRef:
            return await self._kept(await _in_turn(self._calls(effect, chat, text)))

        sent = await self._where_open(effect.chat, effect.text, send)
        if effect.expects_reply_of is not None and not self._chats.reads(effect.chat):
            await self._open_reply(sent, effect.expects_reply_of)
        return sent

    async def poll(self, effect: Poll) -> MessageRef:
        """A poll whose votes are told to the bot."""

        async def send(chat: ChatRef, remark: Text) -> MessageRef:
            poll = {
                "question": effect.question,
                "options": list(effect.options),
                "is_anonymous": False,
                "allows_multiple_answers": effect.multiple,
                "open_period": min(effect.hours, LONGEST_POLL_HOURS) * 3600,
            }
            target = _target(chat, effect.urgency)
            calls: list[Call] = [(self._bot.send_poll, target | poll)]
            if remark:
                calls.insert(0, (self._bot.send_message, target | {"text": str(remark)}))
            sent = await _in_turn(calls)
            if sent.poll is not None:
                await self._notes.keep_poll(sent.poll.id, message_ref(sent))
            return await self._kept(sent)

        return await self._where_open(effect.chat, Text(), send)

    async def open_thread(self, effect: OpenThread) -> MessageRef:
        """A forum topic that begins with a copy of the message it belongs to."""
        group = chat_id(effect.chat)
        try:
            topic = await mapped(self._bot.create_forum_topic(group, effect.title[:TITLE_LIMIT]))
        except (Unreachable, Rejected):
            self._chats.get(group).rights.discard(Right.TOPICS)  # the next time nobody asks
            raise
        room = effect.chat.in_room(str(topic.message_thread_id))
        if effect.message is not None:
            await self._copy(effect.message, room)
        return MessageRef(room, room.room)

    async def _where_open(self, chat: ChatRef, text: Text, send: Send) -> MessageRef:
        """Sends into the topic; or into the group, saying so, if the topic is closed or gone."""
        try:
            return await send(chat, text)
        except TopicGone as error:
            log.warning("topic_gone", chat=str(chat), error=str(error))
            await self._chats.topic_gone(chat_id(chat), thread_id(chat) or 0)
            remark = Words(self._chats.get(chat_id(chat)).language).plain(TOPIC_GONE)
            return await send(chat.in_room(""), Text.of(remark, "\n\n" if text else "", text))

    async def _copy(self, message: MessageRef, room: ChatRef) -> None:
        group = chat_id(room)
        try:
            await self._bot.copy_message(
                group, group, int(message.id), message_thread_id=thread_id(room)
            )
        except TelegramError as error:  # the topic stands; its title says what it is about
            log.warning("topic_without_opener", chat=str(room), error=error.message)

    def _calls(self, effect: Post, chat: ChatRef, text: Text) -> list[Call]:
        """What to call in turn, usually one thing: the first replies, the last has the buttons."""
        answerer = effect.expects_reply_of
        pings = (*effect.pings, answerer) if answerer is not None else effect.pings
        calls = self._contents(text, effect.attachment, pings)
        for index, (_, arguments) in enumerate(calls):
            arguments.update(_target(chat, effect.urgency, None if index else effect.reply_to))
        calls[-1][1]["reply_markup"] = self._markup(effect)
        return calls

    def _contents(
        self, text: Text, file: Attachment | None, pings: Sequence[MemberRef]
    ) -> list[Call]:
        plain, entities = render(text, pings)
        if file is not None and utf16(plain) <= CAPTION_LIMIT:
            return [self._upload(file, plain, entities)]
        before = [self._upload(file, "", ())] if file is not None else []
        if utf16(plain) <= TEXT_LIMIT:
            return [*before, (self._bot.send_message, {"text": plain, "entities": entities})]
        pieces = [render(piece, pings) for piece in split_text(text, TEXT_LIMIT // 2)]
        return [*before, *((self._bot.send_message, {"text": t, "entities": e}) for t, e in pieces)]

    def _upload(self, file: Attachment, caption: str, entities: Sequence[MessageEntity]) -> Call:
        data = InputFile(file.data, filename=file.name)
        words = {"caption": caption or None, "caption_entities": entities or None}
        if file.is_image:
            return self._bot.send_photo, {"photo": data} | words
        return self._bot.send_document, {"document": data} | words

    def _markup(self, effect: Post) -> Any:
        found = keyboard(effect.buttons, effect.menu)
        if found is None and effect.expects_reply_of is not None and self._chats.reads(effect.chat):
            return ForceReply(selective=True)
        return found

    async def _open_reply(self, sent: MessageRef, to: MemberRef) -> None:
        """Opens the reply field of this person: in privacy mode only a reply reaches the bot.

        A message can't have that and buttons at once, hence this second one.
        """
        who = User(int(to.id), PEN, is_bot=False)
        entity = MessageEntity(MessageEntity.TEXT_MENTION, 0, utf16(PEN), user=who)
        try:
            await self._bot.send_message(
                **_target(sent.chat, Urgency.ANSWER),
                text=PEN,
                entities=[entity],
                reply_markup=ForceReply(selective=True),
            )
        except TelegramError as error:  # the question stands and can be replied to by hand
            log.warning("reply_not_opened", chat=str(sent.chat), error=error.message)

    async def _kept(self, sent: Message) -> MessageRef:
        ref = message_ref(sent)
        await self._notes.keep_place(ref)
        return ref


def _target(chat: ChatRef, urgency: Urgency, reply_to: str | None = None) -> dict[str, Any]:
    target: dict[str, Any] = {"chat_id": chat_id(chat), "message_thread_id": thread_id(chat)}
    if urgency is Urgency.BULK:
        target["disable_notification"] = True
    if reply_to:
        target["reply_parameters"] = ReplyParameters(
            int(reply_to), allow_sending_without_reply=True
        )
    return target


async def _in_turn(calls: Sequence[Call]) -> Message:
    """Makes all calls; once the first arrived, "nothing was sent" is no longer true."""
    first, arguments = calls[0]
    sent = await mapped(first(**arguments))
    for call, arguments in calls[1:]:
        try:
            sent = await _patiently(call, arguments)
        except (TryLater, Unreachable, Rejected) as error:
            raise InDoubt(f"only a part arrived: {error}") from error
    return sent


async def _patiently(call: Callable[..., Coroutine[Any, Any, Message]], arguments: Any) -> Message:
    try:
        return await mapped(call(**arguments))
    except TryLater as error:
        await asyncio.sleep(error.after.total_seconds())
        return await mapped(call(**arguments))
