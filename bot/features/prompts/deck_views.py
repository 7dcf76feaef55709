"""Decks and cards as moderators see them."""

from collections.abc import Sequence
from hashlib import blake2b

from bot.commands import N_, Choice, Field, Form
from bot.context import Buttons
from bot.effects import Button, Look
from bot.features.prompts.card_records import Card
from bot.features.prompts.deck_records import Deck
from bot.features.prompts.deckfile import MAX_LENGTHS, MAX_OPTION, MAX_TEXT, OPTIONS
from bot.i18n import Words
from bot.text import Part, Span, Text, bold, clean, code, isolated, italic, quote

PAGE = 8
LINE = 110
OPTIONS_LENGTH = (MAX_OPTION + 3) * (OPTIONS.stop - 1)

_CATEGORIES = {
    "meet": N_("getting to know each other"),
    "work": N_("work"),
    "culture": N_("culture"),
    "help": N_("helping each other"),
    "fun": N_("fun"),
    "looking-back": N_("looking back"),
}


def name_of(deck: Deck | str) -> Span:
    """A deck's name inside a sentence."""
    return bold(isolated(deck if isinstance(deck, str) else deck.name))


def category_name(words: Words, category: str) -> str:
    """A category in the reader's language, if it is one of ours; else as it was typed."""
    if not category:
        return words.plain("no category")
    return words.plain(_CATEGORIES[category]) if category in _CATEGORIES else clean(category)


def short(text: str, length: int = LINE) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(clean(text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def button(label: str, id: str, look: Look = Look.PLAIN) -> Buttons:
    """One button alone."""
    return ((Button(label, id, look=look),),)


def undo(words: Words, id: str) -> Buttons:
    """The button that takes back what was just done."""
    return button(words.plain("Undo"), id)


def completions(cards: Sequence[Card]) -> list[Choice]:
    """Cards to choose from while somebody types."""
    return [Choice(str(card.id), f"{card.id} · {short(card.text, 85)}") for card in cards]


def card_page(words: Words, card: Card, deck: Deck, came: int) -> Text:
    """One card with everything that is known of it."""
    title = words.say("Card {number} of {deck}", number=bold(str(card.id)), deck=name_of(deck))
    lines: list[Part] = [title, quote(card.text)]
    lines += [f"▫ {clean(option)}" for option in card.options]
    facts = [category_name(words, card.category), *_remarks(words, card)]
    came_words = words.say_n("came up once", "came up {n} times", came)
    facts.append(str(came_words) if came else words.plain("has not come up yet"))
    return Text.join("\n", [*lines, italic(" · ".join(facts))])


def card_buttons(words: Words, card: Card) -> Buttons:
    """What can be done with a card."""
    rest = (
        Button(words.plain("Use it again"), f"prompt.card-wake:{card.id}")
        if card.retired_at
        else Button(words.plain("Put aside"), f"prompt.card-rest:{card.id}")
    )
    edit = Button(words.plain("Edit"), f"prompt.card-change:{card.id}", look=Look.MAIN)
    delete = Button(words.plain("Delete"), f"prompt.card-drop:{card.id}", look=Look.DANGER)
    return ((edit, rest, delete),)


def list_page(words: Words, deck: Deck, cards: Sequence[Card], page: int, category: str) -> Text:
    """One page of a deck's cards; `cards` are all of them."""
    order = words.plain("shuffled") if deck.shuffled else words.plain("in order")
    title = words.say_n(
        "{deck}: {n} prompt, {order}",
        "{deck}: {n} prompts, {order}",
        len(cards),
        deck=name_of(deck),
        order=order,
    )
    if category:
        title = Text.of(title, " · ", category_name(words, category))
    lines = [_line(words, card, category) for card in cards[page * PAGE : (page + 1) * PAGE]]
    if not lines:
        lines = [words.say("Nothing in it yet. {add} adds a prompt.", add=code("/prompt add"))]
    pages = last_page(cards) + 1
    if pages > 1:
        where = words.say(
            "Page {page} of {pages}", page=words.number(page + 1), pages=words.number(pages)
        )
        lines.append(Text.of(italic(str(where))))
    return Text.join("\n", [title, *lines])


def _line(words: Words, card: Card, category: str) -> Text:
    remarks = _remarks(words, card)
    if card.category != category:
        remarks.insert(0, category_name(words, card.category))
    line = Text.of(bold(str(card.id)), " ", short(card.text))
    return Text.of(line, " ", italic(f"({', '.join(remarks)})")) if remarks else line


def _remarks(words: Words, card: Card) -> list[str]:
    remarks = []
    if card.options:
        remarks.append(words.plain("poll"))
    if card.has_picture:
        remarks.append(words.plain("with a picture"))
    if card.author_name:
        remarks.append(str(words.say("by {name}", name=isolated(card.author_name))))
    if card.retired_at:
        remarks.append(words.plain("put aside"))
    return remarks


def last_page(cards: Sequence[Card]) -> int:
    """The number of the last page, from 0."""
    return max(0, (len(cards) - 1) // PAGE)


def list_buttons(
    words: Words, deck: Deck, cards: Sequence[Card], page: int, category: str
) -> Buttons:
    """To the pages before and after."""
    row = []
    if page > 0:
        row.append(Button(words.plain("◀ Back"), _page_id(deck, page - 1, category)))
    if page < last_page(cards):
        row.append(Button(words.plain("More ▶"), _page_id(deck, page + 1, category)))
    return (tuple(row),) if row else ()


def _page_id(deck: Deck, page: int, category: str) -> str:
    return f"prompt.cards:{deck.id}/{page}/{category_key(category)}"


def category_key(category: str) -> str:
    """A category in few ASCII characters, for a button."""
    return blake2b(category.encode(), digest_size=3).hexdigest() if category else ""


def decks_page(words: Words, decks: Sequence[Deck], left: Sequence[int], usual: int | None) -> Text:
    """All decks of a community."""
    lines = []
    for deck, remaining in zip(decks, left, strict=True):
        order = words.plain("shuffled") if deck.shuffled else words.plain("in order")
        count = words.say_n("{n} prompt", "{n} prompts", deck.cards)
        to_come = words.say_n(
            "{n} still to come in this round", "{n} still to come in this round", remaining
        )
        line = Text.of(name_of(deck), " · ", count, " · ", order, " · ", to_come)
        if deck.id == usual and len(decks) > 1:
            line = Text.of(line, " · ", italic(words.plain("used when no deck is named")))
        lines.append(line)
    return Text.join("\n", lines)


def edit_form(words: Words, card: Card) -> Form:
    """The form in which a card is rewritten."""
    return Form(
        "prompt.card-edit",
        str(words.say("Card {number}", number=str(card.id))),
        card_fields(words, card.text, card.category, card.options),
    )


def card_fields(
    words: Words, text: str, category: str, options: Sequence[str]
) -> tuple[Field, ...]:
    """The fields that a card is written in."""
    return (
        Field("text", words.plain("The prompt"), text, long=True, max_length=MAX_TEXT),
        Field(
            "category",
            words.plain("Category"),
            category,
            required=False,
            max_length=MAX_LENGTHS["category"],
        ),
        Field(
            "options",
            words.plain("Options, for a poll"),
            " | ".join(options),
            words.plain("tea | coffee | neither"),
            required=False,
            max_length=OPTIONS_LENGTH,
        ),
    )
