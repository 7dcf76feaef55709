"""What moderators read of a coming post and of those who could be named in it."""

from hashlib import sha256

from bot.context import Buttons
from bot.effects import Button, Look
from bot.features.quiet.approval_records import Proposal, State
from bot.features.quiet.evidence import in_a_line
from bot.features.quiet.reasons import Candidate
from bot.features.quiet.steering_views import because
from bot.i18n import Words
from bot.text import Part, Text, code, isolated, quote

ROW = 3
"""Buttons with names next to each other."""


def key_of(member: str) -> str:
    """What tells the people of one proposal apart in a button."""
    return sha256(member.encode()).hexdigest()[:8]


def asked(words: Words, proposal: Proposal, who: str = "") -> Text:
    """The coming post, who could be named in it, and what was decided. `who` decided just now."""
    head = words.say("Coming: {moment}", moment=words.moment(proposal.due_at))
    lines: list[Part] = [head, quote(in_a_line(proposal.subject))]
    if proposal.state is not State.REFUSED:
        lines.append(words.say("The floor could be given to:"))
        lines += [_person(words, proposal, one) for one in proposal.candidates]
    return Text.join("\n", [*lines, _state(words, proposal.state, who)])


def _person(words: Words, proposal: Proposal, one: Candidate) -> Text:
    if one.member not in proposal.without:
        return Text.of("• ", because(words, one))
    return Text.of("• ", words.say("{name}: not this time.", name=isolated(one.name)))


def _state(words: Words, state: State, who: str) -> Text:
    name = isolated(who) if who else words.plain("A moderator")
    if state is State.AGREED:
        return words.say(
            "{name} agreed. A lot decides about each when the post goes out, and whoever does not "
            "want to be named then is not.",
            name=name,
        )
    if state is State.REFUSED:
        return words.say("{name} decided: no names in this post.", name=name)
    return words.say(
        "May they be named? A lot decides about each afterwards. Without an answer the post goes "
        "out in time, without names."
    )


def hint(words: Words, proposal: Proposal) -> Text:
    """The same for a room that everybody reads."""
    return words.say_n(
        "For moderators: in the post of {moment} I could give {n} person the floor. {next} shows "
        "you whom, and lets you decide.",
        "For moderators: in the post of {moment} I could give {n} people the floor. {next} shows "
        "you whom, and lets you decide.",
        len(proposal.candidates),
        moment=words.moment(proposal.due_at),
        next=code("/quiet next"),
    )


def deciding(words: Words, proposal: Proposal) -> Buttons:
    """What moderators can press, or how they take it back."""
    if proposal.state is not State.ASKED:
        return ((Button(words.plain("Take it back"), f"quiet.rethink:{proposal.id}"),),)
    first = [Button(words.plain("Without names"), f"quiet.refuse:{proposal.id}")]
    if proposal.left:
        all_, others = words.plain("All may be named"), words.plain("The others may be named")
        label = others if proposal.without else all_
        first.insert(0, Button(label, f"quiet.agree:{proposal.id}", look=Look.MAIN))
    people = [_except(words, proposal, one) for one in proposal.candidates]
    rows = (tuple(people[i : i + ROW]) for i in range(0, len(people), ROW))
    return (tuple(first), *rows)


def _except(words: Words, proposal: Proposal, one: Candidate) -> Button:
    name = isolated(one.name)
    if one.member in proposal.without:
        label = words.say("{name} after all", name=name)
    else:
        label = words.say("Not {name}", name=name)
    return Button(str(label), f"quiet.except:{proposal.id}.{key_of(one.member)}")
