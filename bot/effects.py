"""What may be asked for. Effects are data: frozen, with a JSON round trip.

A feature names its posts ("prompt:7:2026-11-22T09:00"); the store keeps which message a name
became, and the courier fills in `message`, `thread` and the like just before delivery.
"""

from datetime import datetime
from enum import IntEnum, StrEnum

import msgspec
from msgspec import Struct

from bot.commands import Form
from bot.refs import ChatRef, MemberRef, MessageRef
from bot.text import Text

CHOICE_ID_BYTES = 32


class Urgency(IntEnum):
    """Who goes first in the same chat."""

    ANSWER = 0
    SCHEDULED = 1
    BULK = 2


class OnDoubt(StrEnum):
    """What to do when nobody can know whether a send arrived."""

    SKIP = "skip"
    RESEND = "resend"


class Look(StrEnum):
    """How much a button should draw the eye."""

    PLAIN = "plain"
    MAIN = "main"
    DANGER = "danger"


class Button(Struct, frozen=True, omit_defaults=True):
    """Something to press: it comes back as `ChoiceMade(choice=id)`, or opens `url`.

    `id` is ASCII, at most 32 bytes, `<feature>.<what>[:<arg>]`. `disabled` ones only show.
    """

    label: str
    id: str = ""
    url: str = ""
    look: Look = Look.PLAIN
    disabled: bool = False

    def __post_init__(self) -> None:
        if len(self.id.encode("ascii")) > CHOICE_ID_BYTES:
            raise ValueError(f"a choice id has at most {CHOICE_ID_BYTES} bytes: {self.id}")
        if bool(self.id) == bool(self.url):
            raise ValueError("a button has either an id or an address")


class Option(Struct, frozen=True, omit_defaults=True):
    """One line of a menu; picking it comes back as `ChoiceMade(choice=id)`."""

    label: str
    id: str
    description: str = ""


class Menu(Struct, frozen=True):
    """A list to pick one from; shown as buttons where there are no menus."""

    placeholder: str
    options: tuple[Option, ...]


class Chart(Struct, frozen=True):
    """Bars to draw: each row has a label and a length for every series.

    With `intervals`, one (low, high) for each row, the value of the only series is a dot between
    them, beside a line at zero.
    """

    title: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]
    intervals: tuple[tuple[float, float], ...] = ()


class Attachment(Struct, frozen=True, omit_defaults=True):
    """A file or a picture to show; `alt` describes it to people who can't see it.

    A `chart` is drawn when it is sent (`bot.charts`); then `data` is its PNG.
    """

    name: str
    data: bytes = b""
    alt: str = ""
    chart: Chart | None = None

    @property
    def is_image(self) -> bool:
        """Whether platforms show it in place."""
        return self.name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp"))


class Call(Struct, frozen=True):
    """A line under a post that gives somebody the floor by name, with the reason for it."""

    to: MemberRef
    text: Text


class Floor(Struct, frozen=True):
    """Who is given the floor in a post, and what those who are named can press.

    Consent is asked for each at the moment of sending (`bot.consent.callable_now`): a line whose
    person does not agree falls away as a whole, and the buttons with the last line.
    """

    calls: tuple[Call, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()


class Effect(Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The part that every effect has.

    `pings` are members whom this notifies although they did nothing just now: consent is
    checked for each at the moment of sending, and who does not agree is named without a ping.
    After `stale_after` it is not sent but told to the moderators (if `tell`).
    """

    chat: ChatRef
    urgency: Urgency = Urgency.SCHEDULED
    stale_after: datetime | None = None
    on_doubt: OnDoubt = OnDoubt.RESEND
    pings: tuple[MemberRef, ...] = ()
    feature: str = ""


class Post(Effect, frozen=True, kw_only=True):
    """A message to everybody in the chat.

    `reply_to` is a native message id in the same chat; `reply_to_post` a post's name; `into`
    the name of an `OpenThread` whose thread it goes to. `listen` seconds long the engine hands
    replies to it (and messages in its thread) to the feature that its name begins with.
    """

    text: Text
    name: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    menu: Menu | None = None
    attachment: Attachment | None = None
    reply_to: str | None = None
    reply_to_post: str | None = None
    into: str | None = None
    answering: str = ""
    listen: int = 0
    expects_reply_of: MemberRef | None = None
    floor: Floor | None = None


class Poll(Effect, frozen=True, kw_only=True):
    """A native poll; votes come back as `PollVoted`."""

    question: str
    options: tuple[str, ...]
    name: str = ""
    multiple: bool = False
    hours: int = 24
    into: str | None = None
    listen: int = 0


class Edit(Effect, frozen=True, kw_only=True):
    """Gives a post (by name) or the message `message` a new content.

    The lines of those whom the post named stay below it, unless `named` is false: then they have
    had their time.
    """

    name: str = ""
    text: Text
    buttons: tuple[tuple[Button, ...], ...] = ()
    menu: Menu | None = None
    message: MessageRef | None = None
    answering: str = ""
    named: bool = True


class Delete(Effect, frozen=True, kw_only=True):
    """Takes a post of the bot away."""

    name: str = ""
    message: MessageRef | None = None


class React(Effect, frozen=True, kw_only=True):
    """Puts one emoji on a message."""

    message: MessageRef
    emoji: str


class AskForm(Effect, frozen=True, kw_only=True):
    """Opens a form for the person who gave the command or pressed the button."""

    to: MemberRef
    form: Form
    arg: str = ""
    answering: str = ""


class OpenThread(Effect, frozen=True, kw_only=True):
    """Opens a thread under the post `on`; where there are none, the post itself collects.

    The thread is remembered under `name`; messages in it reach the feature for `listen` seconds.
    """

    name: str
    on: str = ""
    title: str
    message: MessageRef | None = None
    listen: int = 0


class Whisper(Effect, frozen=True, kw_only=True):
    """For one person's eyes: an ephemeral answer, else a private message.

    `public_ok` allows an answer in the room where neither is possible; else the person is asked
    there to open the private conversation, with `payload` if that leads to the same thing.
    """

    to: MemberRef
    text: Text
    name: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    menu: Menu | None = None
    attachment: Attachment | None = None
    answering: str = ""
    edits_choice: bool = False
    public_ok: bool = True
    payload: str = "hello"
    reply_to: str | None = None


class GrantRole(Effect, frozen=True, kw_only=True):
    """Gives (or takes) a role, by its name in the group."""

    to: MemberRef
    role: str
    take: bool = False


class Pin(Effect, frozen=True, kw_only=True):
    """Pins a post (or unpins it)."""

    name: str
    message: MessageRef | None = None
    unpin: bool = False


AnyEffect = Post | Poll | Edit | Delete | React | AskForm | OpenThread | Whisper | GrantRole | Pin

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyEffect] = msgspec.json.Decoder(AnyEffect)


def to_json(effect: AnyEffect) -> str:
    """The stored form."""
    return _encoder.encode(effect).decode()


def from_json(data: str | bytes) -> AnyEffect:
    """The inverse of `to_json`; raises msgspec.DecodeError on anything else."""
    return _decoder.decode(data)
