"""`/away`: leaving, being back, and what others see of it (nothing)."""

from datetime import UTC, datetime

from bot import consent
from bot.refs import MemberRef
from bot.store import identities, members
from tests.dialogue import Talk
from tests.features.conftest import MakeTalk

CY, CY2 = MemberRef("local", "cy"), MemberRef("local", "cy2")


async def may_mention(talk: Talk, *who: MemberRef) -> bool:
    async with talk.app.database.read() as tx:
        return bool(await consent.agreed(tx, who, talk.clock.now().replace(hour=12), "UTC"))


async def away_until(talk: Talk, who: MemberRef) -> datetime | None:
    async with talk.app.database.read() as tx:
        wish = await members.preference(tx, who)
    return wish.away_until if wish else None


async def test_going_away_says_until_when_and_offers_to_come_back(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/away 2 weeks")
    line = await talk.bot.replies("away until", "Dec 7", to=cy)
    assert line.buttons == ("I'm back", "1 week", "2 weeks", "A month")


async def test_asked_how_it_stands_it_offers_spans(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/away")
    line = await talk.bot.replies("You are here", to=cy)
    await cy.presses(line, "1 week")
    await talk.bot.replies("away until", "Nov 30", to=cy)


async def test_coming_back_is_one_press(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/away until 12 December")
    line = await talk.bot.replies("away until", "Dec 12", to=cy)
    await cy.presses(line, "I'm back")
    await talk.bot.replies("Good to have you back", to=cy)
    await cy.says("/away")
    await talk.bot.replies("You are here", to=cy)


async def test_it_works_in_private(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.opens_private()
    talk.bot.hears_nothing_more()
    await cy.says("/away a month", private=True)
    await talk.bot.replies("away until", "Dec 23", to=cy)


async def test_who_is_away_is_not_mentioned_until_they_are_back(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says("/away 3 days")
    assert not await may_mention(talk, CY)
    await talk.later(days=4)
    assert await may_mention(talk, CY)


async def test_writing_does_not_end_it(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says("/away 3 days")
    await cy.says("hello from the train")
    assert not await may_mention(talk, CY)


async def test_a_date_that_is_over_changes_nothing(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says("/away 2026-01-01")
    await talk.bot.replies("Nothing has changed", to=cy)
    assert await away_until(talk, CY) is None


async def test_more_than_a_year_is_refused(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says("/away until 3 March 2029")
    await talk.bot.replies("a year at most", to=cy)
    assert await away_until(talk, CY) is None


async def test_it_is_understood_and_answered_in_the_readers_language(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy", language="fr")
    await cy.says("/language fr")
    await cy.says("/away jusqu'au 12 décembre")
    await talk.bot.replies("12 déc.", to=cy)
    assert await away_until(talk, CY) == datetime(2026, 12, 12, 8, tzinfo=UTC)


async def test_pings_shows_it(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says("/away 2 weeks")
    await cy.says("/pings")
    await talk.bot.replies("once a week", "away until", "Dec 7", to=cy)


async def test_mydata_tells_it(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says("/away 2 weeks")
    await cy.says("/mydata")
    await talk.bot.replies("Your wishes", "Dec 7")


async def test_forgetting_deletes_it(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says("/away 2 weeks")
    await cy.says("/forgetme")
    await cy.presses(await talk.bot.replies("can't be undone"), "Delete everything")
    assert await away_until(talk, CY) is None


async def test_away_under_one_account_holds_and_ends_under_the_other(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy, other = await talk.person("Cy"), await talk.person("Cy2")
    async with talk.app.database.write() as tx:
        await identities.link(tx, CY, CY2, talk.clock.now())
    await cy.says("/away 2 weeks")
    assert not await may_mention(talk, CY2)
    await other.says("/away")
    line = await talk.bot.replies("You are away until", to=other)
    await other.presses(line, "I'm back")
    assert await may_mention(talk, CY)


async def test_the_zone_of_the_person_counts(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    async with talk.app.database.write() as tx:
        await members.prefer(tx, CY, zone="Asia/Tokyo")
    await cy.says("/away until 12 December")
    assert await away_until(talk, CY) == datetime(2026, 12, 11, 23, tzinfo=UTC)
