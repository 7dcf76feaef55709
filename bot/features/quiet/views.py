"""The words with which somebody is given the floor: why they, and an invitation.

No line says how long somebody was silent, or that they were. `{name}` is the person, `{topic}` what
they asked for more of, `{subject}` an earlier post, `{month}` when that was.
"""

from collections.abc import Sequence
from random import Random

from bot.commands import N_
from bot.context import Buttons
from bot.effects import Button, Call, Floor
from bot.features.quiet.reasons import Candidate, Why
from bot.i18n import Words
from bot.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, Text, bold, clean, mention

LINES: dict[Why, tuple[str, ...]] = {
    Why.ASKED: (
        N_("{name}, you asked for more of {topic}. What do you say to this?"),
        N_("{name}, you like to be asked about {topic}. The floor is yours."),
        N_("{name}, more of {topic}, as you wished. What comes to your mind?"),
    ),
    Why.TOPIC: (
        N_(
            "{name}, in {month} you took part in “{subject}”. This is close to it: what do you say?"
        ),
        N_("{name}, “{subject}” had a word from you in {month}. Do you have one for this?"),
        N_("{name}, this goes on where “{subject}” was in {month}, with you. What do you think?"),
    ),
    Why.PART: (
        N_("{name}, you took part in “{subject}” in {month}. What would you say here?"),
        N_("{name}, in {month} “{subject}” was a question for you. How about this one?"),
        N_("{name}, you were there in {month} for “{subject}”. You are welcome in this one too."),
    ),
    Why.JOINED: (
        N_("{name}, you joined in {month}. This is a good one to begin with, if you like."),
        N_("{name}, you have been with this group since {month}. What would you say to this?"),
        N_("{name}, you came here in {month}. This one is open to you as to everybody."),
    ),
    Why.ONCE: (
        N_("{name}, you were often here in {month}. What do you think of this?"),
        N_("{name}, in {month} people here heard a lot from you. A word on this is welcome."),
        N_("{name}, this may be one for you, who took part so often in {month}."),
    ),
}
ANSWERED: dict[Why, tuple[str, ...]] = {
    Why.TOPIC: (
        N_("{name}, in {month} you answered a question on this topic. What do you say here?"),
        N_("{name}, you helped with a question like this in {month}. Would you look at this one?"),
        N_("{name}, this is a topic on which you had an answer in {month}. Do you have one here?"),
    ),
    Why.PART: (
        N_("{name}, in {month} you answered somebody's question here. What do you say to this?"),
        N_("{name}, you helped somebody here with an answer in {month}. How about this one?"),
        N_("{name}, somebody here had an answer from you in {month}. You are welcome here too."),
    ),
}
"""Where the earlier post was a question of another member, whose words are not repeated."""


def floor(words: Words, named: Sequence[Candidate], rng: Random) -> Floor:
    """What is put into the post in which these people are named; no two lines are alike."""
    said: list[str] = []
    for who in named:
        said.append(rng.choice([one for one in sentences(who) if one not in said]))
    calls = (Call(who.ref, line(words, who, one)) for who, one in zip(named, said, strict=True))
    return Floor(tuple(calls), buttons(words))


def sentences(who: Candidate) -> tuple[str, ...]:
    """What may be said to somebody; no fewer than there are names in a post."""
    answered = ANSWERED.get(who.why, ()) if not who.told else ()
    return answered or LINES[who.why]


def line(words: Words, who: Candidate, sentence: str) -> Text:
    """Gives one person the floor, with the reason."""
    told = f"{FIRST_STRONG_ISOLATE}{clean(who.told)}{POP_ISOLATE}"
    return words.say(
        sentence,
        name=mention(who.ref, who.name),
        topic=bold(told),
        subject=told,
        month=words.month(who.at.astimezone(words.zone).date()) if who.at else "",
    )


def buttons(words: Words) -> Buttons:
    """What those who are named can press."""
    declined = Button(words.plain("Not me"), "quiet.not")
    never = Button(words.plain("Never mention me"), "quiet.never")
    return ((declined, never),)
