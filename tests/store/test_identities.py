"""Accounts of one person: linked, taken apart, and what was wished under them."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot import consent
from bot.refs import MemberRef
from bot.store import identities, members
from bot.store.database import Database, Tx
from bot.store.schema import identities as table

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
A, B, C, D = (MemberRef("local", name) for name in "abcd")


async def together(tx: Tx, member: MemberRef) -> set[str]:
    return {MemberRef.parse(one).id for one in await identities.of(tx, member)}


async def test_somebody_who_linked_nothing_stands_alone(database: Database) -> None:
    async with database.write() as tx:
        assert await together(tx, A) == {"a"}


async def test_links_are_passed_on(database: Database) -> None:
    async with database.write() as tx:
        await identities.link(tx, A, B, NOW)
        await identities.link(tx, C, D, NOW)
        await identities.link(tx, D, A, NOW)
        assert await together(tx, B) == {"a", "b", "c", "d"}


async def test_accounts_of_many_are_found_at_once(database: Database) -> None:
    async with database.write() as tx:
        await identities.link(tx, A, B, NOW)
        found = await identities.accounts(tx, [str(A), str(C)])
        assert found == {str(A): {str(A), str(B)}, str(C): {str(C)}}


async def test_of_two_that_are_unlinked_nothing_is_kept(database: Database) -> None:
    async with database.write() as tx:
        await identities.link(tx, A, B, NOW)
        await identities.unlink(tx, A)
        assert await tx.all(select(table)) == []


async def test_the_others_stay_linked_and_are_not_named_after_who_went(database: Database) -> None:
    async with database.write() as tx:
        await identities.link(tx, A, B, NOW)
        await identities.link(tx, B, C, NOW)
        await identities.unlink(tx, A)
        assert await together(tx, B) == {"b", "c"}
        assert str(A) not in {row.person for row in await tx.all(select(table))}


async def test_who_went_can_be_linked_to_somebody_else(database: Database) -> None:
    async with database.write() as tx:
        await identities.link(tx, A, B, NOW)
        await identities.link(tx, B, C, NOW)
        await identities.unlink(tx, A)
        await identities.link(tx, A, D, NOW)
        assert await together(tx, A) == {"a", "d"}
        assert await together(tx, C) == {"b", "c"}


async def test_never_goes_on_for_each_after_the_link_ends(database: Database) -> None:
    async with database.write() as tx:
        await identities.link(tx, A, B, NOW)
        await members.prefer(tx, A, no_pings=True, away_until=NOW + timedelta(days=2))
        await members.prefer(tx, B, language="fr")
        await identities.unlink(tx, A)
        wish = await members.preference(tx, B)
    assert wish is not None
    assert (wish.no_pings, wish.language) == (True, "fr")
    assert wish.away_until == NOW + timedelta(days=2)


async def test_a_rest_goes_on_for_each_after_the_link_ends(database: Database) -> None:
    async with database.write() as tx:
        await identities.link(tx, A, B, NOW)
        await consent.rest(tx, A, consent.CALLS, NOW + timedelta(days=2))
        await consent.rest(tx, B, consent.CALLS, NOW + timedelta(days=9))
        await identities.unlink(tx, B)
        later = NOW + timedelta(days=8)
        both = await consent.resting(tx, [str(A), str(B)], [consent.CALLS], later)
    assert both == {str(A), str(B)}


async def test_unlinking_who_wished_nothing_writes_no_wishes(database: Database) -> None:
    async with database.write() as tx:
        await identities.link(tx, A, B, NOW)
        await identities.unlink(tx, A)
        assert await members.preference(tx, B) is None


people = st.sampled_from([A, B, C, D])
steps = st.lists(st.tuples(st.booleans(), people, people), max_size=12)


@given(steps)
@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_links_are_always_whole_circles(
    database: Database, acts: list[tuple[bool, MemberRef, MemberRef]]
) -> None:
    """Whoever is linked to somebody is linked to everybody whom they are linked to."""
    circles = [{one} for one in (A, B, C, D)]
    async with database.write() as tx:
        await tx.execute(delete(table))
        for linking, one, other in acts:
            mine = next(circle for circle in circles if one in circle)
            theirs = next(circle for circle in circles if other in circle)
            if linking:
                circles = [c for c in circles if c is not mine and c is not theirs]
                circles.append(mine | theirs)
                await identities.link(tx, one, other, NOW)
            else:
                circles = [c for c in circles if c is not mine]
                circles += [left for left in (mine - {one}, {one}) if left]
                await identities.unlink(tx, one)
        for circle in circles:
            for one in circle:
                assert await identities.of(tx, one) == {str(other) for other in circle}
