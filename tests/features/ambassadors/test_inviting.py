"""People become ambassadors by their own yes, and stop by their own word."""

from bot.features.ambassadors.rules import State
from tests.dialogue import Actor, Talk
from tests.features.ambassadors.library import ambassadors, joined, moderator


async def invited(talk: Talk) -> tuple[Actor, Actor]:
    """Ann moderates, Ben is invited."""
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await ben.says("hello everybody")
    await talk.later(hours=3)  # it is morning
    talk.bot.hears_nothing_more()
    await ann.says("/ambassador invite @Ben")
    return ann, ben


async def agrees(talk: Talk, ben: Actor) -> None:
    line = await talk.bot.posts("Ben", "Ann", "asks whether you would be an ambassador")
    if talk.platform == "discord":
        await ben.presses(line, "Yes, gladly")
    else:
        await ben.opens_private("ambassadors-yes-1")


async def state(talk: Talk) -> str:
    (who,) = await ambassadors(talk)
    return who.state


async def test_an_invitation_pings_the_one_who_is_meant(talk: Talk) -> None:
    await invited(talk)
    line = await talk.bot.posts("asks whether you would be an ambassador")
    assert line.pings == ("Ben",)


async def test_an_invitation_alone_makes_nobody_an_ambassador(talk: Talk) -> None:
    await invited(talk)
    assert await state(talk) == State.INVITED


async def test_a_yes_opens_the_place_where_they_will_be_asked(talk: Talk) -> None:
    _, ben = await invited(talk)
    await agrees(talk, ben)
    line = await talk.bot.replies("This is where I'll ask you", "Friends", to=ben)
    assert (line.only_for, await state(talk)) == ("Ben", State.AGREED)


async def test_the_invitation_is_taken_down_after_the_yes(talk: Talk) -> None:
    _, ben = await invited(talk)
    await agrees(talk, ben)
    left = [n for n in talk.stage.lines() if "would be an ambassador" in n.text and not n.deleted]
    assert left == []


async def test_nobody_says_yes_for_somebody_else(talk: Talk) -> None:
    ann, _ = await invited(talk)
    if talk.platform == "discord":
        line = await talk.bot.posts("asks whether you would be an ambassador")
        await ann.presses(line, "Yes, gladly")
    else:
        await ann.opens_private("ambassadors-yes-1")
    await talk.bot.replies("meant for somebody else", to=ann)
    assert await state(talk) == State.INVITED


async def test_somebody_may_read_more_first(talk: Talk) -> None:
    _, ben = await invited(talk)
    line = await talk.bot.posts("asks whether you would be an ambassador")
    await ben.presses(line, "Tell me more")
    await talk.bot.replies("At most once a week", "quiet hours", to=ben)


async def test_a_no_is_kept_and_not_asked_again(talk: Talk) -> None:
    ann, ben = await invited(talk)
    line = await talk.bot.posts("asks whether you would be an ambassador")
    await ben.presses(line, "No, thank you")
    await talk.bot.replies("if you change your mind", to=ben)
    await talk.later(days=8)
    await ann.says("/ambassador invite @Ben")
    await talk.bot.replies("Give them some time", to=ann)


async def test_who_wants_no_mentions_is_not_invited(talk: Talk) -> None:
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await ben.says("/pings never")
    await talk.later(hours=3)
    talk.bot.hears_nothing_more()
    await ann.says("/ambassador invite @Ben")
    await talk.bot.replies("can't be mentioned now", "Nothing was posted", to=ann)
    await talk.bot.is_silent()


async def test_everybody_may_join_by_themselves(talk: Talk) -> None:
    ben = await talk.person("Ben")
    await joined(talk, ben)
    assert await state(talk) == State.AGREED


async def test_leaving_can_be_undone(talk: Talk) -> None:
    ben = await talk.person("Ben")
    await joined(talk, ben)
    await ben.says("/ambassador leave")
    await ben.presses(await talk.bot.replies("I won't ask you again", to=ben), "Undo")
    await talk.bot.replies("as before", to=ben)
    assert await state(talk) == State.AGREED


async def test_who_left_is_not_invited_again(talk: Talk) -> None:
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await joined(talk, ben)
    await ben.says("/ambassador leave")
    talk.bot.hears_nothing_more()
    await talk.later(hours=3)
    await ann.says("/ambassador invite @Ben")
    await talk.bot.replies("asked not to be asked any more", to=ann)


async def test_who_is_no_ambassador_has_nothing_to_leave(talk: Talk) -> None:
    ben = await talk.person("Ben")
    await ben.says("/ambassador leave")
    await talk.bot.replies("You are no ambassador", to=ben)


async def test_a_closed_private_conversation_is_said_in_the_room(talk: Talk) -> None:
    ben = await talk.person("Ben")
    await joined(talk, ben)
    await ben.says("/ambassador leave")
    await ben.blocks()
    talk.bot.hears_nothing_more()
    await ben.says("/ambassador join")
    await talk.bot.posts("Ben", "I can't write to you in private")
    (who,) = await ambassadors(talk)
    assert who.closed_at is not None


async def test_opening_it_again_mends_that(talk: Talk) -> None:
    ben = await talk.person("Ben")
    await joined(talk, ben)
    await ben.blocks()
    await ben.says("/ambassador join")
    talk.bot.hears_nothing_more()
    if talk.platform == "discord":
        talk.stage._people["Ben"].user.accepts_dms = True  # type: ignore[attr-defined]  # only this stage
        line = next(n for n in talk.stage.lines() if "can't write to you" in n.text)
        await ben.presses(line, "Try again")
    else:
        await ben.opens_private("ambassadors-yes-1")
    await talk.bot.replies("This is where I'll ask you", to=ben)
    (who,) = await ambassadors(talk)
    assert who.closed_at is None


async def test_moderators_see_who_agreed(talk: Talk) -> None:
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await joined(talk, ben)
    talk.bot.hears_nothing_more()
    await ann.says("/ambassador list")
    await talk.bot.replies("Ben", "never asked yet", to=ann)


async def test_a_moderator_takes_somebody_off_the_list_after_a_question(talk: Talk) -> None:
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await joined(talk, ben)
    talk.bot.hears_nothing_more()
    await ann.says("/ambassador list")
    line = await talk.bot.replies("never asked yet", to=ann)
    label = next(label for label in line.options + line.buttons if "Ben" in label)
    await ann.presses(line, label)
    await ann.presses(await talk.bot.replies("ask", "no more?", to=ann), "Take off the list")
    await talk.bot.replies("no more", to=ann)
    assert await state(talk) == State.REMOVED


async def test_an_empty_list_says_how_to_begin(talk: Talk) -> None:
    ann = await moderator(talk)
    talk.bot.hears_nothing_more()
    await ann.says("/ambassador list")
    await talk.bot.replies("no ambassadors yet", to=ann)
