"""`/link` and `/unlink`: two accounts of one person."""

import re

import pytest

from adapters.local.client import EVERYTHING
from bot import consent
from bot.features.privacy import codes
from bot.ports import Can
from bot.refs import MemberRef
from bot.store import identities, members
from bot.store.schema import link_codes
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk

CODE = re.compile(r"/link ([A-Z2-9]{4}-[A-Z2-9]{4})")
CY, CY2, EVE = (MemberRef("local", name) for name in ("cy", "cy2", "eve"))


async def code_of(talk: Talk, actor: Actor) -> str:
    """What the bot tells this account to type with the other one."""
    await actor.says("/link")
    line = await talk.bot.replies("/link ", to=actor)
    found = CODE.search(line.text)
    assert found, line.text
    return found[1]


async def two(talk: Talk) -> tuple[Actor, Actor]:
    """Two accounts that can both be answered in private."""
    pair = (await talk.person("Cy"), await talk.person("Cy2"))
    for one in pair:
        await one.opens_private()
    talk.bot.hears_nothing_more()
    return pair


async def linked(talk: Talk) -> tuple[Actor, Actor]:
    cy, other = await two(talk)
    await other.says(f"/link {await code_of(talk, cy)}")
    await other.presses(await talk.bot.replies("you too?"), "Yes, link them")
    await talk.bot.replies("are one to me")
    return cy, other


async def accounts(talk: Talk, who: MemberRef = CY) -> frozenset[str]:
    async with talk.app.database.read() as tx:
        return await identities.of(tx, who)


async def test_a_code_and_a_press_link_two_accounts(talk: Talk) -> None:
    cy, other = await two(talk)
    code = await code_of(talk, cy)
    await other.says(f"/link {code}")
    line = await talk.bot.replies("Cy", "you too?", "holds under both", to=other)
    await other.presses(line, "Yes, link them")
    await talk.bot.replies("Cy", "are one to me", to=other)
    await cy.says("/unlink")
    await talk.bot.replies("Cy2", to=cy)


async def test_never_under_one_account_is_never_under_the_other(talk: Talk) -> None:
    cy, other = await linked(talk)
    await cy.says("/pings never")
    await talk.bot.replies("I never mention you", to=cy)
    await other.says("/pings")
    await talk.bot.replies("I never mention you", to=other)


async def test_taking_an_account_out_needs_a_second_press(talk: Talk) -> None:
    cy, _ = await linked(talk)
    await cy.says("/unlink")
    line = await talk.bot.replies("Cy2", "linked with", to=cy)
    await cy.presses(line, "Take this account out")
    await talk.bot.replies("stands for itself", to=cy)
    await cy.says("/unlink")
    await talk.bot.replies("linked with no other", to=cy)


