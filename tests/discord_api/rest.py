"""The REST side: from a request to its answer, through limits, faults and the vendor's rules."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_api import answers, faults, message_routes, spec  # noqa: F401 - they register
from tests.discord_api.faults import ApiError, Fault
from tests.discord_api.routes import find

if TYPE_CHECKING:
    from tests.discord_api.limits import Limiter
    from tests.discord_api.server import DiscordApi

NEEDS_NO_TOKEN = re.compile(r"/(interactions|webhooks)/|/gateway$")


@dataclass
class Call:
    """A request as the routes see it."""

    api: DiscordApi
    method: str
    path: str
    query: dict[str, str]
    body: Any
    files: list[tuple[str, bytes]] = field(default_factory=list)


async def answer(api: DiscordApi, request: web.Request) -> web.StreamResponse:
    """Answer one request and tell whoever waits that something changed."""
    path = "/" + request.match_info["path"]
    body, files = await _read(request)
    api.requests.append((request.method, path, body))
    if api.validate:
        api.violations += spec.violations(request.method, path, dict(request.query), body)
    call = Call(api, request.method, path, dict(request.query), body, files)
    try:
        return await _guarded(call, request)
    finally:
        api.changed()


async def _guarded(call: Call, request: web.Request) -> web.StreamResponse:
    fault = next((f for f in call.api.faults if f.hits(call.method, call.path)), None)
    if fault is not None:
        fault.times -= 1
    try:
        _admit(call, request)
        if fault is not None and fault.error is not None:
            raise fault.error
        headers, limited = _limits(call, fault)
        if limited is not None:
            return limited
        if fault is not None and fault.drop == "before":
            return _cut(request)
        result = find(call)
    except ApiError as error:
        return _json(error.body(), error.status, {})
    if fault is not None and fault.drop == "after":
        return _cut(request)
    if result is None:
        return web.Response(status=204, headers=headers)
    return _json(result, 200, headers)


def _json(body: Any, status: int, headers: dict[str, str]) -> web.Response:
    # discord.py reads a body as JSON only when the type says exactly that, without a charset
    headers = {**headers, "Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers)


def _admit(call: Call, request: web.Request) -> None:
    given = request.headers.get("Authorization")
    if given != f"Bot {call.api.token}" and not NEEDS_NO_TOKEN.match(call.path):
        raise faults.unauthorized()


def _limits(call: Call, fault: Fault | None) -> tuple[dict[str, str], web.Response | None]:
    """The X-RateLimit headers of this answer, and the 429 when there is one."""
    if fault is not None and fault.retry_after is not None:
        return {}, _too_many(call.api, fault.retry_after, {}, everywhere=False)
    now = time.monotonic()
    overall = call.api.global_limit
    if overall is not None and not NEEDS_NO_TOKEN.match(call.path):
        wait = overall.take(now)
        if wait > 0:
            return {}, _too_many(call.api, wait, {"X-RateLimit-Global": "true"}, everywhere=True)
    bucket = _bucket(call)
    if bucket is None:
        return {}, None
    name, limiter = bucket
    wait = limiter.take(now)
    headers = _headers(name, limiter, now)
    return headers, _too_many(call.api, wait, headers, everywhere=False) if wait > 0 else None


def _bucket(call: Call) -> tuple[str, Limiter] | None:
    for index, (method, pattern, make) in enumerate(call.api.buckets):
        if method == call.method and pattern.match(call.path):
            key = (f"bucket{index}", call.path.split("/")[2])
            return key[0], call.api.bucket_state.setdefault(key, make())
    return None


def _headers(name: str, limiter: Limiter, now: float) -> dict[str, str]:
    reset = limiter.reset_after(now)
    return {
        "X-RateLimit-Bucket": name,
        "X-RateLimit-Limit": str(limiter.limit),
        "X-RateLimit-Remaining": str(max(0, limiter.remaining(now))),
        "X-RateLimit-Reset": f"{time.time() + reset:.3f}",
        "X-RateLimit-Reset-After": f"{reset:.3f}",
    }


def _too_many(
    api: DiscordApi, wait: float, headers: dict[str, str], *, everywhere: bool
) -> web.Response:
    api.too_many += 1
    body = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere}
    # discord.py takes a 429 without Via for a ban by the front door and gives up
    headers = {**headers, "Via": "1.1 google", "Retry-After": str(int(wait) + 1)}
    return _json(body, 429, headers)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _read(request: web.Request) -> tuple[Any, list[tuple[str, bytes]]]:
    if request.content_type != "multipart/form-data":
        data = await request.read()
        return (json.loads(data) if data else None), []
    body, files = None, []
    form = await request.post()
    for name, value in form.items():
        if isinstance(value, str):
            body = json.loads(value) if name == "payload_json" else body
        elif isinstance(value, web.FileField):
            files.append((value.filename, value.file.read()))
    return body, files
