"""What a chat can't do, said in what it can: one pure function.

An adapter never degrades by itself, and nothing that is unsupported succeeds in silence.
"""

from msgspec.structs import replace

from bot.effects import (
    AnyEffect,
    AskForm,
    Attachment,
    Button,
    Delete,
    Edit,
    Floor,
    GrantRole,
    Menu,
    OpenThread,
    Pin,
    Poll,
    Post,
    React,
    Whisper,
)
from bot.ports import Can, Capabilities
from bot.refs import MessageRef
from bot.text import Span, Text, bold, code

CHOOSE = "choose"
"""What is typed before a button's id where no button can be pressed."""
ROW = 2
"""Buttons side by side where a menu becomes buttons: two fit on a phone."""


def fallback(
    effect: AnyEffect, able: Capabilities, private: bool = False, invitation: str = "💬"
) -> list[AnyEffect]:
    """The effects to carry out in place of this one, in order; often just this one.

    `private`: whether the bot may write to the person privately; if not, `invitation` is said in
    the room in place of what only that person may read. An effect that only adorns
    (a reaction, a pin, a role, a thread) is left out where it can't be done.
    """
    match effect:
        case Whisper():
            return _whisper(effect, able, private, invitation)
        case Post():
            plain = _plain(effect, able)
            return list(_split(plain, able.text_limit - _length(plain.floor)))
        case Poll() if Can.POLLS not in able.can or not _fits(effect, able):
            return fallback(_poll_as_post(effect), able)
        case Edit():
            edit = _edit(effect, able)
            return [replace(edit, text=shortened(edit.text, able.text_limit))]
        case React():
            return [effect] if Can.REACTIONS in able.can else []
        case OpenThread():
            return [effect] if Can.THREADS in able.can else []
        case Pin():
            return [effect] if Can.PINS in able.can else []
        case GrantRole():
            return [effect] if Can.ROLES in able.can else []
        case Poll() | Delete() | AskForm():
            return [effect]


def _whisper(
    effect: Whisper, able: Capabilities, private: bool, invitation: str
) -> list[AnyEffect]:
    if effect.chat.private:
        return fallback(_as_edit(effect) or _as_post(effect), able)
    if fits_popup(effect, able.popup_limit):  # it must not wait for its turn in the group
        return [replace(effect, chat=effect.to.private_chat)]
    if Can.EPHEMERAL in able.can and effect.answering:
        menu, buttons = _menu(effect.menu, effect.buttons, able)
        return [replace(effect, menu=menu, buttons=buttons)]
    if effect.edits_choice and effect.reply_to:
        edit = _as_edit(effect)
        return fallback(edit, able) if edit else []
    if Can.DM in able.can and private:
        there = replace(_as_post(effect), chat=effect.to.private_chat, reply_to=None)
        return fallback(there, able)
    if effect.public_ok:
        return fallback(_as_post(effect), able)
    return fallback(_invitation(effect, able, invitation), able)


def fits_popup(effect: Whisper, limit: int) -> bool:
    """Whether this answers a press in so few words that a pop-up holds them."""
    more = effect.buttons or effect.menu or effect.attachment or effect.edits_choice
    return bool(effect.answering) and not more and len(str(effect.text)) <= limit


def _as_post(effect: Whisper) -> Post:
    return Post(
        chat=effect.chat,
        urgency=effect.urgency,
        stale_after=effect.stale_after,
        on_doubt=effect.on_doubt,
        pings=effect.pings,
        feature=effect.feature,
        text=effect.text,
        name=effect.name,
        buttons=effect.buttons,
        menu=effect.menu,
        attachment=effect.attachment,
        reply_to=effect.reply_to,
        answering=effect.answering,
    )


def _as_edit(effect: Whisper) -> Edit | None:
    if not (effect.edits_choice and effect.reply_to) or effect.attachment:
        return None
    return Edit(
        chat=effect.chat,
        urgency=effect.urgency,
        feature=effect.feature,
        text=effect.text,
        buttons=effect.buttons,
        menu=effect.menu,
        message=MessageRef(effect.chat, effect.reply_to),
        answering=effect.answering,
    )


def _invitation(effect: Whisper, able: Capabilities, said: str) -> Post:
    """No private way to the person is open: the room only learns that there is one."""
    link = able.private_link.replace("{payload}", effect.payload)
    buttons = ((Button("💬", url=link),),) if link else ()
    return replace(
        _as_post(effect), text=Text.of(said), buttons=buttons, menu=None, attachment=None
    )


def _length(floor: Floor | None) -> int:
    """The most characters that names take in a post."""
    return sum(len(str(call.text)) + 2 for call in floor.calls) if floor else 0


