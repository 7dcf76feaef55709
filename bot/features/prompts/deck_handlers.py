"""Decks as a whole: /deck …, and /prompt list."""

from collections.abc import Sequence

from bot.commands import N_, Choice, Command, Kind, Param
from bot.context import Context
from bot.effects import Button, Look, Whisper
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Follows, answer_key
from bot.features.prompts import card_records, deck_records
from bot.features.prompts.card_handlers import CATEGORY, DECK
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_records import NAME_LENGTH, Deck
from bot.features.prompts.deck_rules import can_undo
from bot.features.prompts.deck_views import (
    category_key,
    decks_page,
    last_page,
    list_buttons,
    list_page,
    name_of,
    undo,
)
from bot.features.prompts.drawing import remaining
from bot.features.prompts.meaning import (
    category_meant,
    deck_meant,
    deck_named,
    name_in,
    no_decks,
    number_in,
)
from bot.text import code

NAME = Param("name", N_("Its name"), max_length=NAME_LENGTH)
THIS = Param("deck", N_("Name of the deck"), complete=True, max_length=NAME_LENGTH)
ORDERS = (Choice("shuffle", N_("shuffle")), Choice("in-order", N_("in order")))

NEW = Command("deck new", N_("Begin a new deck of prompts"), (NAME,), moderator=True)
LIST = Command("deck list", N_("Show the decks"), moderator=True)
ORDER = Command(
    "deck order",
    N_("Shuffle a deck, or take it in order"),
    (THIS, Param("order", N_("Shuffle, or in order"), Kind.CHOICE, choices=ORDERS)),
    moderator=True,
)
RENAME = Command("deck rename", N_("Give a deck another name"), (THIS, NAME), moderator=True)
DELETE = Command("deck delete", N_("Delete a deck with all its prompts"), (THIS,), moderator=True)
CARDS = Command("prompt list", N_("Show the prompts of a deck"), (DECK, CATEGORY), moderator=True)


@prompt.command(NEW)
async def new(ctx: Context, event: CommandGiven) -> Follows:
    """Makes an empty deck."""
    name = await _free_name(ctx, event.args["name"])
    if isinstance(name, Whisper):
        return [name]
    deck = await deck_records.create(ctx.tx, ctx.here.community, name, ctx.now)
    said = ctx.own.say(
        "The deck {deck} is there, still empty. Fill it with {add} or {file}.",
        deck=name_of(deck),
        add=code("/prompt add"),
        file=code("/prompt import"),
    )
    return [ctx.whisper(said)]


async def _free_name(ctx: Context, typed: str, besides: int = 0) -> str | Whisper:
    name = name_in(typed)
    if not name:
        return ctx.whisper(ctx.own.say("A deck needs a name that can be seen."))
    taken = await deck_records.by_name(ctx.tx, ctx.here.community, name)
    if taken is not None and taken.id != besides:
        said = ctx.own.say("There is a deck called {deck} already.", deck=name_of(taken))
        return ctx.whisper(said)
    return name


@prompt.command(LIST)
async def decks(ctx: Context, event: CommandGiven) -> Follows:
    """Shows every deck of the community."""
    known = await deck_records.of_community(ctx.tx, ctx.here.community)
    if not known:
        return [ctx.whisper(no_decks(ctx))]
    usual = await deck_records.usual(ctx.tx, ctx.here)
    left = [await remaining(ctx.tx, deck.id) for deck in known]
    return [ctx.whisper(decks_page(ctx.own, known, left, usual.id if usual else None))]


@prompt.command(ORDER)
async def order(ctx: Context, event: CommandGiven) -> Follows:
    """Sets whether a deck is shuffled."""
    deck = await deck_named(ctx, event.args["deck"])
    if isinstance(deck, Whisper):
        return [deck]
    shuffled = event.args["order"] == "shuffle"
    await deck_records.change(ctx.tx, deck.id, shuffled=shuffled)
    if shuffled:
        said = ctx.own.say("The prompts of {deck} are shuffled from now on.", deck=name_of(deck))
    else:
        said = ctx.own.say("The prompts of {deck} come in order from now on.", deck=name_of(deck))
    return [ctx.whisper(said)]


@prompt.command(RENAME)
async def rename(ctx: Context, event: CommandGiven) -> Follows:
    """Gives a deck another name."""
    deck = await deck_named(ctx, event.args["deck"])
    if isinstance(deck, Whisper):
        return [deck]
    name = await _free_name(ctx, event.args["name"], besides=deck.id)
    if isinstance(name, Whisper):
        return [name]
    await deck_records.change(ctx.tx, deck.id, name=name)
    said = ctx.own.say("{old} is called {new} now.", old=name_of(deck), new=name_of(name))
    return [ctx.whisper(said)]


