"""Posts a prompt now, because a moderator asks for it."""

from bot.commands import N_, Command, Param
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Follows, answer_key
from bot.features.prompts import card_records, drawing, post_records
from bot.features.prompts import schedule_records as records
from bot.features.prompts.card_records import Card
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_records import Deck
from bot.features.prompts.deck_views import short
from bot.features.prompts.meaning import card_meant, deck_meant
from bot.features.prompts.posting import place_of, send
from bot.refs import ChatRef
from bot.store.schema import to_ms
from bot.text import Text, code, isolated, quote

PAUSED = N_("This group is paused, so nothing is posted. {command} ends that.")


@prompt.command(
    Command(
        "prompt now",
        N_("Post a prompt right away"),
        (Param("what", N_("A deck, or the number of a prompt"), required=False, max_length=60),),
        moderator=True,
    )
)
async def now(ctx: Context, event: CommandGiven) -> Follows:
    """Posts the next card of a deck, or the card with this number."""
    if ctx.here.paused:
        return [ctx.whisper(ctx.own.say(PAUSED, command=code("/resume")))]
    slot = f"now#{ctx.here.id}#{to_ms(ctx.now)}"
    what = event.args.get("what", "").strip()
    if what.removeprefix("#").isdecimal():
        meant = await card_meant(ctx, what)
        if not isinstance(meant, Card):
            return [meant]
        await post_records.mark_used(ctx.tx, meant, slot, ctx.now)
        card = meant
    else:
        deck = await deck_meant(ctx, what)
        if not isinstance(deck, Deck):
            return [deck]
        drawn = await drawing.draw(ctx.tx, deck.id, slot, ctx.now)
        if drawn is None:
            return [_empty(ctx, deck)]
        card = drawn
    return await post_now(ctx, card, slot, ctx.here.chat)


async def post_now(ctx: Context, card: Card, slot: str, chat: ChatRef) -> Follows:
    """Posts a card into a chat and tells who asked."""
    name = f"prompt:now:{ctx.event.id}"
    posted = await post_records.record(ctx.tx, ctx.here.id, name, card.id, slot, ctx.now)
    if posted is None:
        return []
    told = Text.join("\n", [ctx.own.say("Posted:"), Text.of(quote(short(card.text)))])
    return [*await send(ctx, card, posted, chat), ctx.whisper(told)]


@prompt.choice("again", moderator=True)
async def again(ctx: Context, event: ChoiceMade) -> Follows:
    """Posts once more what was in doubt, if nobody else did."""
    number = answer_key(event.choice)[1]
    posted = await post_records.by_id(ctx.tx, post_records.number_in(number))
    card = await card_records.by_id(ctx.tx, posted.card) if posted else None
    if posted is None or card is None or posted.group_id != ctx.here.id:
        return [ctx.whisper(ctx.own.say("That was dealt with already."), in_place=True)]
    await post_records.withdraw(ctx.tx, posted, 0)
    plan = await records.find(ctx.tx, posted.schedule) if posted.schedule else None
    chat = place_of(ctx, plan) if plan else ctx.here.chat
    return await post_now(ctx, card, posted.slot, chat)


def _empty(ctx: Context, deck: Deck) -> AnyEffect:
    text = ctx.own.say(
        "The deck {deck} is empty. {command} fills it.",
        deck=isolated(deck.name),
        command=code("/prompt add"),
    )
    return ctx.whisper(text)
