"""The HTTP side: reads a call, checks it, answers as Telegram does."""

from __future__ import annotations

import inspect
import json
import socket
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.telegram_api.errors import ApiError
from tests.telegram_api.methods import METHODS
from tests.telegram_api.methods.reading import stored_file
from tests.telegram_api.model import Upload
from tests.telegram_api.spec import request_faults

if TYPE_CHECKING:
    from tests.telegram_api.api import TelegramApi

JSON = dict[str, Any]

# Whatever else a form field holds is JSON.
_PLAIN_TEXT = frozenset(
    {
        "text", "caption", "question", "name", "url", "secret_token", "callback_query_id",
        "language_code", "file_id", "description", "short_description", "explanation", "parse_mode",
    }
)  # fmt: skip
_SENDING = ("send", "editMessage", "forward", "copy")


class Server:
    """One aiohttp site on a loopback port that is free and stays the same."""

    def __init__(self, api: TelegramApi) -> None:
        self._api = api
        self._socket = socket.create_server(("127.0.0.1", 0))
        host, self._port = self._socket.getsockname()
        self.address = f"http://{host}:{self._port}"

    async def start(self) -> None:
        """Listen; after a stop again on the same port."""
        if self._socket.fileno() < 0:
            self._socket = socket.create_server(("127.0.0.1", self._port))
        app = web.Application(client_max_size=20 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path}", self._file)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket).start()

    async def stop(self) -> None:
        await self._runner.cleanup()
        self._socket.close()

    async def _file(self, request: web.Request) -> web.Response:
        return web.Response(body=stored_file(self._api, request.match_info["path"]))

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            result = await self._work(request)
        except ApiError as error:
            return web.json_response(error.body(), status=error.code)
        except ConnectionAbortedError:
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        return web.json_response({"ok": True, "result": result})

    async def _work(self, request: web.Request) -> Any:
        api, method = self._api, request.match_info["method"]
        if request.match_info["token"] != api.token or api.revoked:
            raise ApiError(401, "Unauthorized")
        params = await _params(request)
        api.requests.append((method, params))
        api.violations += request_faults(method, params)
        api.changes.notify()
        fault = api.faults.take(method)
        if fault and not fault.processed:
            raise fault.error or ConnectionAbortedError
        result = await self._perform(method, params)
        if fault:
            raise ConnectionAbortedError
        return result

    async def _perform(self, method: str, params: JSON) -> Any:
        api = self._api
        if method not in METHODS:
            api.violations.append(f"{method}: not modelled")
            raise ApiError(404, "Not Found: method not found")
        if api.limiter and method.startswith(_SENDING) and isinstance(params.get("chat_id"), int):
            api.limiter.admit(params["chat_id"])
        try:
            result = METHODS[method](api, params)
        except KeyError as missing:
            raise ApiError(400, f"Bad Request: {missing} is empty") from missing
        if inspect.isawaitable(result):
            result = await result
        api.changes.notify()
        return result


async def _params(request: web.Request) -> JSON:
    if request.content_type == "application/json":
        return dict(await request.json())
    params: JSON = {name: _value(name, raw) for name, raw in request.query.items()}
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.file.read())
            uploads[name].name = value.filename
        else:
            params[name] = _value(name, str(value))
    return {name: _attached(value, uploads) for name, value in params.items()} | uploads_by_name(
        params, uploads
    )


def uploads_by_name(params: JSON, uploads: dict[str, Upload]) -> JSON:
    """Return the uploads that are fields themselves, not attachments of another field."""
    attached = {str(value).removeprefix("attach://") for value in params.values()}
    return {name: data for name, data in uploads.items() if name not in attached}


def _attached(value: Any, uploads: dict[str, Upload]) -> Any:
    if isinstance(value, str) and value.startswith("attach://"):
        return uploads.get(value.removeprefix("attach://"), value)
    return value


def _value(name: str, raw: str) -> Any:
    if name in _PLAIN_TEXT:
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        return raw
