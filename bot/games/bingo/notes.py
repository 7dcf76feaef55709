"""What is said to whoever moved."""

from bot.i18n import Words
from bot.play import Cast, Effect
from bot.text import Text


def text(said: Effect, words: Words, cast: Cast) -> Text:
    """A note in words."""
    who = cast.name(int(said.args.get("who", -1)))
    return {
        "filled": words.say("That square is found: {name}.", name=who),
        "full": words.say("That square is found already."),
        "waits": words.say("Somebody is being asked about that square. One question at a time."),
        "not_here": words.say("That person isn't in the game. Choose somebody else."),
        "said_no": words.say("{name} was asked that already. Choose somebody else.", name=who),
        "often": words.say(
            "{name} stands on your card often enough. Who else could it be?", name=who
        ),
        "asked": words.say(
            "{name} is asked. The answer will stand on your card; you can go on meanwhile.",
            name=who,
        ),
        "room_asked": words.say("The room is asked: whoever it is true of can say so."),
        "one_search": words.say(
            "The room is already looking for somebody of yours. One search at a time."
        ),
        "taken_back": words.say("The question is taken back."),
        "gone": words.say("That question is over."),
        "own_search": words.say("That is your own search. Somebody else has to say yes."),
        "enough": words.say(
            "You stand on the card of {name} often enough. Leave this one to others.", name=who
        ),
        "yes": words.say(
            "Now you stand on the card of {name}. Tell the story behind it?", name=who
        ),
        "no": words.say("All right, it stays open. Only the one who asked sees that."),
        "pass": words.say("No hurry: the game doesn't wait for anybody. Look in when you like."),
    }[said.key]