async def test_keeping_the_link_keeps_it(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, _ = await linked(talk)
    await cy.says("/unlink")
    await cy.presses(await talk.bot.replies("linked with"), "Keep the link")
    await talk.bot.replies("stays as it is")
    assert len(await accounts(talk)) == 2


async def test_saying_no_links_nothing_and_uses_the_code_up(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, other = await two(talk)
    code = await code_of(talk, cy)
    await other.says(f"/link {code}")
    await other.presses(await talk.bot.replies("you too?"), "No")
    await other.says(f"/link {code}")
    await talk.bot.replies("does not fit", to=other)
    assert len(await accounts(talk)) == 1


async def test_a_code_is_good_for_15_minutes(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, other = await two(talk)
    code = await code_of(talk, cy)
    await talk.later(minutes=15)
    await other.says(f"/link {code}")
    await talk.bot.replies("does not fit", to=other)


async def test_a_press_that_comes_too_late_links_nothing(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, other = await two(talk)
    await other.says(f"/link {await code_of(talk, cy)}")
    line = await talk.bot.replies("you too?")
    await talk.later(minutes=20)
    await other.presses(line, "Yes, link them")
    await talk.bot.replies("does not fit")
    assert len(await accounts(talk)) == 1


async def test_a_code_links_only_once(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, other = await two(talk)
    code = await code_of(talk, cy)
    await other.says(f"/link {code}")
    await other.presses(await talk.bot.replies("you too?"), "Yes, link them")
    eve = await talk.person("Eve")
    await eve.says(f"/link {code}")
    await talk.bot.replies("does not fit", to=eve)


async def test_a_code_that_was_seen_by_others_is_of_no_use_to_them(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, other = await two(talk)
    code = await code_of(talk, cy)
    await other.says(f"/link {code}")
    line = await talk.bot.replies("you too?")
    eve = await talk.person("Eve")
    await eve.says(f"/link {code}")
    await talk.bot.replies("does not fit", to=eve)
    await other.presses(line, "Yes, link them")
    assert await accounts(talk) == {str(CY), str(CY2)}


async def test_a_new_code_makes_the_old_one_worthless(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, other = await two(talk)
    old = await code_of(talk, cy)
    await code_of(talk, cy)
    await other.says(f"/link {old}")
    await talk.bot.replies("does not fit", to=other)


async def test_ones_own_code_is_for_the_other_account(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, _ = await two(talk)
    await cy.says(f"/link {await code_of(talk, cy)}")
    await talk.bot.replies("your own code", to=cy)


async def test_what_is_linked_is_not_linked_again(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, other = await linked(talk)
    await other.says(f"/link {await code_of(talk, cy)}")
    await talk.bot.replies("linked already", to=other)


async def test_after_five_guesses_an_hour_passes(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, other = await two(talk)
    for _ in range(codes.TRIES):
        await other.says("/link AAAA-AAAA")
        await talk.bot.replies("does not fit", to=other)
    await other.says(f"/link {await code_of(talk, cy)}")
    await talk.bot.replies("too many codes", to=other)
    await talk.later(minutes=61)
    await other.says(f"/link {await code_of(talk, cy)}")
    await talk.bot.replies("you too?", to=other)


async def test_a_code_may_be_typed_as_people_type(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, other = await two(talk)
    code = (await code_of(talk, cy)).lower().replace("-", " ")
    await other.says(f"/link {code}")
    await talk.bot.replies("you too?", to=other)


async def test_a_code_is_not_shown_where_others_read(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.EPHEMERAL & ~Can.DM)
    cy = await talk.person("Cy")
    talk.bot.hears_nothing_more()
    await cy.says("/link")
    await talk.bot.replies("for you alone")
    await talk.bot.is_silent()


async def test_codes_are_not_kept_as_they_are(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, _ = await two(talk)
    code = await code_of(talk, cy)
    async with talk.app.database.read() as tx:
        row = await tx.first(link_codes.select())
    assert row is not None
    assert code.replace("-", "") not in row.digest.upper()


async def test_mydata_tells_the_other_account(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, _ = await linked(talk)
    await cy.says("/mydata")
    await talk.bot.replies("Accounts that you linked", "Cy2")


async def test_who_is_forgotten_is_linked_with_nobody(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, _ = await linked(talk)
    await cy.says("/forgetme")
    await cy.presses(await talk.bot.replies("can't be undone"), "Delete everything")
    assert await accounts(talk, CY2) == {str(CY2)}


async def test_the_never_of_who_is_forgotten_holds_for_the_other_account(
    on_local: MakeTalk,
) -> None:
    talk = await on_local()
    cy, _ = await linked(talk)
    await cy.says("/pings never")
    await cy.says("/forgetme")
    await cy.presses(await talk.bot.replies("can't be undone"), "Delete everything")
    async with talk.app.database.read() as tx:
        assert await consent.agreed(tx, [CY2], talk.clock.now().replace(hour=12), "UTC") == set()


async def test_accounts_on_two_platforms_are_linked_by_a_code(on_local: MakeTalk) -> None:
    talk = await on_local()
    here, there = CY, MemberRef("elsewhere", "77")
    now = talk.clock.now().replace(hour=12)
    async with talk.app.database.write() as tx:
        code = await codes.give(tx, here, now)
        assert await codes.take(tx, code, there, now) == here
        assert await codes.taken(tx, there, now) == here
        await identities.link(tx, there, here, now)
        await members.prefer(tx, there, no_pings=True)
        assert await consent.agreed(tx, [here], now, "UTC") == set()


@pytest.mark.parametrize("junk", ["????", "", "🙂", "x" * 1000])
async def test_junk_is_no_code(on_local: MakeTalk, junk: str) -> None:
    talk = await on_local()
    async with talk.app.database.write() as tx:
        await codes.give(tx, CY, talk.clock.now())
        assert await codes.take(tx, junk, EVE, talk.clock.now()) is None
