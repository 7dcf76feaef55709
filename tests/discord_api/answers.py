"""Answers to interactions: the callback within 3 seconds, then 15 minutes of follow-ups."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.discord_api.faults import ApiError, unknown
from tests.discord_api.interaction import EPHEMERAL, Interaction
from tests.discord_api.members import Json
from tests.discord_api.message_routes import changed, check, fields
from tests.discord_api.routes import route
from tests.discord_api.world import Message

if TYPE_CHECKING:
    from tests.discord_api.rest import Call

TOKENS_LIVE = timedelta(minutes=15)
FORM_SENT = 5
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, COMPLETION, MODAL = 4, 5, 6, 7, 8, 9


@route("POST", "/interactions/{number}/{token}/callback")
def respond(call: Call, number: str, token: str) -> Json | None:
    made = call.api.interactions.get(token)
    if made is None or made.too_late:
        raise unknown("Interaction")
    if made.response is not None:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    data = call.body.get("data") or {}
    if (made.type, call.body["type"]) == (FORM_SENT, MODAL):
        raise ApiError(400, 50035, "Invalid Form Body")  # no form in answer to a form
    check(data)
    if call.body["type"] == COMPLETION and not _of_the_right_kind(made, data["choices"]):
        raise ApiError(400, 50035, "Invalid Form Body")
    made.response = call.body
    if call.body["type"] == MESSAGE:
        made.original = _answer(call, made, data)
    elif call.body["type"] == DEFERRED:
        made.loading = True
    elif call.body["type"] == UPDATE and made.message is not None:
        made.original = changed(replace(call, body=data), made.message)
    elif call.body["type"] == DEFERRED_UPDATE:
        made.original = made.message
    return _receipt(made) if call.query.get("with_response") in ("1", "true") else None


def _of_the_right_kind(made: Interaction, choices: list[Json]) -> bool:
    options = made.data["options"]
    while options and options[0]["type"] in (1, 2):
        options = options[0]["options"]
    typing = next(option for option in options if option.get("focused"))
    kind = int if typing["type"] == 4 else str
    return all(isinstance(choice["value"], kind) for choice in choices)


def _receipt(made: Interaction) -> Json:
    """What `with_response` asks for."""
    assert made.response is not None
    kind = made.response["type"]
    receipt: Json = {"interaction": {"id": str(made.id), "type": made.type}}
    if made.original is not None and kind in (MESSAGE, UPDATE):
        receipt["interaction"]["response_message_id"] = str(made.original.id)
        receipt["resource"] = {"type": kind, "message": made.original.payload()}
    return receipt


@route("POST", "/webhooks/{app}/{token}")
def follow_up(call: Call, app: str, token: str) -> Json:
    made = _living(call, token)
    check(call.body)
    message = _answer(call, made, call.body)
    if made.loading:  # the first follow-up takes the place of "is thinking", and its privacy
        made.loading, made.original = False, message
    return message.payload()


@route("GET", "/webhooks/{app}/{token}/messages/@original")
def read_original(call: Call, app: str, token: str) -> Json:
    return _original(call, token).payload()


@route("PATCH", "/webhooks/{app}/{token}/messages/@original")
def edit_original(call: Call, app: str, token: str) -> Json:
    made = _living(call, token)
    if made.loading:
        return follow_up(call, app, token)  # type: ignore[no-any-return]  # registered as a handler
    return changed(call, _original(call, token)).payload()


@route("DELETE", "/webhooks/{app}/{token}/messages/@original")
def delete_original(call: Call, app: str, token: str) -> None:
    made = _living(call, token)
    if made.loading:
        made.loading = False
        return
    _remove(call, made, _original(call, token))


@route("PATCH", "/webhooks/{app}/{token}/messages/{message}")
def edit_answer(call: Call, app: str, token: str, message: str) -> Json:
    return changed(call, _find(_living(call, token), message)).payload()


@route("DELETE", "/webhooks/{app}/{token}/messages/{message}")
def delete_answer(call: Call, app: str, token: str, message: str) -> None:
    made = _living(call, token)
    _remove(call, made, _find(made, message))


def _living(call: Call, token: str) -> Interaction:
    made = call.api.interactions.get(token)
    if made is None or made.response is None:
        raise unknown("Webhook")
    if call.api.clock() - made.at > TOKENS_LIVE:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    return made


def _answer(call: Call, made: Interaction, body: Json) -> Message:
    said = fields(call, body)
    if made.loading:
        said["flags"] |= EPHEMERAL if made.ephemeral else 0
    if said["flags"] & EPHEMERAL:
        said["content"] = said.pop("text")
        number, at = call.api.ids.next(), call.api.clock()
        message = Message(number, made.channel, call.api.bot, at, **said)
    else:
        message = call.api.post(made.channel, call.api.bot, webhook=True, **said)
    made.answers.append(message)
    return message


def _original(call: Call, token: str) -> Message:
    made = _living(call, token)
    if made.original is None:
        raise unknown("Message")
    return made.original


def _find(made: Interaction, number: str) -> Message:
    for message in made.answers:
        if message.id == int(number):
            return message
    raise unknown("Message")


def _remove(call: Call, made: Interaction, message: Message) -> None:
    if message in made.answers:
        made.answers.remove(message)
    if message in message.channel.messages:
        call.api.delete(message)
