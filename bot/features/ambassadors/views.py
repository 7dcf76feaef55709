"""What ambassadors and moderators read about being one."""

from bot.commands import N_
from bot.context import Buttons
from bot.effects import Button, Look
from bot.features.ambassadors.rules import State
from bot.i18n import Words
from bot.text import Part, Text, bold, code, isolated

JOIN, LEAVE = "/ambassador join", "/ambassador leave"
STATES = {
    State.INVITED: N_("invited, no answer yet"),
    State.AGREED: N_("agreed"),
    State.DECLINED: N_("would rather not"),
    State.STOPPED: N_("asked to be left alone"),
    State.REMOVED: N_("taken off the list"),
}


def invitation(words: Words, name: Part, moderator: str) -> Text:
    """Asks somebody in the room, by name, whether they would be one."""
    return words.say(
        "{name}, {moderator} asks whether you would be an ambassador here: now and then I ask you, "
        "in private, to begin a conversation, so that nobody else has to be first.",
        name=name,
        moderator=isolated(moderator),
    )


def inviting(words: Words, number: int, link: str) -> Buttons:
    """`link` opens the private conversation, where that is how to agree."""
    label = words.plain("Yes, gladly")
    yes = Button(label, url=link) if link else Button(label, f"ambassadors.yes:{number}")
    more = Button(words.plain("Tell me more"), f"ambassadors.more:{number}")
    no = Button(words.plain("No, thank you"), f"ambassadors.no:{number}")
    return ((yes, more), (no,))


def more(words: Words) -> Text:
    """What being one means."""
    return words.say(
        "At most once a week I ask you in private whether you would begin a coming conversation "
        "with a sentence or two, or answer somebody whom nobody answered yet. You say yes or not "
        "now, and if you don't answer I ask somebody else. Your quiet hours and {away} hold. "
        "{leave} ends it at any time.",
        away=code("/away"),
        leave=code(LEAVE),
    )


def hello(words: Words, group: str) -> Text:
    """The first private word."""
    return words.say(
        "Thank you for being an ambassador of {group}. This is where I'll ask you, at most once a "
        "week. {leave} in the group ends it, and so does this button.",
        group=bold(isolated(group)),
        leave=code(LEAVE),
    )


def leaving(words: Words, number: int) -> Buttons:
    """Under what is said to an ambassador in private."""
    return ((Button(words.plain("Stop asking me"), f"ambassadors.stop:{number}"),),)


def thanked(words: Words) -> Text:
    """In the room, after a yes."""
    return words.say("Thank you. I've just written to you in private: that is where I'll ask.")


def open_first(words: Words) -> Text:
    """Where the bot can't write first."""
    return words.say(
        "Thank you. One step is left: open our private conversation, because I can't write to you "
        "first. That is your yes."
    )


def closed(words: Words, name: str) -> Text:
    """In the room, because the private conversation is closed."""
    return words.say(
        "{name}, I can't write to you in private. Allow messages from members of this group, or "
        "write me a word first; then press here.",
        name=isolated(name),
    )


def trying_again(words: Words, number: int, link: str) -> Buttons:
    """To open it, and to say that it is open."""
    way = (Button(words.plain("Open our conversation"), url=link),) if link else ()
    again = Button(words.plain("Try again"), f"ambassadors.again:{number}", look=Look.MAIN)
    return ((*way, again),)


def left(words: Words) -> Text:
    """After a stop."""
    return words.say(
        "All right, I won't ask you again. Thank you for what you did. {join} brings it back.",
        join=code(JOIN),
    )


def undoing(words: Words, number: int) -> Buttons:
    """Under a stop."""
    return ((Button(words.plain("Undo"), f"ambassadors.back:{number}"),),)


def not_yours(words: Words) -> Text:
    """To somebody else who presses."""
    return words.say(
        "That was meant for somebody else, or it is over. {join} is open to everybody.",
        join=code(JOIN),
    )


def group_gone(words: Words) -> Text:
    """The group no longer has the bot."""
    return words.say("I am no longer in that group.")
