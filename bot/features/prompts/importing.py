"""Deck files in and out: /prompt import and /prompt export."""

import asyncio
from typing import cast, get_args

from msgspec import Struct

from bot.commands import N_, Choice, Command, Kind, Param
from bot.context import Context
from bot.effects import Attachment, Button, Look, Whisper
from bot.events import ChoiceMade, CommandGiven, File
from bot.feature import Follows, answer_key
from bot.features.prompts import card_records, deck_records, deckfile, fault_words, import_records
from bot.features.prompts.card_handlers import DECK
from bot.features.prompts.card_records import Card
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_records import Deck
from bot.features.prompts.deck_rules import fingerprint, in_language, visible
from bot.features.prompts.deck_views import name_of
from bot.features.prompts.deckfile import DeckFaults, Deckfile, Format
from bot.features.prompts.meaning import deck_meant, name_in, number_in
from bot.text import Text, code

FORMATS: tuple[Format, ...] = get_args(Format)

IMPORT = Command(
    "prompt import",
    N_("Add the prompts of a file to a deck"),
    (Param("file", N_("A file in TOML, CSV or JSON"), Kind.FILE), DECK),
    moderator=True,
)
EXPORT = Command(
    "prompt export",
    N_("Get a deck as a file"),
    (
        Param(
            "format",
            N_("TOML, CSV or JSON"),
            Kind.CHOICE,
            required=False,
            choices=tuple(Choice(name, name.upper()) for name in FORMATS),
        ),
        DECK,
    ),
    moderator=True,
)


class Sorted(Struct, frozen=True):
    """What of a file would come into a deck, and how many would not, for which reason."""

    fresh: list[deckfile.Card]
    known: int
    foreign: int
    unseen: int


@prompt.command(IMPORT)
async def bring(ctx: Context, event: CommandGiven) -> Follows:
    """Tells what a file would add to a deck, and asks whether to do it."""
    file = event.files["file"]
    deck_name = name_in(event.args.get("deck", ""))
    read = await _read(ctx, file)
    if isinstance(read, Whisper):
        return [read]
    deck, target = await _target(ctx, deck_name)
    sorted_cards = await _sorted(ctx, read, deck)
    lines = [_counted(ctx, file, sorted_cards)]
    if not sorted_cards.fresh:
        lines.append(ctx.own.say("There is nothing to import."))
        return [ctx.whisper(Text.join("\n", lines))]
    if deck is None:
        lines.append(ctx.own.say("They go into the new deck {deck}.", deck=name_of(target)))
    else:
        lines.append(ctx.own.say("They go into {deck}.", deck=name_of(deck)))
    kept = await import_records.keep(ctx.tx, ctx.here.id, target, _format(file), file.data, ctx.now)
    row = (
        Button(ctx.own.plain("Import"), f"prompt.import:{kept}", look=Look.MAIN),
        Button(ctx.own.plain("Cancel"), f"prompt.noimport:{kept}"),
    )
    return [ctx.whisper(Text.join("\n", lines), buttons=(row,))]


@prompt.choice("import", moderator=True)
async def confirmed(ctx: Context, event: ChoiceMade) -> Follows:
    """Adds the prompts of a file that waited for this press."""
    number = number_in(answer_key(event.choice)[1])
    kept = await import_records.take(ctx.tx, ctx.here.id, number, ctx.now)
    if kept is None:
        gone = ctx.own.say("This file waits no longer. Nothing was imported now.")
        return [ctx.whisper(gone, in_place=True)]
    read = await asyncio.to_thread(deckfile.read, kept.data, cast(Format, kept.format))
    deck, name = await _target(ctx, kept.deck_name)
    deck = deck or await deck_records.create(ctx.tx, ctx.here.community, name, ctx.now)
    found = await _sorted(ctx, read, deck)
    await card_records.add(ctx.tx, deck.id, found.fresh, ctx.now)
    said = ctx.own.say_n(
        "{n} prompt was added to {deck}.",
        "{n} prompts were added to {deck}.",
        len(found.fresh),
        deck=name_of(deck),
    )
    return [ctx.whisper(said, in_place=True)]


@prompt.choice("noimport", moderator=True)
async def dismissed(ctx: Context, event: ChoiceMade) -> Follows:
    """Forgets a file that waited."""
    await import_records.take(ctx.tx, ctx.here.id, number_in(answer_key(event.choice)[1]), ctx.now)
    return [ctx.whisper(ctx.own.say("Nothing was imported."), in_place=True)]


