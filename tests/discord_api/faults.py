"""What can go wrong with a request, on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal


class ApiError(Exception):
    """An answer of Discord that is not a success: HTTP status, JSON error code and words."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.code, self.message = status, code, message

    def body(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message}


def unauthorized() -> ApiError:
    return ApiError(401, 0, "401: Unauthorized")


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def cannot_message_user() -> ApiError:
    return ApiError(403, 50007, "Cannot send messages to this user")


def unknown(what: str) -> ApiError:
    codes = {
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "Role": 10011,
        "User": 10013,
        "Webhook": 10015,
        "Interaction": 10062,
    }
    return ApiError(404, codes[what], f"Unknown {what}")


When = Literal["before", "after"]


@dataclass
class Fault:
    """Hits the next `times` requests whose method and path match (`*` stands for anything)."""

    method: str
    path: str
    times: int
    error: ApiError | None = None
    drop: When | None = None
    retry_after: float | None = None

    def hits(self, method: str, path: str) -> bool:
        return self.times > 0 and method == self.method and fnmatchcase(path, self.path)
