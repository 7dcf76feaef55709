"""Forms that could not open at once, kept until their button is pressed.

A form can only be the first response to a command or a press, and never follow another form.
Where that chance has passed, the person is shown a button, and pressing it is a new chance.
"""

from collections import OrderedDict
from typing import Any

from adapters.discord.render import BUTTON, CUSTOM_ID_LIMIT, ROW
from bot.commands import N_
from bot.i18n import Words

Json = dict[str, Any]
PREFIX = "~form:"
"""No feature's choice begins so."""
MOST = 500
HERE = N_("Here is the form.")
OPEN = N_("Open")
GONE = N_("This form is no longer here. Please ask for it once more.")


class Forms:
    """Waits in memory: a form is asked for again more easily than it is kept."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, Json] = OrderedDict()

    def offer(self, form: Json, key: str, locale: str) -> Json:
        """Keeps a form; returns the body of a message with a button that opens it."""
        self._forms[key] = form
        while len(self._forms) > MOST:
            self._forms.popitem(last=False)
        words = Words(locale)
        button = {
            "type": BUTTON,
            "style": 1,
            "label": words.plain(OPEN),
            "custom_id": f"{PREFIX}{key}"[:CUSTOM_ID_LIMIT],
        }
        rows = [{"type": ROW, "components": [button]}]
        return {"content": words.plain(HERE), "components": rows}

    def find(self, choice: str) -> Json | None:
        """The form behind a button, if it is still kept."""
        return self._forms.get(choice.removeprefix(PREFIX))


def gone(locale: str) -> Json:
    """What is said when a restart has forgotten the form."""
    return {"content": Words(locale).plain(GONE), "components": []}
