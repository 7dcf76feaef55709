"""Where the pages of each community stand, under keys that nobody can guess."""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.secret import Secret
from bot.settings import PagesSettings

ROOT, DASHBOARD = "/answers/", "/dashboard/"
"""Of the pages for members, and of those for moderators."""
FILE = "pages.secret"
"""Where a secret of our own is kept, in the store's folder."""
KEY = 22
"""Characters of a key: 132 bits."""
_PURPOSES = {ROOT: "pages", DASHBOARD: "dashboard"}


def secret_of(settings: PagesSettings, folder: Path) -> Secret:
    """The one that was given, or our own, which is made when there is none."""
    if settings.token is not None:
        return settings.token
    file = folder / FILE
    try:
        return Secret(file.read_text("ascii").strip())
    except FileNotFoundError:
        made = secrets.token_urlsafe(32)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(f"{made}\n")
        return Secret(made)


class Addresses:
    """Where the pages below a root are, for each community. `base` is the public address, "" if
    there is none. The key of one root opens nothing below another."""

    def __init__(self, secret: Secret, base: str = "", root: str = ROOT) -> None:
        self._secret, self.base, self.root = secret, base.rstrip("/"), root

    def folder(self, community: int) -> str:
        """ "7-key": the part of the address that is only given to those whom it is for."""
        message = f"{_PURPOSES[self.root]}:{community}".encode()
        made = hmac.digest(self._secret.reveal().encode(), message, hashlib.sha256)
        return f"{community}-{base64.urlsafe_b64encode(made).decode()[:KEY]}"

    def page(self, community: int, path: str) -> str:
        """The address of a page, or "" without a public one."""
        return f"{self.base}{self.root}{self.folder(community)}/{path}" if self.base else ""

    def community(self, folder: str) -> int | None:
        """Whose pages these are; None for an address that nobody gave out."""
        number = folder.partition("-")[0]
        if not (number.isascii() and number.isdecimal() and len(number) <= 15):
            return None
        right = hmac.compare_digest(folder.encode(), self.folder(int(number)).encode())
        return int(number) if right else None
