"""Members suggest prompts: /prompt suggest and /prompt mine."""

from bot.commands import N_, Command, Param
from bot.context import Context
from bot.effects import Button, Edit, Post, Urgency, Whisper
from bot.events import Answerable, ChoiceMade, CommandGiven, FormSubmitted
from bot.feature import Follows, answer_key
from bot.features.prompts import card_records, suggestion_records
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_rules import visible
from bot.features.prompts.guard import in_group
from bot.features.prompts.meaning import number_in
from bot.features.prompts.suggestion_records import State, Suggestion
from bot.features.prompts.suggestion_rules import MOST_A_WEEK, MOST_OPEN, WEEK, free_again
from bot.features.prompts.suggestion_views import (
    decided,
    decision_buttons,
    mine,
    suggest_form,
    suggested,
    withdraw_buttons,
)
from bot.refs import MemberRef
from bot.store import members, posts
from bot.text import Text, code, quote

SHOWN = 10

SUGGEST = Command(
    "prompt suggest",
    N_("Suggest a prompt for the group"),
    (Param("text", N_("What would you like to ask the group?"), required=False),),
)
MINE = Command("prompt mine", N_("See what became of the prompts you suggested"))


@prompt.command(SUGGEST)
async def suggest(ctx: Context, event: CommandGiven) -> Follows:
    """Takes a suggestion, or opens the form for one."""
    if "text" not in event.args:
        return [ctx.ask(suggest_form(ctx.own))]
    return await _taken(ctx, event, visible(event.args["text"]))


@prompt.form("idea")
@in_group
async def filled(ctx: Context, event: FormSubmitted) -> Follows:
    """Takes a suggestion from the form."""
    return await _taken(ctx, event, visible(event.values.get("text", "")))


async def _taken(ctx: Context, event: Answerable, text: str) -> Follows:
    refused = await _refusal(ctx, text)
    if refused is not None:
        return [ctx.whisper(Text.join("\n", [refused, quote(text)]) if text else refused)]
    first = not await suggestion_records.waiting(ctx.tx, ctx.here.id)
    name = event.name or await ctx.name_of(ctx.member)
    idea = await suggestion_records.keep(ctx.tx, ctx.here.id, str(ctx.member), name, text, ctx.now)
    thanks = ctx.own.say("Thank you. The moderators will look at it.")
    if await may_be_told(ctx, idea):
        later = ctx.own.say("I'll tell you privately what becomes of it.")
    else:
        later = ctx.own.say("{mine} shows what becomes of it.", mine=code("/prompt mine"))
    answer = ctx.whisper(Text.join("\n", [Text.of(thanks, " ", later), quote(text)]))
    return [answer, *_told(ctx, idea, first=first)]


async def _refusal(ctx: Context, text: str) -> Text | None:
    say, member = ctx.own.say, str(ctx.member)
    if not text:
        return say("There is no text in that. What would you like to ask the group?")
    if await card_records.same_as(ctx.tx, ctx.here.community, text):
        return say("Good thought: that prompt is in the deck already.")
    if await suggestion_records.same_as(ctx.tx, ctx.here.id, text):
        return say("That prompt was suggested already, and waits for the moderators.")
    if await suggestion_records.open_of(ctx.tx, member) >= MOST_OPEN:
        return ctx.own.say_n(
            "You have {n} prompt waiting, which is the most. {mine} lets you take one back.",
            "You have {n} prompts waiting, which is the most. {mine} lets you take one back.",
            MOST_OPEN,
            mine=code("/prompt mine"),
        )
    made = await suggestion_records.made_since(ctx.tx, member, ctx.now - WEEK)
    free = free_again(made, ctx.now)
    if free is None:
        return None
    return ctx.own.say_n(
        "{n} prompt in a week is the most. You can suggest the next one from {when} on.",
        "{n} prompts in a week are the most. You can suggest the next one from {when} on.",
        MOST_A_WEEK,
        when=ctx.own.moment(free),
    )


async def may_be_told(ctx: Context, idea: Suggestion) -> bool:
    """Whether the author agreed to private messages and wants to be notified at all."""
    wishes = await members.preference(ctx.tx, MemberRef.parse(idea.member))
    return bool(wishes and wishes.dm_agreed and not wishes.no_pings)


def _told(ctx: Context, idea: Suggestion, *, first: bool) -> Follows:
    """What the moderators learn: all in a room of their own, else only that something waits."""
    if ctx.here.moderators_room:
        return [
            Post(
                chat=ctx.here.moderators_chat,
                text=suggested(ctx.words, idea),
                name=idea.post,
                buttons=decision_buttons(ctx.words, idea),
                urgency=Urgency.ANSWER,
            )
        ]
    if not first:
        return []
    notice = ctx.words.say("A member suggested a prompt. Moderators can look at it here.")
    look = Button(ctx.words.plain("Look at it"), "prompt.idea-next")
    return [Post(chat=ctx.here.chat, text=notice, buttons=((look,),), urgency=Urgency.ANSWER)]


@prompt.command(MINE)
async def show_mine(ctx: Context, event: CommandGiven) -> Follows:
    """Shows somebody their own suggestions."""
    return [await _mine(ctx)]


async def _mine(ctx: Context, *, in_place: bool = False) -> Whisper:
    ideas = await suggestion_records.of_member(ctx.tx, ctx.here.id, str(ctx.member), SHOWN)
    if not ideas:
        nothing = ctx.own.say(
            "You have not suggested a prompt yet. {suggest} is how.",
            suggest=code("/prompt suggest"),
        )
        return ctx.whisper(nothing)
    return ctx.whisper(
        mine(ctx.own, ideas), buttons=withdraw_buttons(ctx.own, ideas), in_place=in_place
    )


@prompt.choice("idea-back")
@in_group
async def withdraw(ctx: Context, event: ChoiceMade) -> Follows:
    """Takes one's own suggestion back."""
    number = number_in(answer_key(event.choice)[1])
    idea = await suggestion_records.find(ctx.tx, ctx.here.id, number)
    if idea is None or idea.member != str(ctx.member):
        return [ctx.whisper(ctx.own.say("Only who suggested it can take it back."))]
    if idea.state is not State.OPEN:
        return [await _mine(ctx, in_place=True)]
    await suggestion_records.decide(ctx.tx, number, State.WITHDRAWN, str(ctx.member), ctx.now)
    return [await _mine(ctx, in_place=True), *await refreshed(ctx, number)]


async def refreshed(ctx: Context, number: int, answering: str = "") -> list[Edit]:
    """The moderators' post about a suggestion, as it stands now; [] if there is none."""
    idea = await suggestion_records.find(ctx.tx, ctx.here.id, number)
    if idea is None or await posts.find(ctx.tx, ctx.here.id, idea.post) is None:
        return []
    return [
        Edit(
            chat=ctx.here.moderators_chat,
            name=idea.post,
            text=decided(ctx.words, idea, await decider(ctx, idea), await words_of(ctx, idea)),
            urgency=Urgency.ANSWER,
            answering=answering,
        )
    ]


async def decider(ctx: Context, idea: Suggestion) -> str:
    """The name of who decided."""
    return await ctx.name_of(MemberRef.parse(idea.decided_by)) if idea.decided_by else ""


async def words_of(ctx: Context, idea: Suggestion) -> str:
    """The suggestion as it stands in the deck, or as it was made."""
    card = await card_records.by_id(ctx.tx, idea.card) if idea.card else None
    return card.text if card else idea.text
