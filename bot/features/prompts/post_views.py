"""What a prompt looks like."""

from datetime import timedelta

from msgspec import Struct

from bot.context import Context
from bot.effects import AnyEffect, Attachment, OnDoubt, OpenThread, Poll, Post, Urgency
from bot.features.prompts import card_records
from bot.features.prompts.card_records import Card
from bot.features.prompts.deck_views import category_name, short
from bot.features.prompts.post_records import TALK
from bot.features.prompts.schedule_rules import LISTEN, TOO_OLD
from bot.i18n import Words
from bot.ports import Can, Capabilities
from bot.refs import ChatRef
from bot.text import Part, Text, clean, isolated, italic

ABOVE = "/above"
"""Behind a poll's name: the post above it."""
TITLE = 80
"""Characters of a thread's title; Discord takes 100."""
_LISTEN = int(LISTEN / timedelta(seconds=1))
_POLL_HOURS = int(LISTEN / timedelta(hours=1))


class Look(Struct, frozen=True):
    """A card as it will be posted: `above` goes before a poll, or is empty."""

    text: Text
    above: Text
    picture: Attachment | None
    options: tuple[str, ...]


async def look(ctx: Context, card: Card, chat: ChatRef) -> Look:
    """How a card looks in a chat, in the group's language."""
    able = ctx.capabilities(chat)
    picture = await card_records.picture(ctx.tx, card.id) if card.has_picture else None
    options = tuple(clean(option) for option in card.options)
    credit = _credit(ctx.words, card)
    if options:
        return Look(Text.of(clean(card.text)), Text.of(italic(credit)), picture, options)
    below: list[Part] = [italic(credit)] if credit else []
    if Can.THREADS not in able.can:
        below.append(italic(ctx.words.plain("Reply to this message, and your answer is kept.")))
    text = Text.of(clean(card.text))
    if below:
        text = Text.join("\n\n", [text, Text.join("\n", below)])
    return Look(text, Text(), picture, ())


def _credit(words: Words, card: Card) -> str:
    parts = [category_name(words, card.category)] if card.category else []
    if card.author_name:
        by = words.say("suggested by {name}", name=isolated(card.author_name))
        parts.append(str(by))
    line = " · ".join(parts)
    return line[:1].upper() + line[1:]


def effects(
    card: Card, seen: Look, chat: ChatRef, name: str, able: Capabilities, ctx: Context
) -> list[AnyEffect]:
    """The post or poll, and the thread under it.

    A send whose outcome is unknown is not repeated, because a prompt must not come twice.
    """
    stale = ctx.now + TOO_OLD
    found: list[AnyEffect] = []
    if seen.options and (seen.above or seen.picture):
        intro = seen.above or Text.of(italic(short(card.text, TITLE)))
        above = Post(
            chat=chat,
            text=intro,
            name=name + ABOVE,
            attachment=seen.picture,
            stale_after=stale,
            on_doubt=OnDoubt.SKIP,
        )
        found.append(above)
    if seen.options:
        poll = Poll(
            chat=chat,
            question=str(seen.text),
            options=seen.options,
            name=name,
            hours=_POLL_HOURS,
            listen=_LISTEN,
            stale_after=stale,
            on_doubt=OnDoubt.SKIP,
        )
        found.append(poll)
    else:
        post = Post(
            chat=chat,
            text=seen.text,
            name=name,
            attachment=seen.picture,
            listen=_LISTEN,
            stale_after=stale,
            on_doubt=OnDoubt.SKIP,
        )
        found.append(post)
    if Can.THREADS in able.can:
        found.append(_thread(ctx, card, chat, name))
    return found


def _thread(ctx: Context, card: Card, chat: ChatRef, name: str) -> OpenThread:
    return OpenThread(
        chat=chat,
        name=name + TALK,
        on=name,
        title=short(card.text, TITLE),
        listen=_LISTEN,
        stale_after=ctx.now + TOO_OLD,
        urgency=Urgency.SCHEDULED,
    )


def preview(seen: Look) -> Text:
    """The same as it will be posted, in one text."""
    lines: list[Part] = [line for line in (seen.above, seen.text) if line]
    lines += [f"▫ {option}" for option in seen.options]
    return Text.join("\n", lines)
