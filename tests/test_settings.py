"""Reading the configuration: what it may hold, and what is said of everything that is wrong."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import BLOCKS
from bot.i18n import Words
from bot.secret import Secret
from bot.settings import BadSettings, Settings, load

CANARY = "canary-5f1c0a77"
TOKENS = {"CONVIVE_DISCORD_TOKEN": CANARY, "CONVIVE_TELEGRAM_TOKEN": CANARY + "-2"}


def read(folder: Path, text: str, env: dict[str, str] | None = None) -> Settings:
    file = folder / "config.toml"
    file.write_text(text, "utf-8")
    return load(file, BLOCKS, TOKENS if env is None else env)


def faults(folder: Path, text: str, env: dict[str, str] | None = None) -> list[tuple[int, str]]:
    """Line and sentence of everything that is wrong."""
    with pytest.raises(BadSettings) as caught:
        read(folder, text, env)
    words = Words("en")
    return [(f.line, str(words.say(f.message, **f.parts))) for f in caught.value.faults]


def test_a_block_switches_its_platform_on(tmp_path: Path) -> None:
    assert list(read(tmp_path, "[local]\n").platforms) == ["local"]


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    assert read(tmp_path, "[local]\n").log.level == "info"


def test_health_pages_are_off_without_their_block(tmp_path: Path) -> None:
    assert read(tmp_path, "[local]\n").health is None


def test_paths_start_at_the_folder_of_the_file(tmp_path: Path) -> None:
    url = read(tmp_path, '[local]\n[store]\nurl = "sqlite:///a.sqlite"').store_url
    assert url.database == str(tmp_path / "a.sqlite")


def test_a_token_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{CANARY}\n")
    found = read(tmp_path, '[discord]\ntoken_file = "token"', {}).platforms["discord"]
    assert getattr(found, "token", None) == Secret(CANARY)


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, '[discord]\ntoken_file = "nowhere"').platforms["discord"]
    assert getattr(found, "token", None) == Secret(CANARY)


def test_no_secret_is_seen_in_the_settings(tmp_path: Path) -> None:
    text = '[discord]\n[telegram]\n[store]\nurl = "postgresql://me:pa55word@host/db"\n'
    found = read(tmp_path, text)
    assert CANARY not in f"{found!r} {found}"
    assert "pa55word" not in f"{found!r} {found}"


def test_every_secret_is_known_for_the_logs(tmp_path: Path) -> None:
    text = '[discord]\n[telegram]\n[store]\nurl = "postgresql://me:pa55word@host/db"\n'
    assert read(tmp_path, text).secrets() == {CANARY, CANARY + "-2", "pa55word"}


def test_a_password_of_the_store_joins_its_address(tmp_path: Path) -> None:
    text = '[local]\n[store]\nurl = "postgresql://me@host/db"\n'
    assert read(tmp_path, text, {"CONVIVE_STORE_PASSWORD": "s3"}).store_url.password == "s3"


def test_all_faults_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = (
        '[store]\nulr = "x"\n[discord]\nshards = "two"\nthis is no toml\n'
        '[telegram]\nbase_url = "ftp://x"\n[log]\nlevel = "loud"\n[helth]\n'
    )
    assert [line for line, _ in faults(tmp_path, text)] == [2, 4, 5, 7, 9, 10]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[local]\nprot = 1", "Did you mean port?"),
        ("[local]\nport = 70000", "from 0 to 65535"),
        ("[local]\nport = true", "local.port must be a whole number"),
        ("[local]\nhost = 5", "local.host must be a text in quotes."),
        ('[local]\n[log]\nlevel = "x"', '"debug"'),
        ('[discord]\ntoken = "abc"', "CONVIVE_DISCORD_TOKEN"),
        ('[discord]\ngateway = "http://x"', "wss://"),
        ("[telegram.webhook]\nport = 1", "telegram.webhook.url is missing."),
        ("[telegram]\nwebhook = 5", "[telegram.webhook]"),
        ("local = 1", "[local]"),
        ("", "No platform is switched on."),
        ('[local]\n[store]\nurl = "mysql://x"', "postgresql://"),
        ('[local]\n[store]\nurl = "nonsense"', "sqlite:///"),
        ("[[local]]\n", "[local]"),
        ("[local\n", "not valid TOML"),
    ],
)
def test_each_fault_says_how_to_mend_it(tmp_path: Path, text: str, said: str) -> None:
    assert any(said in sentence for _, sentence in faults(tmp_path, text))


def test_a_missing_token_names_its_variable_and_the_line_of_its_block(tmp_path: Path) -> None:
    found = faults(tmp_path, "[local]\n\n[discord]\n", {})
    assert [(line, "CONVIVE_DISCORD_TOKEN" in said) for line, said in found] == [(3, True)]


def test_a_token_in_the_file_is_refused_without_repeating_it(tmp_path: Path) -> None:
    found = faults(tmp_path, f'[discord]\ntoken = "{CANARY}"', {})
    assert CANARY not in str(found)


@pytest.mark.parametrize("content", [None, ""])
def test_a_token_file_that_is_missing_or_empty_is_a_fault(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "token").write_text(content)
    found = faults(tmp_path, '[discord]\ntoken_file = "token"', {})
    assert found[0][0] == 2


def test_a_missing_file_says_what_to_copy(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as caught:
        load(tmp_path / "none.toml", BLOCKS, {})
    assert "config.example.toml" in caught.value.faults[0].message


def test_a_folder_in_place_of_the_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        load(tmp_path, BLOCKS, {})


def test_bytes_that_are_no_text_are_a_fault(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe[local]")
    with pytest.raises(BadSettings):
        load(tmp_path / "config.toml", BLOCKS, {})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_gives_settings_or_faults(tmp_path: Path, text: str) -> None:
    found: object
    try:
        found = read(tmp_path, "[local]\n" + text, {})
    except BadSettings as bad:
        found = bad.faults
    assert found
