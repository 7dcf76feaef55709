"""Messages, reactions, pins, polls and threads."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.discord_api.faults import ApiError
from tests.discord_api.interaction import EPHEMERAL
from tests.discord_api.members import Json
from tests.discord_api.routes import channel_of, route, writable
from tests.discord_api.world import FORUM, Channel, Message

if TYPE_CHECKING:
    from tests.discord_api.rest import Call

NONCES_LAST = timedelta(minutes=5)


@route("GET", "/channels/{channel}/messages")
def history(call: Call, channel: str) -> list[Json]:
    found = channel_of(call, channel, "read_message_history")
    limit = int(call.query.get("limit", 50))
    after, before = call.query.get("after"), call.query.get("before")
    messages = [
        message
        for message in found.messages
        if (after is None or message.id > int(after))
        and (before is None or message.id < int(before))
    ]
    page = messages[:limit] if after is not None else messages[-limit:]
    return [message.payload() for message in reversed(page)]


@route("POST", "/channels/{channel}/messages")
def create_message(call: Call, channel: str) -> Json:
    found = writable(call, channel)
    nonce = call.body.get("nonce")
    if nonce is not None and call.body.get("enforce_nonce"):
        known = call.api.nonces.get((found.id, str(nonce)))
        if known is not None and call.api.clock() - known[1] <= NONCES_LAST:
            return known[0].payload()
    message = _write(call, found, call.body)
    if nonce is not None:
        call.api.nonces[found.id, str(nonce)] = message, call.api.clock()
    return message.payload()


def _write(call: Call, channel: Channel, body: Json, **more: Any) -> Message:
    """A message of the bot, from the body of a create request."""
    if channel.archived:
        call.api.archive(channel, archived=False)
    if not any(body.get(k) for k in ("content", "embeds", "poll", "components")) and not call.files:
        raise ApiError(400, 50006, "Cannot send an empty message")
    check(body)
    return call.api.post(channel, call.api.bot, **fields(call, body), **more)


def check(body: Json) -> None:
    if (
        len(body.get("content") or "") > 2000
        or len((body.get("poll") or {}).get("answers", [])) > 10
    ):
        raise ApiError(400, 50035, "Invalid Form Body")


def fields(call: Call, body: Json) -> Json:
    reference = body.get("message_reference")
    text = body.get("content") or ""
    return {
        "text": text,
        "embeds": body.get("embeds") or [],
        "components": body.get("components") or [],
        "files": call.files,
        "reference": {"type": 0, **reference} if reference else None,
        "flags": body.get("flags") or 0,
        "nonce": body.get("nonce"),
        "poll": _poll(call, body["poll"]) if body.get("poll") else None,
        "pings": _pings(call, text, body.get("allowed_mentions")),
    }


def _pings(call: Call, text: str, allowed: Json | None) -> list[int]:
    """Who really gets a notification. Without `allowed_mentions`, everybody the text names."""
    named = [int(found) for found in re.findall(r"<@!?(\d+)>", text)]
    everyone = list(call.api.users) if "@everyone" in text or "@here" in text else []
    if allowed is None:
        return named + everyone
    kinds, users = allowed.get("parse", []), {int(user) for user in allowed.get("users", [])}
    chosen = named if "users" in kinds else [u for u in named if u in users]
    return chosen + (everyone if "everyone" in kinds else [])


def _poll(call: Call, asked: Json) -> Json:
    answers = [{"answer_id": n, **answer} for n, answer in enumerate(asked["answers"], 1)]
    ends = call.api.clock() + timedelta(hours=asked.get("duration", 24))
    return {
        **asked,
        "answers": answers,
        "expiry": ends.isoformat(),
        "layout_type": 1,
        "results": {"is_finalized": False, "answer_counts": []},
    }


@route("GET", "/channels/{channel}/messages/pins")
def read_pins(call: Call, channel: str) -> Json:
    pinned = [m for m in channel_of(call, channel).messages if m.pinned]
    items = [{"pinned_at": m.at.isoformat(), "message": m.payload()} for m in pinned]
    return {"items": items, "has_more": False}


@route("PUT", "/channels/{channel}/messages/pins/{message}")
def pin(call: Call, channel: str, message: str) -> None:
    channel_of(call, channel, "pin_messages").message(int(message)).pinned = True


@route("DELETE", "/channels/{channel}/messages/pins/{message}")
def unpin(call: Call, channel: str, message: str) -> None:
    channel_of(call, channel, "pin_messages").message(int(message)).pinned = False


@route("GET", "/channels/{channel}/messages/{message}")
def read_message(call: Call, channel: str, message: str) -> Json:
    return channel_of(call, channel, "read_message_history").message(int(message)).payload()


@route("PATCH", "/channels/{channel}/messages/{message}")
def edit_message(call: Call, channel: str, message: str) -> Json:
    found = channel_of(call, channel).message(int(message))
    if found.author.id != call.api.bot.id:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    check(call.body)
    return changed(call, found).payload()


def changed(call: Call, message: Message) -> Message:
    body = call.body
    message.content = body.get("content", message.content) or ""
    message.embeds = body.get("embeds", message.embeds) or []
    message.components = body.get("components", message.components) or []
    message.files = [*message.files, *call.files]
    message.edited_at = call.api.clock()
    if not message.flags & EPHEMERAL:
        call.api.tell_message("MESSAGE_UPDATE", message)
    return message


@route("DELETE", "/channels/{channel}/messages/{message}")
def delete_message(call: Call, channel: str, message: str) -> None:
    found = channel_of(call, channel).message(int(message))
    if found.author.id != call.api.bot.id:
        channel_of(call, channel, "manage_messages")
    call.api.delete(found)


@route("PUT", "/channels/{channel}/messages/{message}/reactions/{emoji}/@me")
def react(call: Call, channel: str, message: str, emoji: str) -> None:
    found = channel_of(call, channel, "add_reactions").message(int(message))
    if len(found.reactions) >= 20 and emoji not in found.reactions:
        raise ApiError(400, 30010, "Maximum number of reactions reached (20)")
    call.api.react(found, emoji, call.api.bot)


@route("DELETE", "/channels/{channel}/messages/{message}/reactions/{emoji}/@me")
def unreact(call: Call, channel: str, message: str, emoji: str) -> None:
    found = channel_of(call, channel).message(int(message))
    call.api.react(found, emoji, call.api.bot, added=False)


@route("POST", "/channels/{channel}/polls/{message}/expire")
def end_poll(call: Call, channel: str, message: str) -> Json:
    found = channel_of(call, channel).message(int(message))
    (found.poll or {})["results"]["is_finalized"] = True
    return found.payload()


@route("GET", "/channels/{channel}/polls/{message}/answers/{answer}")
def voters(call: Call, channel: str, message: str, answer: str) -> Json:
    votes = channel_of(call, channel).message(int(message)).votes.get(int(answer), [])
    return {"users": [call.api.users[number].payload() for number in votes]}


@route("POST", "/channels/{channel}/messages/{message}/threads")
def thread_of_message(call: Call, channel: str, message: str) -> Json:
    parent = channel_of(call, channel, "create_public_threads")
    found = parent.message(int(message))
    if found.thread is not None:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    return call.api.thread(parent, call.body["name"], found).payload()


@route("POST", "/channels/{channel}/threads")
def thread(call: Call, channel: str) -> Json:
    parent = channel_of(call, channel)
    if parent.type != FORUM:
        channel_of(call, channel, "create_public_threads")
        return call.api.thread(parent, call.body["name"]).payload()
    channel_of(call, channel, "send_messages")
    made = call.api.thread(parent, call.body["name"])
    # a post's first message has the id of its thread
    message = _write(call, made, call.body["message"], id=made.id)
    return {**made.payload(), "message": message.payload()}


@route("PUT", "/channels/{channel}/thread-members/@me")
def join_thread(call: Call, channel: str) -> None:
    channel_of(call, channel)
