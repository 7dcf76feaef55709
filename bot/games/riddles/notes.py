"""What is said to whoever moved."""

from bot.i18n import Words
from bot.play import Effect, given_back
from bot.text import Text


def text(said: Effect, words: Words) -> Text:
    """A note in words."""
    reason = {
        "kept": words.say("Your riddle is in. You can change it until all are through."),
        "changed": words.say("Your riddle is changed."),
        "not_here": words.say("Not here, where all can read it: the button takes your riddle."),
        "dropped": words.say("Your riddle is taken back."),
        "writing_over": words.say("The guessing has begun; keep your riddle for the next game."),
        "only_emoji": words.say(
            "The riddle itself takes emoji only. Words belong to the solution."
        ),
        "how_many": words.say("A riddle has two to eight emoji."),
        "solution_length": words.say("The solution takes two letters or more, and 60 at most."),
        "hint_tells": words.say("That hint has the solution in it. Try another one."),
        "has_written": words.say("You have written a riddle. You can take it back first."),
        "only_guessing": words.say("All right, you'll guess. You can still write one if you like."),
        "passed": words.say("All right. If it comes to you after all, you can still guess."),
        "own": words.say("This one is yours: the others are guessing."),
        "have_it": words.say("You have found this one. Keep it to yourself until all are through."),
        "riddle_over": words.say("That one is over. Have a look at the board."),
        "empty": words.say("There was nothing in it. Try again."),
        "one_guess": words.say("One guess at a time, please."),
        "near": words.say("Very close!"),
        "wrong": words.say("That's not it. Try again."),
        "right": words.say("That's it!"),
        "right_secretly": words.say("That's it! Keep it to yourself until all are through."),
        "author_judges": words.say("Whoever wrote the riddle judges the guesses."),
        "accepted": words.say("It counts. On to the next one."),
        "marked": words.say("They see that it is close."),
    }[said.key]
    return given_back(reason, said)