async def _target(ctx: Context, name: str) -> tuple[Deck | None, str]:
    """The deck of that name (the usual one without a name), or None and the name for a new one."""
    if name:
        deck = await deck_records.by_name(ctx.tx, ctx.here.community, name)
    else:
        deck = await deck_records.usual(ctx.tx, ctx.here)
    return deck, deck.name if deck else name or ctx.words.plain("Our own questions")


async def _read(ctx: Context, file: File) -> Deckfile | Whisper:
    if _ending(file) not in FORMATS:
        said = ctx.own.say(
            "{file} has to end in .toml, .csv or .json, so that I know how to read it.",
            file=code(visible(file.name)[:60]),
        )
        return ctx.whisper(said)
    try:
        return await asyncio.to_thread(deckfile.read, file.data, _format(file))
    except DeckFaults as error:
        name = visible(file.name)[:60]
        return ctx.whisper(fault_words.of_file(ctx.own, name, error.faults))


def _ending(file: File) -> str:
    return file.name.rpartition(".")[2].lower()


def _format(file: File) -> Format:
    return cast(Format, _ending(file))


async def _sorted(ctx: Context, read: Deckfile, deck: Deck | None) -> Sorted:
    fitting = in_language(read.cards, ctx.here.language)
    seen = await card_records.fingerprints(ctx.tx, deck.id) if deck else set()
    fresh: list[deckfile.Card] = []
    known = unseen = 0
    for card in fitting:
        mark = fingerprint(card.text)
        if not visible(card.text):
            unseen += 1
        elif mark in seen:
            known += 1
        else:
            seen.add(mark)
            fresh.append(card)
    return Sorted(fresh, known, len(read.cards) - len(fitting), unseen)


def _counted(ctx: Context, file: File, found: Sorted) -> Text:
    say_n = ctx.own.say_n
    total = len(found.fresh) + found.known + found.foreign + found.unseen
    lines = [
        say_n("{file} holds {n} prompt.", "{file} holds {n} prompts.", total, file=code(file.name)),
    ]
    if found.fresh:
        lines.append(say_n("{n} is new.", "{n} are new.", len(found.fresh)))
    if found.known:
        lines.append(
            say_n("{n} is in the deck already.", "{n} are in the deck already.", found.known)
        )
    if found.foreign:
        lines.append(
            say_n(
                "{n} in another language is left out.",
                "{n} in other languages are left out.",
                found.foreign,
            )
        )
    if found.unseen:
        lines.append(
            say_n(
                "{n} has no visible text and is left out.",
                "{n} have no visible text and are left out.",
                found.unseen,
            )
        )
    pictures = sum(bool(card.image) for card in found.fresh)
    if pictures:
        lines.append(
            say_n(
                "{n} names a picture, which you can add with {edit}.",
                "{n} name a picture, which you can add with {edit}.",
                pictures,
                edit=code("/prompt edit"),
            )
        )
    return Text.join("\n", lines)


@prompt.command(EXPORT)
async def take_out(ctx: Context, event: CommandGiven) -> Follows:
    """Gives a deck as a file that `import` reads."""
    deck = await deck_meant(ctx, event.args.get("deck", ""))
    if isinstance(deck, Whisper):
        return [deck]
    format = cast(Format, event.args.get("format", "toml"))
    cards = await card_records.of_deck(ctx.tx, deck.id)
    used = [card for card in cards if not card.retired_at]
    data = deckfile.write(Deckfile(tuple(_written(card) for card in used)), format)
    said = ctx.own.say_n(
        "{deck} with {n} prompt.", "{deck} with {n} prompts.", len(used), deck=name_of(deck)
    )
    if away := len(cards) - len(used):
        said = Text.of(
            said,
            " ",
            ctx.own.say_n(
                "{n} that was put aside is left out.",
                "{n} that were put aside are left out.",
                away,
            ),
        )
    attachment = Attachment(f"{_file_name(deck.name)}.{format}", data)
    return [ctx.whisper(said, attachment=attachment)]


def _written(card: Card) -> deckfile.Card:
    return deckfile.Card(
        text=card.text,
        category=card.category,
        key=card.key,
        author=card.author_name or None,
        options=card.options,
        image=card.image_name or None,
    )


def _file_name(name: str) -> str:
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in name)
    return "-".join(letters.lower().split()) or "prompts"
