"""Logging: structlog and the standard library through one handler that shows no secret.

The finished line is searched, so that a token is found wherever it came from: an address, an
exception of some library, a traceback, an argument.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Collection
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.settings import LogSettings

HIDDEN = "[hidden]"
LOUD = (
    "httpx",
    "httpcore",
    "alembic",
    "apscheduler",
    "asyncio",
    "aiosqlite",
    "matplotlib",
    "uvicorn",
)
"""Libraries whose small talk is left out; some of them log addresses with the token in them."""
_SHAPES = re.compile(
    r"(?<![\w-])[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # three parts with dots
    r"|\d{6,12}(?::|%3A)[\w-]{30,}"  # number, colon, key
    r"|(?<=/webhooks/)\d+/[\w-]{20,}"
    r"|(?<=/interactions/)\d+/[\w-]{20,}",
    re.ASCII,
)
SHORTEST = 4
"""A password shorter than this would blank out half of every line."""


class Redaction:
    """Takes known secrets, and whatever has the shape of a token, out of a text."""

    def __init__(self, secrets: Collection[str]) -> None:
        spelled = {form for secret in secrets if len(secret) >= SHORTEST for form in _forms(secret)}
        longest_first = sorted(spelled, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if spelled else None

    def __call__(self, text: str) -> str:
        """The text without them."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        return _SHAPES.sub(HIDDEN, text)


def _forms(secret: str) -> list[str]:
    """A secret as addresses, JSON and Python spell it."""
    return [
        secret,
        quote(secret, safe=""),
        quote(secret, safe="/:"),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
    ]


class Formatter(structlog.stdlib.ProcessorFormatter):
    """Finishes a line, then takes the secrets out of it."""

    def __init__(self, redaction: Redaction, *, console: bool, colours: bool) -> None:
        render: list[Any] = (
            [
                structlog.dev.ConsoleRenderer(
                    colors=colours, exception_formatter=structlog.dev.plain_traceback
                )
            ]
            if console
            else [
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
            ]
        )
        super().__init__(
            foreign_pre_chain=[*_SHARED, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
        )
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        return self._redaction(super().format(record))


def _printable(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Someone's text must neither break a line nor speak to the terminal."""
    for key, value in event.items():
        if isinstance(value, str) and not value.isprintable() and key not in ("exception", "stack"):
            event[key] = "".join(c if c.isprintable() else repr(c)[1:-1] for c in value)
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    _printable,
]


def configure(
    settings: LogSettings, secrets: Collection[str] = (), stream: TextIO | None = None
) -> None:
    """Sends every log of the process to `stream` (stderr), without the secrets."""
    stream = stream or sys.stderr
    tty = stream.isatty()
    console = settings.format == "console" or (settings.format == "auto" and tty)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter(Redaction(secrets), console=console, colours=console and tty))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.level.upper())
    for name in LOUD:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    sys.excepthook = _crashed
    threading.excepthook = _thread_crashed


def _crashed(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    logging.getLogger("convive").critical("crashed", exc_info=(kind, error, traceback))


def _thread_crashed(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _crashed(args.exc_type, args.exc_value, args.exc_traceback)
