"""The databases' full text follows the entries, however they come and go."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import desc, literal, make_url, text, update
from sqlalchemy.exc import OperationalError

from bot.i18n import Words
from bot.operations.backup import backup
from bot.operations.excuses import excuse
from bot.operations.moving import move
from bot.operations.restore import restore
from bot.recall import Recall, fulltext
from bot.recall.tables import entries
from bot.recall.words import terms
from bot.store.database import Database, Tx, open_database
from tests.bench.recall_quality import LANGUAGES, questions
from tests.recall.conftest import HOME, OTHER, keep, search
from tests.recall.test_any_text import ODD

TEXTS = {
    number: row[language]["kept"]
    for number, (row, language) in enumerate(
        (row, language) for row in questions()[:20] for language in LANGUAGES
    )
}


async def having(tx: Tx, term: str, community: int = HOME) -> list[int]:
    """The entries that the full text gives for a term."""
    asked = literal(fulltext.query(tx.dialect, community, term))
    return [row.entry for row in await tx.all(fulltext.having(tx.dialect, asked))]


async def put(database: Database, term: str, community: int = HOME) -> None:
    """One entry that has only this term."""
    async with database.write() as tx:
        await tx.execute(entries.insert().values(community=community, item=1, terms=term))


@pytest.mark.parametrize(
    "written", [*ODD, "OR", "AND", "NOT", "NEAR", "a OR b*", "-a ^b", "a & !b"]
)
async def test_every_term_is_a_token_and_never_syntax(database: Database, written: str) -> None:
    await keep(database, Recall(meaning=False), {1: written})
    async with database.read() as tx:
        assert all([await having(tx, term) == [1] for term in terms(written)])


@given(st.text())
def test_a_question_to_the_full_text_ends_where_its_quote_ends(term: str) -> None:
    asked = fulltext.query("sqlite", HOME, term)
    assert '"' not in asked[1:-1].replace('""', "")


@given(st.text())
def test_postgresql_sees_every_quote_doubled(term: str) -> None:
    asked = fulltext.query("postgresql", HOME, term)
    assert "'" not in asked[1:-1].replace("''", "")


async def test_communities_whose_numbers_begin_alike_are_told_apart(database: Database) -> None:
    await put(database, "2x", 1)
    await put(database, "x", 12)
    async with database.read() as tx:
        assert [await having(tx, "x", 1), len(await having(tx, "x", 12))] == [[], 1]


async def test_what_was_undone_is_not_in_the_full_text(database: Database) -> None:
    async def undone() -> None:
        async with database.write() as tx:
            await Recall(meaning=False).keep(tx, HOME, 1, "visa")
            assert await having(tx, "visa")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await undone()
    async with database.read() as tx:
        assert await having(tx, "visa") == []


async def test_a_savepoint_that_was_undone_leaves_nothing_in_the_full_text(
    database: Database,
) -> None:
    async def undone(tx: Tx) -> None:
        async with tx.savepoint():
            await Recall(meaning=False).keep(tx, HOME, 1, "visa")
            raise ZeroDivisionError

    async with database.write() as tx:
        with pytest.raises(ZeroDivisionError):
            await undone(tx)
        assert await having(tx, "visa") == []


async def test_changed_terms_replace_those_before(database: Database) -> None:
    await put(database, "visa bank")
    async with database.write() as tx:
        await tx.execute(update(entries).values(terms="visa cat", community=OTHER))
        found = [len(await having(tx, term, OTHER)) for term in ("visa", "cat", "bank")]
    assert found == [1, 1, 0]


async def test_dropping_everything_leaves_an_empty_full_text(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    recall = Recall(meaning=False)
    await keep(database, recall, TEXTS)
    async with database.write() as tx:
        seen = "CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, recall_fulltext, row)"
        await tx.execute(text(seen))
        for item in TEXTS:
            await recall.drop(tx, item)
        assert await tx.all(text("SELECT * FROM temp.seen")) == []
    await database.close()


async def found(url: str) -> list[list[tuple[int, float]]]:
    """What a store finds for some questions."""
    database, recall = open_database(url), Recall(meaning=False)
    asked = [row[language]["near"] for row in questions()[:20] for language in LANGUAGES]
    hits = [await search(database, recall, question) for question in asked]
    await database.close()
    return [[(hit.item, hit.score) for hit in of] for of in hits]


async def filled(url: str) -> list[list[tuple[int, float]]]:
    """A store with some questions, and what it finds."""
    database = open_database(url)
    await keep(database, Recall(meaning=False), TEXTS)
    await database.close()
    return await found(url)


async def test_a_restored_store_finds_what_was_found_before(store_url: str, tmp_path: Path) -> None:
    before = await filled(store_url)
    await backup(make_url(store_url), tmp_path / "b")
    await restore(tmp_path / "b", make_url(store_url), force=True)
    assert await found(store_url) == before


@pytest.mark.postgres
async def test_a_store_that_moved_finds_the_same_on_the_other_database(
    sqlite_url: str, postgres_url: str
) -> None:
    before = await filled(sqlite_url)
    await move(make_url(sqlite_url), postgres_url)
    assert await found(postgres_url) == before


@pytest.mark.postgres
async def test_postgresql_looks_into_its_index(postgres_url: str) -> None:
    database = open_database(postgres_url)
    await keep(database, Recall(meaning=False), TEXTS)
    async with database.write() as tx:
        await tx.execute(text("SET LOCAL enable_seqscan = off"))
        asked = fulltext.having(tx.dialect, literal("'1_visa'")).order_by(desc("entry")).limit(9)
        made = asked.compile(tx.connection.sync_connection, compile_kwargs={"literal_binds": True})
        explained = await tx.connection.exec_driver_sql(f"EXPLAIN {made}")
        assert fulltext.NAME in str(explained.all())
    await database.close()


async def test_an_sqlite_without_full_text_is_told_in_a_sentence(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    async with database.read() as tx:
        with pytest.raises(OperationalError) as caught:
            await tx.execute(text("CREATE VIRTUAL TABLE other USING fts55(lexemes)"))
    await database.close()
    assert "no such module: fts55" in (excuse(caught.value, Words()) or "")
