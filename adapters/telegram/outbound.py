"""From effects to calls of the Bot API."""

from typing import Any

from telegram import Bot, ReactionTypeEmoji

from adapters.telegram.chats import Chats, Right
from adapters.telegram.errors import NothingToDo, mapped
from adapters.telegram.keyboards import keyboard
from adapters.telegram.names import chat_id
from adapters.telegram.notes import Notes
from adapters.telegram.presses import POPUP_LIMIT, Presses
from adapters.telegram.richtext import render
from adapters.telegram.sending import Sending
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
from bot.fallback import fits_popup
from bot.ports import Rejected, Unreachable
from bot.refs import MessageRef

_EMOJI_VARIANT = "\ufe0f"  # Telegram names its reactions without it
_NEAREST = {"✅": "🏆"}  # what is none of Telegram's reactions, and the one that says the same


class Outbound:
    """Carries effects out."""

    def __init__(self, bot: Bot, chats: Chats, notes: Notes, presses: Presses) -> None:
        self._bot = bot
        self._chats = chats
        self._presses = presses
        self.sending = Sending(bot, chats, notes)

    async def perform(self, effect: AnyEffect) -> MessageRef | None:
        """One effect; raises the errors of `bot.ports`, or ChatMigrated."""
        try:
            return await self._perform(effect)
        except NothingToDo:
            return None

    async def _perform(self, effect: AnyEffect) -> MessageRef | None:
        if isinstance(effect, Post | Edit) and effect.answering:
            self._presses.shown(effect.answering)
        match effect:
            case Post():
                return await self.sending.post(effect)
            case Poll():
                return await self.sending.poll(effect)
            case OpenThread():
                return await self.sending.open_thread(effect)
            case Whisper():
                return await self._whisper(effect)
            case Edit():
                return await self._edit(effect)
            case Delete() | Pin() | React():
                await self._touch(effect)
                return None
            case AskForm() | GrantRole():
                raise Rejected(f"Telegram has nothing for {type(effect).__name__}")

    async def _whisper(self, effect: Whisper) -> MessageRef | None:
        """A pop-up where that is enough, and not too late; else a message where it may be read."""
        fits = fits_popup(effect, POPUP_LIMIT)
        if fits and await self._presses.popup(effect.answering, str(effect.text)):
            return None
        self._presses.shown(effect.answering)
        pressed = self._presses.place(effect.answering) if effect.public_ok else None
        post = Post(
            chat=pressed or effect.to.private_chat,
            text=effect.text,
            buttons=effect.buttons,
            menu=effect.menu,
            attachment=effect.attachment,
            urgency=effect.urgency,
            pings=effect.pings,
            reply_to=effect.reply_to if pressed else None,
        )
        return await self.sending.post(post)

    async def _edit(self, effect: Edit) -> MessageRef:
        message = _named(effect.message)
        target: dict[str, Any] = {
            "chat_id": chat_id(message.chat),
            "message_id": int(message.id),
            "reply_markup": keyboard(effect.buttons, effect.menu),
        }
        plain, entities = render(effect.text, effect.pings)
        words = {"text": plain, "entities": entities} | target
        try:
            await mapped(self._bot.edit_message_text(**words), repeatable=True)
        except Rejected as error:
            if "no text in the message" not in str(error):
                raise
            words = {"caption": plain, "caption_entities": entities} | target
            await mapped(self._bot.edit_message_caption(**words), repeatable=True)
        return message

    async def _touch(self, effect: Delete | Pin | React) -> None:
        message = _named(effect.message)
        chat, number = chat_id(message.chat), int(message.id)
        match effect:
            case Delete():
                call = self._bot.delete_message(chat, number)
            case Pin(unpin=True):
                call = self._bot.unpin_chat_message(chat, number)
            case Pin():
                call = self._bot.pin_chat_message(chat, number, disable_notification=True)
            case React():
                bare = effect.emoji.replace(_EMOJI_VARIANT, "")
                emoji = ReactionTypeEmoji(_NEAREST.get(bare, bare))
                call = self._bot.set_message_reaction(chat, number, [emoji])
        try:
            await mapped(call, repeatable=True)
        except Unreachable:
            if isinstance(effect, Pin):
                self._chats.get(chat).rights.discard(Right.PINS)  # the next time nobody asks
            raise


def _named(message: MessageRef | None) -> MessageRef:
    if message is None:
        raise Rejected("the effect names no message")
    return message
