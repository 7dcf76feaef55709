"""Moderators read what naming does, in plain words, and "not known yet" until it is known."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.quiet import effect_views, learning
from bot.features.quiet.learning import RETRY, Learned
from bot.i18n import Words
from bot.store import due, groups
from bot.store.groups import Group
from bot.trial import Estimate
from tests.core.house import NOON
from tests.dialogue import START, Actor, Talk
from tests.features.quiet.draws import many
from tests.features.quiet.naming_library import draws, host, named_by, prompted
from tests.features.quiet.steered import quiet_person

ENGLISH = Words("en")
SHARES = st.floats(-1, 1)


async def home(talk: Talk) -> Group:
    async with talk.app.database.read() as tx:
        return (await groups.active(tx))[0]


async def drawn(talk: Talk, rates: dict[str, tuple[float, float]], count: int) -> None:
    """So many draws of each kind are over, and what they teach is learnt."""
    group = await home(talk)
    async with talk.app.database.write() as tx:
        await many(tx, group, rates, count, start=START - timedelta(days=200))
        row = {"key": "k", "due_at": START + timedelta(hours=1), "feature": "quiet"}
        row |= {"kind": "quiet.learn", "arg": str(group.community), "group_id": group.id}
        await due.arm(tx, [row])
    await talk.later(hours=2)


async def test_at_first_nothing_is_known(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    await ann.says("/quiet effect")
    line = await talk.bot.replies("Not known yet", "about 730 more draws", "50%", to=ann)
    assert line.files == ()


async def test_few_draws_are_counted_and_say_nothing(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await drawn(talk, {"new": (0.9, 0.1)}, 30)
    talk.bot.hears_nothing_more()
    await ann.says("/quiet effect")
    line = await talk.bot.replies("Not known yet", "30 draws are over", to=ann)
    assert line.files == ()


async def test_an_effect_is_told_with_its_range_and_a_picture(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await drawn(talk, {"overdue": (0.5, 0.1)}, 400)
    talk.bot.hears_nothing_more()
    await ann.says("/quiet effect")
    line = await talk.bot.replies("Yes, it does", "of those named", "(between +", to=ann)
    assert line.files == ("effect.png",)


async def test_whom_it_does_not_help_is_told(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await drawn(talk, {"overdue": (0.5, 0.1), "new": (0.02, 0.1)}, 1_200)
    talk.bot.hears_nothing_more()
    await ann.says("/quiet effect")
    await talk.bot.replies("who had never written", "I stopped naming them on Nov 23", to=ann)


async def test_members_are_not_told(talk: Talk) -> None:
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    await ben.says("/quiet effect")
    await talk.bot.replies("moderators")


async def test_figures_are_written_as_the_reader_writes_them(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    group = await home(talk)
    known = Learned(spoke=Estimate(1300, 800, 0.12, 0.03, 0.21, 0.03, 0.31, 0.19))
    async with talk.app.database.write() as tx:
        await learning.keep(tx, group.community, known, START)
        await groups.change(tx, group.id, language="fr")
    talk.bot.hears_nothing_more()
    await ann.says("/quiet effect")
    await talk.bot.replies("1\u202f300", "31\xa0%", to=ann)


async def test_where_pages_are_served_their_address_is_for_the_moderator_alone(
    talk: Talk,
) -> None:
    ann = await talk.person("Ann", moderator=True)
    talk.app.engine.around.dashboard = lambda number, path: f"https://x.example/{number}/{path}"
    talk.bot.hears_nothing_more()
    await ann.says("/quiet effect")
    await talk.bot.replies("Not known yet", to=ann)
    for line in talk.bot.unheard():
        assert line.only_for == "Ann" or "x.example" not in f"{line.text} {line.buttons}"


async def test_from_a_name_in_a_post_to_what_it_taught(talk: Talk) -> None:
    ann = await host(talk)
    await named_by(talk, 0.97)
    await quiet_person(talk, "Ben")
    await prompted(talk, ann)
    ben = Actor(talk, "Ben")
    await talk.later(days=2)
    await ben.says("I was away, and it was good.")
    await talk.later(days=15)
    (draw,) = [one for one in await draws(talk) if one.spoke is not None]
    assert (draw.named, draw.spoke, draw.tied) == (True, True, False)
    talk.bot.hears_nothing_more()
    await ann.says("/quiet effect")
    await talk.bot.replies("1 draw is over; in 1 the person was named", to=ann)


@given(st.floats(0, 1e7))
def test_what_is_rough_is_told_in_two_figures(number: float) -> None:
    found = effect_views.rounded(number)
    assert found >= number
    assert found <= number * 1.1 + 1
    assert len(str(found).rstrip("0")) <= 2


@given(SHARES)
def test_a_difference_has_a_sign_unless_it_is_nothing(share: float) -> None:
    said = effect_views.signed(ENGLISH, share)
    assert said == "0" or said[0] == ("+" if share > 0 else "−")


@given(SHARES, st.floats(0, 1), st.floats(0, 1), st.integers(1, 10**6))
def test_any_estimate_can_be_told(effect: float, below: float, above: float, count: int) -> None:
    one = Estimate(count, count // 2, effect, effect - below, effect + above, 0.1, effect, -effect)
    learned = Learned(one, one, {"new": one}, {"new": NOON, "faded": NOON})
    found = effect_views.report(ENGLISH, learned, 3, NOON + RETRY)
    assert "trying again since" in str(effect_views.message(ENGLISH, found))
    assert all(-100 <= row.low <= row.high <= 100 or row.low > row.high for row in found.rows)


@pytest.mark.parametrize(
    ("half", "said"), [(0.2, "difference of 10"), (0.08, "difference of 5"), (0.04, "ruled out")]
)
def test_what_is_needed_depends_on_what_is_known(half: float, said: str) -> None:
    one = Estimate(500, 250, 0.0, -half, half, half / 3, 0.2, 0.2)
    assert said in str(effect_views.needed(ENGLISH, one))
