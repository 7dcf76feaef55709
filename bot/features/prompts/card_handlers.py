"""Cards, one by one: /prompt add, edit, delete and show."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.commands import N_, Choice, Command, Kind, Param
from bot.context import Context
from bot.effects import Button, Look, Whisper
from bot.events import ChoiceMade, CommandGiven, FormSubmitted
from bot.feature import Follows, answer_key
from bot.features.prompts import card_records, deck_records
from bot.features.prompts.card_records import Card
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_records import NAME_LENGTH
from bot.features.prompts.deck_rules import can_undo
from bot.features.prompts.deck_views import (
    OPTIONS_LENGTH,
    card_buttons,
    card_page,
    completions,
    edit_form,
    name_of,
    short,
    undo,
)
from bot.features.prompts.meaning import card_meant, card_of, deck_to_fill, number_in
from bot.features.prompts.pictures import picture_kind
from bot.text import Text, bold, quote

CARD = Param("card", N_("Number of the prompt"), Kind.NUMBER, complete=True)
DECK = Param("deck", N_("Name of the deck"), required=False, complete=True, max_length=NAME_LENGTH)
CATEGORY = Param("category", N_("Category"), required=False, complete=True, max_length=40)
IMAGE = Param("image", N_("A picture to post with it"), Kind.FILE, required=False)

ADD = Command(
    "prompt add",
    N_("Add a prompt to a deck"),
    (
        Param("text", N_("The prompt, as the group will read it")),
        CATEGORY,
        Param(
            "options",
            N_("For a poll: the options, such as tea | coffee | neither"),
            required=False,
            max_length=OPTIONS_LENGTH,
        ),
        DECK,
        IMAGE,
    ),
    moderator=True,
)
EDIT = Command(
    "prompt edit", N_("Change a prompt, or give it a picture"), (CARD, IMAGE), moderator=True
)
DELETE = Command("prompt delete", N_("Delete a prompt"), (CARD,), moderator=True)
SHOW = Command("prompt show", N_("Look at one prompt"), (CARD,), moderator=True)


@prompt.command(ADD)
async def add(ctx: Context, event: CommandGiven) -> Follows:
    """Keeps a new card, unless the deck holds the same already."""
    made = card_of(ctx, event.args)
    if isinstance(made, Whisper):
        return [made]
    picture = event.files.get("image")
    kind = picture_kind(picture.data) if picture else ""
    if picture and not kind:
        return [_with_text(not_a_picture(ctx), made.text)]
    deck = await deck_to_fill(ctx, event.args.get("deck", ""))
    if isinstance(deck, Whisper):
        return [_with_text(deck, made.text)]
    twin = await card_records.same_as(ctx.tx, ctx.here.community, made.text, deck.id)
    if twin is not None:
        return [_is_there(ctx, twin)]
    image = picture.data if picture else None
    (number,) = await card_records.add(ctx.tx, deck.id, [made], ctx.now, image=image)
    if kind:
        await card_records.change(ctx.tx, number, image_name=f"prompt.{kind}")
    kept = ctx.own.say(
        "Kept as card {number} in {deck}.", number=bold(str(number)), deck=name_of(deck)
    )
    row = (
        Button(ctx.own.plain("Show"), f"prompt.card-show:{number}"),
        Button(ctx.own.plain("Delete"), f"prompt.card-drop:{number}", look=Look.DANGER),
    )
    return [ctx.whisper(Text.join("\n", [kept, quote(made.text)]), buttons=(row,))]


def _with_text(said: Whisper, text: str) -> Whisper:
    """An answer that gives people back what they wrote, so that it isn't lost."""
    return replace(said, text=Text.join("\n", [said.text, quote(text)]))


def not_a_picture(ctx: Context) -> Whisper:
    """The file is of no use here."""
    return ctx.whisper(ctx.own.say("The picture has to be a PNG, JPEG, GIF or WebP file."))


def _is_there(ctx: Context, twin: Card) -> Whisper:
    said = ctx.own.say("That prompt is there already, as card {number}.", number=bold(str(twin.id)))
    return ctx.whisper(Text.join("\n", [said, quote(twin.text)]))


@prompt.command(EDIT)
async def edit(ctx: Context, event: CommandGiven) -> Follows:
    """Opens the form of a card, or takes a picture for it."""
    card = await card_meant(ctx, event.args["card"])
    if isinstance(card, Whisper):
        return [card]
    picture = event.files.get("image")
    if picture is None:
        return [ctx.ask(edit_form(ctx.own, card), str(card.id))]
    kind = picture_kind(picture.data)
    if not kind:
        return [not_a_picture(ctx)]
    await card_records.change(ctx.tx, card.id, image=picture.data, image_name=f"prompt.{kind}")
    said = ctx.own.say("Card {number} has a picture now.", number=bold(str(card.id)))
    return [ctx.whisper(said)]


@prompt.choice("card-change", moderator=True)
async def change(ctx: Context, event: ChoiceMade) -> Follows:
    """The button that opens the form of a card."""
    card = await card_meant(ctx, answer_key(event.choice)[1])
    if isinstance(card, Whisper):
        return [card]
    return [ctx.ask(edit_form(ctx.own, card), str(card.id))]


