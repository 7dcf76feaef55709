"""No secret reaches a log, wherever it comes from."""

import io
import json
import logging
import sys
import warnings

import aiohttp
import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.logs import HIDDEN, Redaction
from bot.settings import LogSettings

CANARY = 'canary/5f1c+0a:77=é"x'
DISCORD_SHAPE = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs-Rb"
TELEGRAM_SHAPE = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(params=["console", "json"])
def log(request: pytest.FixtureRequest) -> io.StringIO:
    """What is logged, in each format."""
    stream = io.StringIO()
    logs.configure(LogSettings(level="debug", format=request.param), {CANARY}, stream)
    return stream


def shows(stream: io.StringIO) -> bool:
    """Whether a secret can be read in any of its spellings."""
    text = stream.getvalue()
    assert HIDDEN in text
    return any(part in text for part in ("5f1c", DISCORD_SHAPE[-20:], TELEGRAM_SHAPE[-20:]))


def test_a_secret_in_a_field_is_hidden(log: io.StringIO) -> None:
    structlog.get_logger("a").info("hello", token=CANARY, nested={"deep": [CANARY]})
    assert not shows(log)


def test_a_secret_in_a_library_s_message_is_hidden(log: io.StringIO) -> None:
    logging.getLogger("somebody.else").warning("GET https://x/%s", CANARY)
    assert not shows(log)


def test_a_secret_that_was_quoted_for_an_address_is_hidden(log: io.StringIO) -> None:
    structlog.get_logger("a").info("got", url=httpx.URL("https://x/", params={"t": CANARY}))
    structlog.get_logger("a").info("got", url="https://x/canary%2F5f1c%2B0a%3A77%3D%C3%A9%22x")
    assert not shows(log)


def test_a_secret_in_a_traceback_is_hidden(log: io.StringIO) -> None:
    try:
        raise RuntimeError(f"could not log in with {CANARY}")
    except RuntimeError:
        structlog.get_logger("a").exception("failed")
        logging.getLogger("b").exception("failed")
    assert not shows(log)


def test_a_crash_of_the_program_hides_its_secrets(log: io.StringIO) -> None:
    error = RuntimeError(CANARY)
    sys.excepthook(RuntimeError, error, None)
    assert not shows(log)


def test_a_warning_hides_its_secrets(log: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(f"deprecated {CANARY}", stacklevel=1)
    assert not shows(log)


async def test_the_errors_of_http_libraries_hide_their_addresses(log: io.StringIO) -> None:
    address = f"http://127.0.0.1:1/bot{TELEGRAM_SHAPE}/getMe"
    try:
        async with httpx.AsyncClient() as client:
            await client.get(address)
    except httpx.HTTPError as error:
        structlog.get_logger("a").exception("failed", url=str(error.request.url))
    try:
        async with aiohttp.ClientSession() as session:
            await session.get(address, headers={"Authorization": f"Bot {DISCORD_SHAPE}"})
    except aiohttp.ClientError:
        logging.getLogger("b").exception("failed at %s", address)
    assert not shows(log)


@pytest.mark.parametrize("token", [DISCORD_SHAPE, TELEGRAM_SHAPE])
def test_what_has_the_shape_of_a_token_is_hidden_though_unknown(token: str) -> None:
    assert Redaction(())(f"Bot {token} and bot{token}/getMe").count(token) == 0


LETTERS = st.sampled_from("aB3é\"'\\%+/:\n [hidden]")


@given(st.text(LETTERS, min_size=4), st.text(LETTERS), st.text(LETTERS))
def test_a_known_secret_never_passes(secret: str, before: str, after: str) -> None:
    hidden = Redaction({secret})(f"{before}{secret}{after}")
    assert secret not in hidden.replace(HIDDEN, "\0") or secret in HIDDEN


def test_small_talk_of_http_libraries_is_left_out(log: io.StringIO) -> None:
    assert logging.getLogger("httpx").level == logging.WARNING


def test_text_of_people_breaks_no_line(log: io.StringIO) -> None:
    structlog.get_logger("a").info("said", text="one\ntwo\x1b[31m")
    assert log.getvalue().count("\n") == 1


def test_every_line_of_json_can_be_read() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Formatter(Redaction({CANARY}), console=False, colours=False))
    record = logging.LogRecord("a", 20, "f", 1, f"with {CANARY}", None, None)
    handler.emit(record)
    assert json.loads(stream.getvalue())["event"] == f"with {HIDDEN}"
