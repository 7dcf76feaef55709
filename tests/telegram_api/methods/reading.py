"""How the bot gets its updates: long polling or a webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram_api.errors import bad_request
from tests.telegram_api.methods.registry import method
from tests.telegram_api.updates import Webhook

if TYPE_CHECKING:
    from tests.telegram_api.api import TelegramApi

JSON = dict[str, Any]


@method("getUpdates")
async def get_updates(api: TelegramApi, params: JSON) -> list[JSON]:
    if "allowed_updates" in params:
        api.updates.allowed = params["allowed_updates"]
    limit = min(100, max(1, params.get("limit", 100)))
    return await api.updates.poll(params.get("offset", 0), limit, params.get("timeout", 0))


@method("setWebhook")
async def set_webhook(api: TelegramApi, params: JSON) -> bool:
    url = params["url"]
    if url and not url.startswith(("https://", "http://127.0.0.1:")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if "allowed_updates" in params:
        api.updates.allowed = params["allowed_updates"]
    await _replace(api, params, url)
    return True


@method("deleteWebhook")
async def delete_webhook(api: TelegramApi, params: JSON) -> bool:
    await _replace(api, params, "")
    return True


async def _replace(api: TelegramApi, params: JSON, url: str) -> None:
    if params.get("drop_pending_updates"):
        api.updates.pending.clear()
    connections = params.get("max_connections", 40)
    webhook = Webhook(url, params.get("secret_token"), connections) if url else None
    await api.updates.set_webhook(webhook)


@method("getWebhookInfo")
def get_webhook_info(api: TelegramApi, params: JSON) -> JSON:
    return {
        "url": api.updates.webhook.url if api.updates.webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(api.updates.pending),
    }


@method("getFile")
def get_file(api: TelegramApi, params: JSON) -> JSON:
    data = stored_file(api, params["file_id"])
    path = {"file_id": params["file_id"], "file_path": params["file_id"]}
    return path | {"file_unique_id": params["file_id"], "file_size": len(data)}


def stored_file(api: TelegramApi, file_id: str) -> bytes:
    """Return the photo or file that was sent; 400 for an unknown id."""
    for chat in api.chats.values():
        for message in chat.messages_by_id.values():
            data = message.file or message.photo
            if data is not None and message.file_id == file_id:
                return data
    raise bad_request("wrong file_id or the file is temporarily unavailable")
