"""What the browser is shown, as plain data. All text stays text: the page never reads markup."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from adapters.local.model import (
    BOT,
    PRIVATE_LINK,
    Ballot,
    Message,
    Profile,
    Room,
    RoomKind,
    StoredFile,
)
from adapters.local.world import World
from bot.refs import ChatRef
from bot.text import Span, Text

View = dict[str, Any]
FILES = "/files"
QUOTE_LENGTH = 120
THREADS_SHOWN = 5


def milliseconds(moment: datetime) -> int:
    """How browsers count time."""
    return round(moment.timestamp() * 1000)


def initials(name: str) -> str:
    """Up to two letters for the avatar."""
    words = [word for word in name.split() if word[0].isalnum()] or [name.strip() or "?"]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


def person_view(person: Profile | None) -> View:
    """Who speaks; None is the bot."""
    if person is None:
        return {"id": BOT, "name": "Convive", "colour": "", "initials": "C", "bot": True}
    return {
        "id": person.id,
        "name": person.name,
        "colour": person.colour,
        "initials": initials(person.name),
        "bot": False,
    }


def message_view(world: World, message: Message, viewer: str) -> View:
    """One message as `viewer` sees it."""
    group = world.groups.get(message.chat.group)
    mine = message.author == viewer
    return {
        "id": message.id,
        "at": milliseconds(message.at),
        "author": person_view(world.people.get(message.author)),
        "spans": spans(message.text, viewer),
        "raw": str(message.text) if mine else "",
        "reply": _quote(world, message, viewer),
        "edited": message.edited is not None and message.author != BOT,
        "pinned": message.pinned,
        "note": bool(message.only_for),
        "under": message.asked.message if message.asked else "",
        "reactions": _reactions(world, message, viewer),
        "buttons": [
            [_button(b.label, b.id, b.url, b.look, b.disabled) for b in row]
            for row in message.buttons
        ],
        "menu": _menu(message),
        "poll": _poll(message.poll, viewer) if message.poll else None,
        "file": _file(message.file) if message.file else None,
        "thread": _thread(world, message) if message.thread else None,
        "cause": _cause(world, message),
        "mine": mine,
        "pinged": viewer in message.pings or _names(message, viewer),
        "deletable": mine or bool(group and viewer in group.moderators and not message.only_for),
    }


def spans(text: Text, viewer: str = "") -> list[View]:
    """The runs of a text, each with only the looks it has."""
    return [_span(span, viewer) for span in text.spans if span.text]


def room_view(world: World, chat: ChatRef, viewer: str) -> View:
    """The head of a conversation."""
    room = world.rooms[chat]
    group = world.groups.get(chat.group)
    parent = world.rooms.get(chat.in_room(room.parent)) if room.kind is RoomKind.THREAD else None
    pins = world.pins(chat)
    root = world.messages.get(room.root)
    if root and not root.visible_to(viewer):
        root = None
    return {
        "chat": str(chat),
        "title": room.title,
        "kind": room.kind.value,
        "group": group.title if group else "",
        "zone": group.zone if group else "UTC",
        "root": message_view(world, root, viewer) if root else None,
        "members": len(group.members) if group else 0,
        "parent": {"chat": str(parent.chat), "title": parent.title} if parent else None,
        "pin": {"id": pins[-1].id, "text": _excerpt(pins[-1])} if pins else None,
    }


def tree_view(world: World, viewer: str, here: ChatRef | None) -> list[View]:
    """The groups that a person is in, with rooms and the threads that were busy last."""
    return [
        {
            "id": group.id,
            "title": group.title,
            "rooms": [
                _room_line(world, room, viewer)
                | {"threads": _threads(world, room.chat, viewer, here)}
                for room in world.rooms_of(group.id)
            ],
        }
        for group in world.groups.values()
        if viewer in group.members
    ]


def people_view(world: World) -> list[View]:
    """Everybody one can be, by name."""
    carers = {person for group in world.groups.values() for person in group.moderators}
    people = sorted(world.people.values(), key=lambda person: person.name.casefold())
    return [person_view(person) | {"moderator": person.id in carers} for person in people]


def _room_line(world: World, room: Room, viewer: str) -> View:
    return {
        "chat": str(room.chat),
        "title": room.title,
        "unread": world.unread(viewer, room.chat),
    }


def _threads(world: World, chat: ChatRef, viewer: str, here: ChatRef | None) -> list[View]:
    def freshness(room: Room) -> int:
        last = world.timeline.get(room.chat)
        return int(last[-1]) if last else int(room.root or 0)

    ranked = sorted(world.threads_of(chat), key=freshness, reverse=True)
    shown = [t for i, t in enumerate(ranked) if i < THREADS_SHOWN or t.chat == here]
    return [_room_line(world, thread, viewer) for thread in shown]


def _span(span: Span, viewer: str) -> View:
    looks: View = {"t": span.text}
    for name in ("bold", "italic", "code", "quote"):
        if getattr(span, name):
            looks[name] = True
    if span.url:
        looks |= _address(span.url)
    if span.member:
        looks["member"] = "me" if span.member.id == viewer else "other"
    return looks


def _quote(world: World, message: Message, viewer: str) -> View | None:
    if message.reply_to is None or message.only_for:
        return None
    quoted = world.messages.get(message.reply_to)
    if quoted is None or not quoted.visible_to(viewer):
        return {"id": "", "name": "", "text": ""}
    name = person_view(world.people.get(quoted.author))["name"]
    return {"id": quoted.id, "name": name, "text": _excerpt(quoted)}


def _excerpt(message: Message) -> str:
    text = str(message.text) or (message.poll.question if message.poll else "")
    text = " ".join((text or (message.file.name if message.file else "")).split())
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1] + "…"


def _reactions(world: World, message: Message, viewer: str) -> list[View]:
    return [
        {
            "emoji": emoji,
            "n": len(who),
            "mine": viewer in who,
            "who": ", ".join(person_view(world.people.get(p))["name"] for p in who[:12]),
        }
        for emoji, who in message.reactions.items()
    ]


def _button(label: str, key: str, url: str, look: str, disabled: bool) -> View:
    shown = {"label": label, "id": key, "look": str(look), "disabled": disabled}
    return shown | _address(url)


def _address(url: str) -> View:
    """Where a link leads: out of the page, or into the private conversation."""
    if url.startswith(PRIVATE_LINK):
        return {"private": url}
    return {"url": url} if url.startswith(("https://", "http://")) else {}


def _menu(message: Message) -> View | None:
    if message.menu is None:
        return None
    options = [
        {"label": o.label, "id": o.id, "description": o.description} for o in message.menu.options
    ]
    return {"placeholder": message.menu.placeholder, "options": options}


def _poll(ballot: Ballot, viewer: str) -> View:
    mine = ballot.votes.get(viewer, ())
    return {
        "question": ballot.question,
        "multiple": ballot.multiple,
        "closes": milliseconds(ballot.closes),
        "voters": len(ballot.votes),
        "options": [
            {"text": text, "n": sum(i in v for v in ballot.votes.values()), "mine": i in mine}
            for i, text in enumerate(ballot.options)
        ],
    }


def _file(file: StoredFile) -> View:
    return {
        "url": f"{FILES}/{file.id}/{quote(file.name, safe='')}",
        "name": file.name,
        "alt": file.alt or file.name,
        "image": file.image,
    }


def _thread(world: World, message: Message) -> View:
    chat = message.chat.in_room(message.thread)
    said = [world.messages[key] for key in world.timeline.get(chat, [])]
    replies = [m for m in said if not m.deleted and not m.only_for and m.author != BOT]
    faces = list(dict.fromkeys(m.author for m in reversed(replies)))[:3]
    return {
        "chat": str(chat),
        "title": world.rooms[chat].title,
        "n": len(replies),
        "last": milliseconds(replies[-1].at) if replies else 0,
        "faces": [person_view(world.people.get(face)) for face in faces],
    }


def _cause(world: World, message: Message) -> View | None:
    if message.cause is None or message.cause.person not in world.people:
        return None
    name = world.people[message.cause.person].name
    return {"name": name, "command": f"/{message.cause.command}"}


def _names(message: Message, viewer: str) -> bool:
    return message.author != BOT and any(m.id == viewer for m in message.text.mentions)
