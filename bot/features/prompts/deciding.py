"""Moderators decide about suggestions: approve, change, decline."""

from bot.commands import N_, Command
from bot.context import Buttons, Context
from bot.effects import Button, Urgency, Whisper
from bot.events import Answerable, ChoiceMade, CommandGiven, FormSubmitted
from bot.feature import Follows, answer_key
from bot.features.prompts import card_records, deckfile, suggestion_records
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_rules import visible
from bot.features.prompts.meaning import card_of, deck_to_fill, number_in
from bot.features.prompts.suggestion_records import State, Suggestion
from bot.features.prompts.suggestion_views import (
    change_form,
    decided,
    decision_buttons,
    outcome,
    reason_form,
    suggested,
)
from bot.features.prompts.suggestions import decider, may_be_told, refreshed, words_of
from bot.refs import MemberRef
from bot.store import posts
from bot.text import Text, bold, quote

REVIEW = Command(
    "prompt suggestions", N_("Decide about prompts that members suggested"), moderator=True
)


@prompt.command(REVIEW)
async def review(ctx: Context, event: CommandGiven) -> Follows:
    """Shows the suggestion that waits longest."""
    return [await _next(ctx)]


@prompt.choice("idea-next", moderator=True)
async def look(ctx: Context, event: ChoiceMade) -> Follows:
    """The button that shows it; the one below a decision has an argument."""
    return [await _next(ctx, in_place=bool(answer_key(event.choice)[1]))]


async def _next(ctx: Context, *, in_place: bool = False) -> Whisper:
    waiting = await suggestion_records.waiting(ctx.tx, ctx.here.id)
    if not waiting:
        return ctx.whisper(ctx.own.say("No suggestion waits."), in_place=in_place)
    lines = [suggested(ctx.own, waiting[0])]
    if more := len(waiting) - 1:
        lines.append(ctx.own.say_n("{n} more waits.", "{n} more wait.", more))
    buttons = decision_buttons(ctx.own, waiting[0])
    return ctx.whisper(Text.join("\n", lines), buttons=buttons, in_place=in_place)


async def _waiting(ctx: Context, event: Answerable, typed: str) -> Suggestion | Follows:
    """The suggestion if it still waits, or what to tell who came too late."""
    number = number_in(typed)
    idea = await suggestion_records.find(ctx.tx, ctx.here.id, number)
    if idea is None:
        return [ctx.whisper(ctx.own.say("This suggestion is gone."))]
    if idea.state is State.OPEN:
        return idea
    return await _shown(ctx, event, idea)


@prompt.choice("idea-yes", moderator=True)
async def approve(ctx: Context, event: ChoiceMade) -> Follows:
    """Puts a suggestion into the deck as it is."""
    idea = await _waiting(ctx, event, answer_key(event.choice)[1])
    if not isinstance(idea, Suggestion):
        return idea
    return await _approved(ctx, event, idea, deckfile.Card(text=idea.text))


@prompt.choice("idea-edit", moderator=True)
async def change(ctx: Context, event: ChoiceMade) -> Follows:
    """Opens the form in which a suggestion is changed."""
    idea = await _waiting(ctx, event, answer_key(event.choice)[1])
    if not isinstance(idea, Suggestion):
        return idea
    return [ctx.ask(change_form(ctx.own, idea), str(idea.id))]


@prompt.form("idea-edited", moderator=True)
async def changed(ctx: Context, event: FormSubmitted) -> Follows:
    """Puts a suggestion into the deck in other words."""
    idea = await _waiting(ctx, event, event.arg)
    if not isinstance(idea, Suggestion):
        return idea
    made = card_of(ctx, event.values)
    return [made] if isinstance(made, Whisper) else await _approved(ctx, event, idea, made)


async def _approved(
    ctx: Context, event: Answerable, idea: Suggestion, made: deckfile.Card
) -> Follows:
    twin = await card_records.same_as(ctx.tx, ctx.here.community, made.text)
    if twin is not None:
        said = ctx.own.say(
            "That prompt is there already, as card {number}.", number=bold(str(twin.id))
        )
        return [ctx.whisper(Text.join("\n", [said, quote(twin.text)]))]
    deck = await deck_to_fill(ctx, "")
    if isinstance(deck, Whisper):
        return [deck]
    (card,) = await card_records.add(ctx.tx, deck.id, [made], ctx.now, author=idea.member)
    await card_records.change(ctx.tx, card, author_name=idea.member_name)
    return await _ended(ctx, event, idea, State.APPROVED, card=card)


@prompt.choice("idea-no", moderator=True)
async def decline(ctx: Context, event: ChoiceMade) -> Follows:
    """Asks for a reason, which may stay empty."""
    idea = await _waiting(ctx, event, answer_key(event.choice)[1])
    if not isinstance(idea, Suggestion):
        return idea
    return [ctx.ask(reason_form(ctx.own), str(idea.id))]


@prompt.form("idea-reason", moderator=True)
async def declined(ctx: Context, event: FormSubmitted) -> Follows:
    """Ends a suggestion that is not taken."""
    idea = await _waiting(ctx, event, event.arg)
    if not isinstance(idea, Suggestion):
        return idea
    reason = visible(event.values.get("reason", ""))
    return await _ended(ctx, event, idea, State.DECLINED, reason=reason)


async def _ended(
    ctx: Context,
    event: Answerable,
    idea: Suggestion,
    state: State,
    *,
    card: int | None = None,
    reason: str = "",
) -> Follows:
    by = str(ctx.member)
    await suggestion_records.decide(ctx.tx, idea.id, state, by, ctx.now, card=card, reason=reason)
    after = await suggestion_records.find(ctx.tx, ctx.here.id, idea.id)
    if after is None:
        raise LookupError(f"suggestion {idea.id} is gone")
    return [*await _shown(ctx, event, after), *await _author_told(ctx, after)]


async def _shown(ctx: Context, event: Answerable, idea: Suggestion) -> Follows:
    """The decision where it was asked for: in the moderators' post, or to who decided."""
    post = await posts.find(ctx.tx, ctx.here.id, idea.post)
    pressed = event.message if isinstance(event, ChoiceMade) else ""
    if post is not None and post.message == pressed:
        return [*await refreshed(ctx, idea.id, event.answer)]
    text = decided(ctx.own, idea, await decider(ctx, idea), await words_of(ctx, idea))
    buttons: Buttons = ()
    if await suggestion_records.waiting(ctx.tx, ctx.here.id):
        buttons = ((Button(ctx.own.plain("Next suggestion"), "prompt.idea-next:here"),),)
    answer = ctx.whisper(text, buttons=buttons, in_place=bool(pressed))
    return [answer, *await refreshed(ctx, idea.id)]


async def _author_told(ctx: Context, idea: Suggestion) -> Follows:
    """A private word to the author, if they agreed to that; it counts as an answer, not a ping."""
    if not await may_be_told(ctx, idea):
        return []
    author = MemberRef.parse(idea.member)
    words = await ctx.words_for(author)
    text = outcome(words, idea, ctx.here.title, await words_of(ctx, idea))
    chat = author.private_chat
    return [Whisper(chat=chat, to=author, text=text, urgency=Urgency.ANSWER)]
