"""What the bot does in a world: one small function for each effect."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from adapters.local.asking import read_handle
from adapters.local.model import (
    BOT,
    Ballot,
    Cause,
    Message,
    OpenForm,
    Refused,
    Room,
    RoomKind,
)
from adapters.local.world import World
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
from bot.ports import Rejected
from bot.refs import ChatRef, MessageRef
from bot.text import Text


def carry_out(world: World, effect: AnyEffect, token: str) -> MessageRef | None:
    """Changes the world as the effect asks; raises Refused where the bot can't go."""
    with world.change():
        return _ACTS[type(effect)](world, effect, token)


def _post(world: World, effect: Post, token: str) -> MessageRef:
    return _add(world, effect, effect.chat, token)


def _poll(world: World, effect: Poll, token: str) -> MessageRef:
    closes = world.now() + timedelta(hours=effect.hours)
    ballot = Ballot(effect.question, effect.options, effect.multiple, closes)
    _open_room(world, effect.chat)
    message = Message(
        id=str(world.next()),
        chat=effect.chat,
        author=BOT,
        at=world.now(),
        text=Text(),
        poll=ballot,
        token=token,
    )
    world.put(message)
    return message.ref


def _whisper(world: World, effect: Whisper, token: str) -> MessageRef:
    """A note in the room for who asked there; otherwise the private conversation."""
    person = world.people.get(effect.to.id)
    if person is None:
        raise Refused(f"nobody is called {effect.to.id}")
    asked = read_handle(effect.answering)
    if asked and effect.edits_choice and asked.message:
        old = world.messages.get(asked.message)
        if old and (old.only_for == person.id or old.chat.private) and not old.deleted:
            return _change(world, old, effect)
    if asked and not effect.chat.private:
        return _add(world, effect, effect.chat, token, only_for=person.id)
    return _add(world, effect, person.ref.private_chat, token)


def _add(
    world: World, effect: Post | Whisper, chat: ChatRef, token: str, only_for: str = ""
) -> MessageRef:
    _open_room(world, chat)
    if chat.private and world.people[chat.room].closed:
        raise Refused(f"{chat.room} can't be written to in private")
    asked = read_handle(effect.answering)
    message = Message(
        id=str(world.next()),
        chat=chat,
        author=BOT,
        at=world.now(),
        text=effect.text,
        reply_to=effect.reply_to,
        buttons=effect.buttons,
        menu=effect.menu,
        file=world.store_file(effect.attachment) if effect.attachment else None,
        only_for=only_for,
        asked=asked if only_for else None,
        pings=tuple(member.id for member in effect.pings),
        cause=Cause(asked.person, asked.command) if asked and asked.command else None,
        token=token,
    )
    world.put(message)
    return message.ref


def _edit(world: World, effect: Edit, token: str) -> MessageRef:
    return _change(world, _find(world, effect.message), effect)


def _change(world: World, old: Message, effect: Edit | Whisper) -> MessageRef:
    world.put(
        replace(old, text=effect.text, buttons=effect.buttons, menu=effect.menu, edited=world.now())
    )
    return old.ref


def _delete(world: World, effect: Delete, token: str) -> None:
    gone = effect.message and world.messages.get(effect.message.id)
    if gone and gone.deleted:
        return
    old = _find(world, effect.message)
    if old.author != BOT:
        raise Rejected("the bot takes only its own messages away")
    world.put(replace(old, text=Text(), deleted=True))


def _react(world: World, effect: React, token: str) -> None:
    old = _find(world, effect.message)
    who = old.reactions.get(effect.emoji, ())
    if BOT not in who:
        world.put(replace(old, reactions={**old.reactions, effect.emoji: (*who, BOT)}))


def _ask(world: World, effect: AskForm, token: str) -> None:
    if effect.to.id not in world.people:
        raise Refused(f"nobody is called {effect.to.id}")
    asked = read_handle(effect.answering)
    world.put(OpenForm(token, effect.to.id, effect.chat, effect.form, effect.arg, asked))


def _thread(world: World, effect: OpenThread, token: str) -> MessageRef:
    """One thread a message, however often it is asked for."""
    _open_room(world, effect.chat)
    root = _find(world, effect.message) if effect.message else None
    key = f"t{root.id}" if root else f"t-{token}"
    chat = effect.chat.in_room(key)
    if chat not in world.rooms:
        world.put(
            Room(
                chat=chat,
                title=effect.title,
                kind=RoomKind.THREAD,
                parent=effect.chat.room,
                root=root.id if root else "",
            )
        )
        if root:
            world.put(replace(root, thread=key))
    return MessageRef(chat, root.id if root else key)


def _role(world: World, effect: GrantRole, token: str) -> None:
    _open_room(world, effect.chat)
    group = world.groups[effect.chat.group]
    if effect.to.id not in group.members:
        raise Refused(f"{effect.to.id} is not in {group.id}")
    others = tuple(p for p in group.roles.get(effect.role, ()) if p != effect.to.id)
    bearers = others if effect.take else (*others, effect.to.id)
    world.put(replace(group, roles={**group.roles, effect.role: bearers}))


def _pin(world: World, effect: Pin, token: str) -> None:
    world.put(replace(_find(world, effect.message), pinned=not effect.unpin))


def _find(world: World, ref: MessageRef | None) -> Message:
    if ref is None:
        raise Rejected("no message was named")
    found = world.messages.get(ref.id)
    if found is None or found.deleted:
        raise Refused(f"message {ref.id} is gone")
    _open_room(world, found.chat)
    return found


def _open_room(world: World, chat: ChatRef) -> None:
    room = world.rooms.get(chat)
    if room is None or room.closed:
        raise Refused(f"{chat} is gone or closed to the bot")
    if chat.group and not world.groups[chat.group].has_bot:
        raise Refused(f"the bot is not in {chat.group}")


# Each function takes exactly the effect it stands beside, which a dict's type can't say.
_ACTS: dict[type, Callable[[World, Any, str], MessageRef | None]] = {
    Post: _post,
    Poll: _poll,
    Whisper: _whisper,
    Edit: _edit,
    Delete: _delete,
    React: _react,
    AskForm: _ask,
    OpenThread: _thread,
    GrantRole: _role,
    Pin: _pin,
}
