"""Pages from templates that escape everything. Jinja2 is loaded with the first page."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.site.places import Place
from bot.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment


class Pages:
    """The pages of one system.

    Its `package` has a folder `templates`, whose pages extend "shell.html", and a folder `web`
    with a `style` beside that of all pages, and a `script`; "" for none.
    """

    def __init__(
        self,
        package: str,
        *,
        style: str = "",
        script: str = "",
        filters: Mapping[str, Callable[..., Any]] | None = None,
    ) -> None:
        self._package = package
        self._style, self._script = style, script
        self._filters = dict(filters or {})

    @cached_property
    def style(self) -> str:
        """What stands in every page's style element."""
        own = _web(self._package, self._style) if self._style else ""
        return _web(__package__, "site.css") + own

    @cached_property
    def script(self) -> str:
        """What a page's script element may hold."""
        return _web(self._package, self._script) if self._script else ""

    @cached_property
    def policy(self) -> str:
        """The Content-Security-Policy of every page: its own style and script, nothing else."""
        script = f"script-src '{_digest(self.script)}'; " if self.script else ""
        return (
            f"default-src 'none'; style-src '{_digest(self.style)}'; {script}"
            "base-uri 'none'; form-action 'none'"
        )

    def page(self, template: str, place: Place, **values: Any) -> str:
        """A page of a community, in its language."""
        from markupsafe import Markup

        return self._environment.get_template(template).render(
            place=place,
            policy=self.policy,
            style=Markup(self.style),  # noqa: S704  (ours)
            script=Markup(self.script),  # noqa: S704  (ours)
            **values,
        )

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

        places = [PackageLoader(self._package), PackageLoader(__package__)]
        made = Environment(
            loader=ChoiceLoader(places),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters |= {"clean": clean, **self._filters}
        return made


@cache
def _web(package: str, name: str) -> str:
    return files(package).joinpath("web", name).read_text("utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