def _menu(
    menu: Menu | None, buttons: tuple[tuple[Button, ...], ...], able: Capabilities
) -> tuple[Menu | None, tuple[tuple[Button, ...], ...]]:
    if menu is None or Can.MENUS in able.can:
        return menu, buttons
    made = [Button(option.label, option.id) for option in menu.options]
    rows = tuple(tuple(made[i : i + ROW]) for i in range(0, len(made), ROW))
    return None, (*rows, *buttons)


def _plain(effect: Post, able: Capabilities) -> Post:
    menu, buttons = _menu(effect.menu, effect.buttons, able)
    text, floor = effect.text, effect.floor
    if _length(floor) > able.text_limit // 2:
        floor = None
    if Can.BUTTONS not in able.can:  # nobody is named who can't say "never" with one tap
        text, buttons, floor = _buttons_as_text(text, buttons), (), None
    attachment = effect.attachment
    if attachment and attachment.is_image and Can.IMAGES not in able.can:
        text, attachment = _image_as_text(text, attachment), None
    return replace(
        effect, menu=menu, buttons=buttons, text=text, floor=floor, attachment=attachment
    )


def _edit(effect: Edit, able: Capabilities) -> Edit:
    menu, buttons = _menu(effect.menu, effect.buttons, able)
    if Can.BUTTONS in able.can:
        return replace(effect, menu=menu, buttons=buttons)
    return replace(effect, menu=None, buttons=(), text=_buttons_as_text(effect.text, buttons))


def _buttons_as_text(text: Text, rows: tuple[tuple[Button, ...], ...]) -> Text:
    lines = [text]
    for button in (button for row in rows for button in row if not button.disabled):
        how = code(f"/{CHOOSE} {button.id}") if button.id else Span(button.url)
        lines.append(Text.of(bold(button.label), ": ", how))
    return Text.join("\n", lines)


def _image_as_text(text: Text, image: Attachment) -> Text:
    return Text.join("\n", [text, image.alt]) if image.alt else text


def _fits(poll: Poll, able: Capabilities) -> bool:
    return (
        len(poll.question) <= able.poll_question_length
        and len(poll.options) <= able.poll_options
        and all(len(option) <= able.poll_option_length for option in poll.options)
    )


def _poll_as_post(poll: Poll) -> Post:
    options = [Text.of(f"{n}. ", option) for n, option in enumerate(poll.options, 1)]
    return Post(
        chat=poll.chat,
        urgency=poll.urgency,
        stale_after=poll.stale_after,
        on_doubt=poll.on_doubt,
        pings=poll.pings,
        feature=poll.feature,
        text=Text.join("\n", [bold(poll.question), *options]),
        name=poll.name,
        into=poll.into,
        listen=poll.listen,
    )


def _split(effect: Post, limit: int) -> list[Post]:
    """Several messages for a long one: the first keeps its place, the last what is pressed."""
    chunks = split_text(effect.text, limit)
    if len(chunks) <= 1:
        return [effect]
    posts = [replace(effect, text=chunk) for chunk in chunks]
    bare = [
        replace(p, buttons=(), menu=None, attachment=None, name="", listen=0, floor=None)
        for p in posts
    ]
    middle = [replace(p, reply_to=None, reply_to_post=None, pings=()) for p in bare[1:-1]]
    last = replace(posts[-1], reply_to=None, reply_to_post=None, pings=())
    return [bare[0], *middle, last]


def shortened(text: Text, limit: int) -> Text:
    """As much of a text as `limit` characters hold."""
    chunks = split_text(text, limit - 2)
    return text if len(chunks) <= 1 else chunks[0] + " …"


def split_text(text: Text, limit: int) -> list[Text]:
    """Pieces of at most `limit` characters, cut at the last paragraph, line or space that fits."""
    pieces: list[Text] = []
    rest = text
    while len(plain := str(rest)) > limit:
        cut = _cut(plain, limit)
        pieces.append(_slice(rest, 0, cut))
        skip = len(plain[cut:]) - len(plain[cut:].lstrip())
        rest = _slice(rest, cut + skip, len(plain))
    return [*pieces, rest] if str(rest) or not pieces else pieces


def _cut(plain: str, limit: int) -> int:
    for separator in ("\n\n", "\n", ". ", " "):
        found = plain.rfind(separator, limit // 2, limit)
        if found > 0:
            return found + (1 if separator == ". " else 0)
    return limit


def _slice(text: Text, start: int, end: int) -> Text:
    spans, at = [], 0
    for span in text.spans:
        low, high = max(start - at, 0), min(end - at, len(span.text))
        if low < high:
            spans.append(replace(span, text=span.text[low:high]))
        at += len(span.text)
    return Text(tuple(spans))
