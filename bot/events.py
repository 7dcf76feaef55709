"""What can happen. Events are frozen and carry the platform's own moment and a stable id.

An id names the fact, not the delivery: the same fact told twice has the same id, and the
engine refuses it the second time. Form: `<platform letter(s)>:<kind>:<native ids>`.
"""

from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct

from bot.refs import ChatRef, MemberRef

A = TypeVar("A", bound="Answerable")


class File(Struct, frozen=True):
    """A file that a person gave with a command, already fetched (at most 1 MiB)."""

    name: str
    data: bytes


class About(Struct, frozen=True):
    """A message that a command was given on; `author` is None if the bot wrote it.

    `text` is empty where the bot may not read.
    """

    message: str
    author: MemberRef | None = None
    name: str = ""
    text: str = ""
    at: datetime | None = None


class Event(Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The part that every event has. `at` is aware, in UTC."""

    id: str
    at: datetime
    chat: ChatRef


class FromMember(Event, frozen=True, kw_only=True):
    """An event that somebody caused. `name` is the display name, as the platform gave it."""

    member: MemberRef
    name: str = ""


class Answerable(FromMember, frozen=True, kw_only=True):
    """An event whose author waits for an answer.

    `answer` is the adapter's own handle for answering exactly this (an interaction, a press);
    it goes back unread in `Post.answering`, `Whisper.answering` and `AskForm.answering`.
    `language` is that of the person's own client, if the platform tells it.
    """

    answer: str = ""
    moderator: bool = False
    language: str = ""


def retold(event: Answerable, kind: type[A], what: str, **values: Any) -> A:
    """What somebody did, understood as another event: they still wait for the same answer. `what`
    ends its id, `values` are the fields that only this kind has."""
    same = {name: getattr(event, name) for name in Answerable.__struct_fields__}
    return kind(**same | {"id": f"{event.id}:{what}"} | values)


class MessagePosted(FromMember, frozen=True, kw_only=True):
    """Somebody wrote. `text` is empty where the bot may not read.

    `reply_to` is the message answered, `reply_to_member` its author (None if it is the bot).
    """

    message: str
    text: str = ""
    reply_to: str | None = None
    reply_to_member: MemberRef | None = None
    mentions: tuple[MemberRef, ...] = ()
    has_media: bool = False


class MessageEdited(FromMember, frozen=True, kw_only=True):
    """Somebody changed a message of theirs."""

    message: str
    text: str = ""


class MessageDeleted(Event, frozen=True, kw_only=True):
    """A message is gone; by whom is not known everywhere."""

    message: str


class Reacted(FromMember, frozen=True, kw_only=True):
    """Somebody put a reaction on a message, or took it away (`added` false).

    `moderator`: known to look after the group; Discord does not tell who takes one away.
    """

    message: str
    emoji: str
    added: bool = True
    moderator: bool = False


class ChoiceMade(Answerable, frozen=True, kw_only=True):
    """Somebody pressed a button or picked from a menu; `choice` is the id the feature gave."""

    choice: str
    message: str = ""


class FormSubmitted(Answerable, frozen=True, kw_only=True):
    """Somebody filled a form; `arg` is what the feature put into `AskForm.arg`."""

    form: str
    arg: str = ""
    values: dict[str, str] = {}


class PollVoted(FromMember, frozen=True, kw_only=True):
    """Somebody's choice in a native poll, whole: an empty tuple means that it was taken back."""

    message: str
    options: tuple[int, ...] = ()


class MemberJoined(FromMember, frozen=True, kw_only=True):
    """Somebody entered the group. `known` means: was found there, not seen entering."""

    known: bool = False
    is_bot: bool = False


class MemberLeft(FromMember, frozen=True, kw_only=True):
    """Somebody left the group, or was removed."""


class CommandGiven(Answerable, frozen=True, kw_only=True):
    """A command. Adapters with typed options fill `args`; the others give the rest in `line`.

    `path` is the command's declared path ("prompt add"). `unknown` marks a command that nobody
    declared, with what was typed in `line`. `about` is the message that it was given on: from that
    message's menu, or by answering it with the command.
    """

    path: str
    args: dict[str, str] = {}
    line: str = ""
    files: dict[str, File] = {}
    message: str = ""
    about: About | None = None
    unknown: bool = False


class Opened(Answerable, frozen=True, kw_only=True):
    """Somebody opened the private conversation (by a deep link with `payload`)."""

    payload: str = ""


class ChatAdded(Event, frozen=True, kw_only=True):
    """The bot is in a group: newly, or again after a restart. `by` is who brought it."""

    title: str = ""
    by: MemberRef | None = None
    language: str = ""
    new: bool = False


class ChatMoved(Event, frozen=True, kw_only=True):
    """The platform gave the group a new id; `chat` is the old place."""

    to: ChatRef


class ChatRemoved(Event, frozen=True, kw_only=True):
    """The bot was removed from a group."""


class Due(Event, frozen=True, kw_only=True):
    """A moment that a feature asked for has come; the id is that of the slot.

    `at` is now, `due_at` when it should have come: between them lies an outage, or nothing.
    """

    key: str
    kind: str
    arg: str = ""
    due_at: datetime


class Undelivered(Event, frozen=True, kw_only=True):
    """An effect that was given up. `name` is that of the post, `effect` its stored form.

    `reason` is one of "gone" (chat or person closed), "refused" (by the platform, our fault),
    "doubt" (may have arrived, not repeated), "stale", "paused", "consent".
    """

    feature: str
    reason: str
    effect: str
    name: str = ""
    detail: str = ""


class HistoryRead(Answerable, frozen=True, kw_only=True):
    """A stretch of a room's past that a feature asked for, newest first; `error` says why not.

    The messages have the ids that they had (or would have had) live. An empty stretch without
    an error is the beginning of the room. It follows from a request; no adapter makes it.
    """

    feature: str
    arg: str = ""
    messages: tuple[MessagePosted, ...] = ()
    error: str = ""


class GroupReady(Event, frozen=True, kw_only=True):
    """A moderator set the group up: features bring what they give to a new group.

    It follows from another event; no adapter makes it.
    """

    community: int
    language: str


class CommunityChanged(Event, frozen=True, kw_only=True):
    """The group became a part of another community (or of one of its own).

    `emptied`: no group is left in the old one. It follows from another event.
    """

    group_id: int
    before: int
    after: int
    emptied: bool


AnyEvent = (
    MessagePosted
    | MessageEdited
    | MessageDeleted
    | Reacted
    | ChoiceMade
    | FormSubmitted
    | PollVoted
    | MemberJoined
    | MemberLeft
    | CommandGiven
    | Opened
    | ChatAdded
    | ChatMoved
    | ChatRemoved
    | Due
    | Undelivered
)
