"""Suggestions as members and moderators see them."""

from collections.abc import Sequence

from bot.commands import N_, Field, Form
from bot.context import Buttons
from bot.effects import Button, Look
from bot.features.prompts.deck_views import card_fields, short
from bot.features.prompts.deckfile import MAX_TEXT
from bot.features.prompts.suggestion_records import State, Suggestion
from bot.features.prompts.suggestion_rules import REASON_LENGTH
from bot.i18n import Words
from bot.text import Text, bold, isolated, italic, quote

_STATES = {
    State.OPEN: N_("waits for the moderators"),
    State.APPROVED: N_("is in the deck"),
    State.DECLINED: N_("was not taken"),
    State.WITHDRAWN: N_("you took it back"),
}


def suggested(words: Words, idea: Suggestion) -> Text:
    """What moderators read of a suggestion."""
    who = words.say("{name} suggests a prompt:", name=bold(isolated(idea.member_name)))
    return Text.join("\n", [who, quote(idea.text)])


def decision_buttons(words: Words, idea: Suggestion) -> Buttons:
    """What moderators can do about it."""
    approve = Button(words.plain("Approve"), f"prompt.idea-yes:{idea.id}", look=Look.MAIN)
    edit = Button(words.plain("Edit"), f"prompt.idea-edit:{idea.id}")
    decline = Button(words.plain("Decline"), f"prompt.idea-no:{idea.id}", look=Look.DANGER)
    return ((approve, edit, decline),)


def decided(words: Words, idea: Suggestion, by: str, text: str) -> Text:
    """What a suggestion became, for moderators; `by` is the name of who decided, `text` the
    card's, if it is one now."""
    name, who = isolated(idea.member_name), isolated(by)
    match idea.state:
        case State.OPEN:
            return suggested(words, idea)
        case State.APPROVED:
            said = words.say(
                "{who} approved the prompt of {name}. It is card {number}.",
                who=who,
                name=name,
                number=bold(str(idea.card)),
            )
        case State.DECLINED:
            said = words.say("{who} declined the prompt of {name}.", who=who, name=name)
        case State.WITHDRAWN:
            said = words.say("{name} took this prompt back.", name=name)
    return _with_reason(words, said, text, idea)


def _with_reason(words: Words, said: Text, text: str, idea: Suggestion) -> Text:
    lines = [said, Text.of(quote(text))]
    if idea.reason:
        lines.append(words.say("Reason: {reason}", reason=italic(idea.reason)))
    return Text.join("\n", lines)


def outcome(words: Words, idea: Suggestion, group: str, text: str) -> Text:
    """What a suggestion became, for who made it; `text` is the card's, if it is one now."""
    name = isolated(group)
    if idea.state is State.DECLINED:
        said = words.say(
            "Thank you for your prompt. The moderators of {group} did not take this one.",
            group=name,
        )
    elif text == idea.text:
        said = words.say(
            "Your prompt is in the deck of {group} now. It will come up under your name.",
            group=name,
        )
    else:
        said = words.say(
            "Your prompt is in the deck of {group} now, in slightly other words. "
            "It will come up under your name.",
            group=name,
        )
    return _with_reason(words, said, text, idea)


def mine(words: Words, ideas: Sequence[Suggestion]) -> Text:
    """Somebody's own suggestions."""
    lines = [Text.of(bold(words.plain("Your prompts")))]
    for number, idea in enumerate(ideas, 1):
        state = Text.of(italic(words.plain(_STATES[idea.state])))
        if idea.reason:
            state = Text.of(state, " · ", italic(idea.reason))
        lines.append(Text.of(f"{number}. ", short(idea.text), " — ", state))
    return Text.join("\n", lines)


def withdraw_buttons(words: Words, ideas: Sequence[Suggestion]) -> Buttons:
    """One button for each that still waits."""
    row = [
        Button(
            str(words.say("Take {number} back", number=str(number))), f"prompt.idea-back:{idea.id}"
        )
        for number, idea in enumerate(ideas, 1)
        if idea.state is State.OPEN
    ]
    return (tuple(row),) if row else ()


def suggest_form(words: Words) -> Form:
    """The form in which a member suggests."""
    label = words.plain("What would you like to ask the group?")
    field = Field("text", label, long=True, max_length=MAX_TEXT)
    return Form("prompt.idea", words.plain("Suggest a prompt"), (field,))


def change_form(words: Words, idea: Suggestion) -> Form:
    """The form in which moderators change a suggestion before it is approved."""
    fields = card_fields(words, idea.text, "", ())
    return Form("prompt.idea-edited", words.plain("Change and approve"), fields)


def reason_form(words: Words) -> Form:
    """The form that asks why a suggestion is declined."""
    label = words.plain("Reason, if you want to give one")
    field = Field("reason", label, long=True, required=False, max_length=REASON_LENGTH)
    return Form("prompt.idea-reason", words.plain("Decline"), (field,))