@prompt.command(DELETE)
async def delete(ctx: Context, event: CommandGiven) -> Follows:
    """Asks whether to delete a deck that no schedule needs."""
    deck = await deck_named(ctx, event.args["deck"])
    if isinstance(deck, Whisper):
        return [deck]
    if (needed := await _needed(ctx, deck)) is not None:
        return [needed]
    said = ctx.own.say_n(
        "Delete {deck} with {n} prompt?",
        "Delete {deck} with {n} prompts?",
        deck.cards,
        deck=name_of(deck),
    )
    row = (
        Button(ctx.own.plain("Delete it"), f"prompt.deck-drop:{deck.id}", look=Look.DANGER),
        Button(ctx.own.plain("Keep it"), f"prompt.deck-keep:{deck.id}"),
    )
    return [ctx.whisper(said, buttons=(row,))]


async def _needed(ctx: Context, deck: Deck) -> Whisper | None:
    schedules = await deck_records.schedules_of(ctx.tx, deck.id)
    if not schedules:
        return None
    said = ctx.own.say_n(
        "{n} schedule posts from {deck}. Give it another deck or end it first.",
        "{n} schedules post from {deck}. Give them another deck or end them first.",
        schedules,
        deck=name_of(deck),
    )
    return ctx.whisper(said)


@prompt.choice("deck-drop", moderator=True)
async def drop(ctx: Context, event: ChoiceMade) -> Follows:
    """Deletes a deck."""
    deck = await _known(ctx, answer_key(event.choice)[1])
    if deck is None or deck.deleted_at is not None:
        return [ctx.whisper(ctx.own.say("This deck is gone already."), in_place=True)]
    if (needed := await _needed(ctx, deck)) is not None:
        return [needed]
    await deck_records.change(ctx.tx, deck.id, deleted_at=ctx.now)
    said = ctx.own.say("{deck} is deleted. You can undo this for a day.", deck=name_of(deck))
    buttons = undo(ctx.own, f"prompt.deck-undo:{deck.id}")
    return [ctx.whisper(said, buttons=buttons, in_place=True)]


@prompt.choice("deck-keep", moderator=True)
async def keep(ctx: Context, event: ChoiceMade) -> Follows:
    """Leaves a deck as it is."""
    return [ctx.whisper(ctx.own.say("Nothing was deleted."), in_place=True)]


@prompt.choice("deck-undo", moderator=True)
async def bring_back(ctx: Context, event: ChoiceMade) -> Follows:
    """Undoes the deletion of a deck."""
    deck = await _known(ctx, answer_key(event.choice)[1])
    if deck is None or (deck.deleted_at and not can_undo(deck.deleted_at, ctx.now)):
        late = ctx.own.say("It is too late to bring this deck back.")
        return [ctx.whisper(late, in_place=True)]
    name = await deck_records.bring_back(ctx.tx, deck) if deck.deleted_at else deck.name
    said = ctx.own.say_n(
        "{deck} is back, with {n} prompt.",
        "{deck} is back, with {n} prompts.",
        deck.cards,
        deck=name_of(name),
    )
    return [ctx.whisper(said, in_place=True)]


async def _known(ctx: Context, number: str) -> Deck | None:
    deck = await deck_records.by_id(ctx.tx, number_in(number))
    return deck if deck and deck.community == ctx.here.community else None


@prompt.command(CARDS)
async def cards(ctx: Context, event: CommandGiven) -> Follows:
    """Shows the first page of a deck."""
    deck = await deck_meant(ctx, event.args.get("deck", ""))
    if isinstance(deck, Whisper):
        return [deck]
    category = await category_meant(ctx, deck, event.args.get("category", ""))
    if isinstance(category, Whisper):
        return [category]
    return [await _page(ctx, deck, 0, category_key(category))]


@prompt.choice("cards", moderator=True)
async def turned(ctx: Context, event: ChoiceMade) -> Follows:
    """Shows another page of a deck, in place."""
    number, _, rest = answer_key(event.choice)[1].partition("/")
    page, _, category = rest.partition("/")
    deck = await _known(ctx, number)
    if deck is None or deck.deleted_at:
        return [ctx.whisper(ctx.own.say("This deck is gone."), in_place=True)]
    return [await _page(ctx, deck, number_in(page), category, in_place=True)]


async def _page(
    ctx: Context, deck: Deck, page: int, category: str, *, in_place: bool = False
) -> Whisper:
    cards = await card_records.of_deck(ctx.tx, deck.id)
    if category:
        cards = [card for card in cards if category_key(card.category) == category]
    name = cards[0].category if category and cards else ""
    page = min(page, last_page(cards))
    return ctx.whisper(
        list_page(ctx.own, deck, cards, page, name),
        buttons=list_buttons(ctx.own, deck, cards, page, name),
        in_place=in_place,
    )


@prompt.completes("prompt add", "deck")
@prompt.completes("prompt list", "deck")
@prompt.completes("prompt import", "deck")
@prompt.completes("prompt export", "deck")
@prompt.completes("deck order", "deck")
@prompt.completes("deck rename", "deck")
@prompt.completes("deck delete", "deck")
async def decks_like(ctx: Context, typed: str) -> Sequence[Choice]:
    """Decks by name."""
    if ctx.group is None:
        return []
    wanted = typed.strip().casefold()
    known = await deck_records.of_community(ctx.tx, ctx.group.community)
    return [Choice(d.name, d.name) for d in known if wanted in d.name.casefold()]
