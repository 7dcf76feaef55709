"""The block `[telegram]` of the configuration."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from bot.commands import N_
from bot.secret import Secret

if TYPE_CHECKING:
    from adapters.telegram.reading import Webhook
    from bot.ports import Adapter

HttpAddress = Annotated[
    str,
    Meta(
        pattern="^https?://.+$",
        description=N_("{key} must be an address that begins with https:// or http://."),
    ),
]


class WebhookSettings(Struct, frozen=True, kw_only=True):
    """Where Telegram delivers: `url` is public, `host` and `port` are this machine's.

    Without a secret of its own, one is derived from the token.
    """

    url: HttpAddress
    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8443
    secret: Secret | None = None
    secret_file: str = ""


class Settings(Struct, frozen=True, kw_only=True):
    """Updates are asked for, or delivered if there is a `webhook`."""

    token: Secret
    token_file: str = ""
    base_url: HttpAddress = "https://api.telegram.org"
    webhook: WebhookSettings | None = None


def build(settings: Settings, folder: Path) -> "Adapter":
    """The adapter; it keeps nothing in `folder`."""
    from adapters.telegram.client import TelegramAdapter

    token = settings.token.reveal()
    webhook = _webhook(settings.webhook, token) if settings.webhook else None
    return TelegramAdapter(token, base_url=settings.base_url, webhook=webhook)


def _webhook(settings: WebhookSettings, token: str) -> "Webhook":
    from adapters.telegram.reading import Webhook

    derived = hashlib.sha256(f"webhook:{token}".encode()).hexdigest()
    secret = settings.secret.reveal() if settings.secret else derived
    return Webhook(url=settings.url, secret=secret, port=settings.port, listen=settings.host)