@prompt.form("card-edit", moderator=True)
async def edited(ctx: Context, event: FormSubmitted) -> Follows:
    """Gives the card the words of the form."""
    card = await card_meant(ctx, event.arg)
    if isinstance(card, Whisper):
        return [card]
    made = card_of(ctx, event.values)
    if isinstance(made, Whisper):
        return [made]
    twin = await card_records.same_as(
        ctx.tx, ctx.here.community, made.text, card.deck, besides=card.id
    )
    if twin is not None:
        return [_is_there(ctx, twin)]
    await card_records.rewrite(ctx.tx, card.id, made.text, made.category, made.options)
    said = ctx.own.say("Card {number} reads now:", number=bold(str(card.id)))
    return [ctx.whisper(Text.join("\n", [said, quote(made.text)]))]


@prompt.command(DELETE)
async def delete(ctx: Context, event: CommandGiven) -> Follows:
    """Takes a card out of its deck."""
    card = await card_meant(ctx, event.args["card"])
    return [card] if isinstance(card, Whisper) else [await _deleted(ctx, card)]


@prompt.choice("card-drop", moderator=True)
async def drop(ctx: Context, event: ChoiceMade) -> Follows:
    """The button that deletes a card."""
    card = await card_meant(ctx, answer_key(event.choice)[1])
    return [card] if isinstance(card, Whisper) else [await _deleted(ctx, card, in_place=True)]


async def _deleted(ctx: Context, card: Card, *, in_place: bool = False) -> Whisper:
    await card_records.change(ctx.tx, card.id, deleted_at=ctx.now)
    said = ctx.own.say(
        "Card {number} is deleted. You can undo this for a day.", number=bold(str(card.id))
    )
    text = Text.join("\n", [said, quote(short(card.text))])
    return ctx.whisper(
        text, buttons=undo(ctx.own, f"prompt.card-undo:{card.id}"), in_place=in_place
    )


@prompt.choice("card-undo", moderator=True)
async def bring_back(ctx: Context, event: ChoiceMade) -> Follows:
    """Undoes the deletion of a card."""
    typed = answer_key(event.choice)[1]
    card = await card_records.find(ctx.tx, ctx.here.community, number_in(typed), deleted=True)
    if card is None or (card.deleted_at is not None and not can_undo(card.deleted_at, ctx.now)):
        late = ctx.own.say("It is too late to bring this card back.")
        return [ctx.whisper(late, in_place=True)]
    await card_records.change(ctx.tx, card.id, deleted_at=None)
    said = ctx.own.say("Card {number} is back in its deck.", number=bold(str(card.id)))
    return [ctx.whisper(Text.join("\n", [said, quote(short(card.text))]), in_place=True)]


@prompt.command(SHOW)
async def show(ctx: Context, event: CommandGiven) -> Follows:
    """Shows a card with what is known of it."""
    return [await _shown(ctx, event.args["card"])]


@prompt.choice("card-show", moderator=True)
async def show_again(ctx: Context, event: ChoiceMade) -> Follows:
    """The button that shows a card."""
    return [await _shown(ctx, answer_key(event.choice)[1], in_place=True)]


@prompt.choice("card-rest", moderator=True)
async def rest(ctx: Context, event: ChoiceMade) -> Follows:
    """Keeps a card in its deck, but no longer draws it."""
    return [await _retired(ctx, answer_key(event.choice)[1], away=True)]


@prompt.choice("card-wake", moderator=True)
async def wake(ctx: Context, event: ChoiceMade) -> Follows:
    """Draws a card again that was put aside."""
    return [await _retired(ctx, answer_key(event.choice)[1], away=False)]


async def _retired(ctx: Context, typed: str, *, away: bool) -> Whisper:
    card = await card_meant(ctx, typed)
    if isinstance(card, Whisper):
        return card
    await card_records.change(ctx.tx, card.id, retired_at=ctx.now if away else None)
    return await _shown(ctx, typed, in_place=True)


async def _shown(ctx: Context, typed: str, *, in_place: bool = False) -> Whisper:
    card = await card_meant(ctx, typed)
    if isinstance(card, Whisper):
        return card
    deck = await deck_records.by_id(ctx.tx, card.deck)
    if deck is None:
        raise LookupError(f"card {card.id} has no deck")
    came = await card_records.times_drawn(ctx.tx, card.id)
    return ctx.whisper(
        card_page(ctx.own, card, deck, came),
        buttons=card_buttons(ctx.own, card),
        attachment=None if in_place else await card_records.picture(ctx.tx, card.id),
        in_place=in_place,
    )


@prompt.completes("prompt edit", "card")
@prompt.completes("prompt delete", "card")
@prompt.completes("prompt show", "card")
async def cards_like(ctx: Context, typed: str) -> Sequence[Choice]:
    """Cards by number or words."""
    if ctx.group is None:
        return []
    return completions(await card_records.search(ctx.tx, ctx.group.community, typed))


@prompt.completes("prompt add", "category")
@prompt.completes("prompt list", "category")
async def categories_like(ctx: Context, typed: str) -> Sequence[Choice]:
    """Categories that are in use."""
    if ctx.group is None:
        return []
    decks = [d.id for d in await deck_records.of_community(ctx.tx, ctx.group.community)]
    found = await card_records.categories(ctx.tx, decks)
    wanted = typed.strip().casefold()
    return [Choice(name, name) for name in found if name and wanted in name.casefold()]
