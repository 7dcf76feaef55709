"""`convive answers export`: the kept answers in a folder, from the command line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import main
from bot.refs import ChatRef
from bot.store import groups
from bot.store.database import open_database
from bot.store.migrate import migrate
from tests.features.answers.library import Library

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
async def config(tmp_path: Path) -> Path:
    """A configuration with a store of one question."""
    database = open_database(f"sqlite+aiosqlite:///{tmp_path}/convive.sqlite")
    await migrate(database)
    async with database.write() as tx:
        group = await groups.create(tx, ChatRef("local", "1"), NOW, title="Friends")
    await Library(database, group, NOW).question("How do I renew my visa?")
    await database.close()
    file = tmp_path / "config.toml"
    file.write_text("[local]\n", "utf-8")
    return file


def test_the_answers_are_written(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = config.parent / "out"
    assert main(["answers", "export", "--config", str(config), str(out)]) == 0
    assert "1 question with its answers is in" in capsys.readouterr().out
    assert (out / "questions/1.html").exists()


def test_a_folder_with_other_things_is_refused_in_a_sentence(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = config.parent
    assert main(["answers", "export", "--config", str(config), str(folder)]) == 1
    assert "holds other things" in capsys.readouterr().err


def test_a_community_nobody_knows_is_told(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(config.parent / "out")
    arguments = ["answers", "export", "--config", str(config), "--community", "9", out]
    assert main(arguments) == 1
    assert "1 (Friends)" in capsys.readouterr().err
