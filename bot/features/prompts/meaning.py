"""What somebody means by a deck's name, a card's number, a list of options."""

from bot.commands import words
from bot.context import Context
from bot.effects import Whisper
from bot.features.prompts import card_records, deck_records, deckfile, fault_words
from bot.features.prompts.card_records import Card
from bot.features.prompts.deck_records import Deck
from bot.features.prompts.deck_rules import visible
from bot.features.prompts.deck_views import category_name, name_of
from bot.features.prompts.deckfile import same
from bot.text import Text, code, isolated, quote


def number_in(typed: str) -> int:
    """The number that was typed or stands in a button, 0 for anything else."""
    digits = typed.strip().removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 16 else 0


def name_in(typed: str) -> str:
    """A name on one line, without the quotation marks that hold its words together."""
    name = " ".join(visible(typed).split())
    parts = words(name)
    return parts[0] if len(parts) == 1 else name


def options_of(typed: str) -> list[str]:
    """The options in "tea | coffee", one a line being fine too."""
    parts = (visible(part) for part in typed.replace("\n", "|").split("|"))
    return [part for part in parts if part]


def card_of(ctx: Context, values: dict[str, str]) -> deckfile.Card | Whisper:
    """A card from what was typed, or what is wrong with it, together with the text."""
    given: dict[str, object] = {
        name: visible(values.get(name, "")) for name in ("text", "category")
    }
    if options := options_of(values.get("options", "")):
        given["options"] = options
    try:
        return deckfile.card(given)
    except deckfile.DeckFaults as error:
        said = [fault_words.of_card(ctx.own, error.faults)]
        if given["text"]:
            said.append(Text.of(quote(str(given["text"]))))
        return ctx.whisper(Text.join("\n", said))


async def deck_named(ctx: Context, typed: str) -> Deck | Whisper:
    """The deck of that name, or a word about which there are."""
    name = name_in(typed)
    deck = await deck_records.by_name(ctx.tx, ctx.here.community, name)
    if deck is not None:
        return deck
    known = [isolated(d.name) for d in await deck_records.of_community(ctx.tx, ctx.here.community)]
    if not known:
        return ctx.whisper(no_decks(ctx))
    return ctx.whisper(
        ctx.own.say(
            "There is no deck called {name}. Known decks: {decks}.",
            name=name_of(name),
            decks=ctx.own.listing(known),
        )
    )


async def deck_meant(ctx: Context, name: str) -> Deck | Whisper:
    """The deck of that name, or the usual one if none is named."""
    if name:
        return await deck_named(ctx, name)
    deck = await deck_records.usual(ctx.tx, ctx.here)
    return deck or ctx.whisper(no_decks(ctx))


async def deck_to_fill(ctx: Context, name: str) -> Deck | Whisper:
    """The same, but a community without decks gets its first one."""
    known = await deck_records.of_community(ctx.tx, ctx.here.community)
    if name or known:
        return await deck_meant(ctx, name)
    own = ctx.words.plain("Our own questions")
    return await deck_records.create(ctx.tx, ctx.here.community, own, ctx.now)


def no_decks(ctx: Context) -> Text:
    """What to do without any deck."""
    return ctx.own.say(
        "There is no deck yet. {setup} brings one with it, and {new} begins an empty one.",
        setup=code("/setup"),
        new=code("/deck new"),
    )


async def category_meant(ctx: Context, deck: Deck, typed: str) -> str | Whisper:
    """The category of the deck that was typed, by its own name or the one shown; "" for all."""
    wanted = same(name_in(typed))
    found = await card_records.categories(ctx.tx, [deck.id])
    shown = {category: category_name(ctx.own, category) for category in found if category}
    for category, name in shown.items():
        if wanted in (same(category), same(name)):
            return category
    if not wanted:
        return ""
    if not shown:
        return ctx.whisper(ctx.own.say("{deck} has no categories.", deck=name_of(deck)))
    return ctx.whisper(
        ctx.own.say(
            "{deck} has no category called {typed}. It has: {categories}.",
            deck=name_of(deck),
            typed=isolated(typed),
            categories=ctx.own.listing(list(shown.values())),
        )
    )


async def card_meant(ctx: Context, typed: str) -> Card | Whisper:
    """The card of that number in this community."""
    card = await card_records.find(ctx.tx, ctx.here.community, number_in(typed))
    if card is not None:
        return card
    return ctx.whisper(
        ctx.own.say(
            "There is no card {number}. {list} shows them all.",
            number=code(typed[:20]),
            list=code("/prompt list"),
        )
    )
