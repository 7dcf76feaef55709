"""`/interests`: topics of which somebody asked for more, as a reason to be named."""

from bot.commands import N_, Command, Param
from bot.context import Context
from bot.events import CommunityChanged
from bot.features.quiet.core import quiet
from bot.features.quiet.tables import interests
from bot.wishes import Told, Wishes, follow

WISHES = Wishes(
    interests.c.topic_key,
    "interests",
    "quiet.interests",
    Told(
        head=N_("You would like more of:"),
        end=N_(
            "When a post is about one of these, your name may stand in it, at most once in three "
            "weeks. Nothing else changes."
        ),
        nothing=N_("You have not said yet what you would like more of. {example} does it."),
    ),
    also=lambda ctx: {"draw": ctx.rng.random()},
)

quiet.command(
    Command(
        "interests",
        N_("Say what you would like more of, and see what you said"),
        (Param("topic", N_("A topic in a word or two"), required=False, max_length=200),),
    )
)(WISHES.given)
quiet.choice("interests")(WISHES.taken_back)


@quiet.on(CommunityChanged)
async def changed(ctx: Context, event: CommunityChanged) -> None:
    """What people asked for holds where their group is now."""
    await follow(ctx.tx, interests, event)
