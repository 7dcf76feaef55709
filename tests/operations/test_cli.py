"""The command line: what goes wrong is a sentence, never a traceback."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import language, main
from bot.store.database import open_database


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration with the local platform and a store beside it."""
    file = tmp_path / "config.toml"
    file.write_text("[local]\nport = 0\n")
    return file


@pytest.fixture
def made(config: Path) -> Path:
    """The same with a store that exists."""
    main(["migrate", "--config", str(config)])
    return config


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """Everything that was printed."""
    out, err = capsys.readouterr()
    return out + err


def test_a_missing_configuration_is_told_with_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["run", "--config", str(tmp_path / "none.toml")])
    assert (code, "config.example.toml" in said(capsys)) == (2, True)


def test_faults_are_told_with_their_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.toml").write_text("[local]\nprot = 1\nhost = 2\n")
    code = main(["run", "--config", str(tmp_path / "c.toml")])
    told = said(capsys)
    assert (code, "line 2:" in told, "line 3:" in told) == (2, True, True)


def test_a_database_of_a_newer_convive_is_left_alone(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(made.parent / "convive.sqlite")) as store, store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    code = main(["run", "--config", str(made)])
    told = said(capsys)
    assert (code, "version 9999" in told, "Traceback" in told) == (1, True, False)


def test_a_second_process_on_the_same_file_leaves_at_once(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = open_database(f"sqlite+aiosqlite:///{made.parent}/convive.sqlite")
    code = main(["run", "--config", str(made)])
    asyncio.run(first.close())
    assert (code, "Another Convive is already working" in said(capsys)) == (1, True)


def test_a_file_that_is_no_database_is_told(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (config.parent / "convive.sqlite").write_text("no database at all, but long enough" * 100)
    code = main(["run", "--config", str(config)])
    assert (code, "not a database of Convive" in said(capsys)) == (1, True)


def test_a_postgresql_that_does_not_answer_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "postgresql://me:pa55word@127.0.0.1:1/db"
    (tmp_path / "c.toml").write_text(f'[local]\nport = 0\n[store]\nurl = "{url}"\n')
    code = main(["run", "--config", str(tmp_path / "c.toml")])
    told = said(capsys)
    assert (code, "The store can't be reached" in told, "pa55word" in told) == (1, True, False)


@pytest.mark.postgres
def test_a_database_that_does_not_exist_is_told(
    tmp_path: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = postgres_url.replace("/test_", "/nowhere_")
    (tmp_path / "c.toml").write_text(f'[local]\nport = 0\n[store]\nurl = "{url}"\n')
    code = main(["run", "--config", str(tmp_path / "c.toml")])
    told = said(capsys)
    assert (code, "does not exist" in told, "Traceback" in told) == (1, True, False)


def test_a_folder_that_can_not_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "c.toml").write_text('[local]\n[store]\nurl = "sqlite:///file/a.sqlite"\n')
    code = main(["run", "--config", str(tmp_path / "c.toml")])
    told = said(capsys)
    assert (code, "can't be used" in told, "Traceback" in told) == (1, True, False)


def test_a_backup_of_nothing_is_told(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["backup", "--config", str(config), str(tmp_path / "b")])
    assert (code, "There is no database" in said(capsys)) == (1, True)


def test_a_new_address_that_is_none_is_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["migrate", "--config", str(made), "--to", "nonsense"])
    assert (code, "postgresql://" in said(capsys)) == (1, True)


def test_check_finds_nothing_to_mend_in_a_sound_installation(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (main(["check", "--config", str(config)]), "All is well." in said(capsys)) == (0, True)


def test_backup_and_restore_say_what_they_did(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = [
        main(["backup", "--config", str(made), str(tmp_path / "b")]),
        main(["restore", "--config", str(made), str(tmp_path / "b")]),
    ]
    assert (codes, "not sent again" in said(capsys)) == ([0, 0], True)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["version"]), said(capsys).startswith("convive ")) == (0, True)


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["dance"])
    assert "dance" in said(capsys)


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr_FR.UTF-8"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "es_ES"}, "es_ES"),
        ({"LC_MESSAGES": "", "LANG": "pt"}, "pt"),
        ({}, ""),
    ],
)
def test_the_language_is_that_of_the_terminal(env: dict[str, str], expected: str) -> None:
    assert language(env) == expected
