"""`/answers helping`: topics that somebody is glad to be asked about."""

from bot.commands import N_, Command, Param
from bot.features.answers.core import answers
from bot.features.answers.tables import willing
from bot.wishes import Told, Wishes

WISHES = Wishes(
    willing.c.words,
    "answers helping",
    "answers.helping",
    Told(
        head=N_("You are glad to be asked about:"),
        end=N_(
            "A question about it that nobody answers may be shown to you, at most once a week. "
            "Nothing else changes."
        ),
        nothing=N_("You have not said yet what you can help with. {example} does it."),
    ),
)

answers.command(
    Command(
        "answers helping",
        N_("Say what you can help with, and see what you said"),
        (Param("topic", N_("A topic in a word or two"), required=False, max_length=200),),
    )
)(WISHES.given)
answers.choice("helping")(WISHES.taken_back)
