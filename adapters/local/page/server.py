"""NiceGUI inside our own event loop: one page, one folder of code, the files of the world."""

import asyncio
import mimetypes
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response
from nicegui import Client, app, ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments
from starlette.middleware.trustedhost import TrustedHostMiddleware

from adapters.local.page.acts import Acts
from adapters.local.page.site import Site
from adapters.local.page.tab import Tab
from adapters.local.page.views import FILES, View

_WEB = Path(__file__).parent / "web"
_SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<circle cx="12" cy="12" r="8" fill="#c8553d"/><circle cx="21" cy="14" r="7" fill="#e9a23b"/>'
    '<circle cx="15" cy="22" r="7" fill="#2a7f73"/></svg>'
)
TITLE = "Convive"
_OWN = ("127.0.0.1", "localhost")

_open: list[Site] = []
"""NiceGUI is one application a process; this is the site that it shows now."""


class Chat(Element, component="web/chat.js", esm={"convive-local": "web"}):
    """The page's one element: it draws what it is given and says what people do."""

    def __init__(self, whole: View) -> None:
        super().__init__()
        self._props["start"] = whole

    def send(self, steps: list[View]) -> None:
        """Carries steps out in the browser."""
        self.run_method("apply", steps)


@ui.page("/", title=TITLE, dark=None)
async def _page(request: Request, client: Client) -> None:
    site = _open[-1]
    query = request.query_params
    ui.add_css(_WEB / "chat.css")
    element: Chat | None = None

    def send(steps: list[View]) -> None:
        if element is not None:
            element.send(steps)

    tab = Tab(site, query.get("as", ""), query.get("in", ""), send)
    client.on_delete(tab.close)
    acts = Acts(tab)
    element = Chat(tab.whole())

    async def act(event: GenericEventArguments) -> None:
        await acts.carry_out(event.args)
        if event.args.get("act") in ("speed", "leap"):
            _tell_time()

    element.on("act", act)
    _tabs.add(tab)
    client.on_delete(lambda: _tabs.discard(tab))


_tabs: set[Tab] = set()


def _tell_time() -> None:
    for tab in _tabs:
        tab.push({"step": "clock", "clock": tab.clock_view()})


@app.get(FILES + "/{key}/{name}")
async def _file(key: str, name: str) -> Response:
    """Only pictures are shown in place; anything else is downloaded."""
    try:
        data = _open[-1].world.file(key)
    except KeyError:
        raise HTTPException(404) from None
    kind = mimetypes.guess_type(name)[0]
    shown = kind in _SHOWN
    return Response(
        data,
        media_type=kind if shown else "application/octet-stream",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Content-Disposition": "inline" if shown else "attachment",
            "Cache-Control": "private, max-age=31536000, immutable",
        },
    )


class _Server(uvicorn.Server):
    """Leaves signals to the program it runs in, and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@cache
def _application(host: str) -> FastAPI:
    outer = FastAPI(openapi_url=None)
    if host in _OWN:
        # A page elsewhere must not reach this one by a name that it made point here.
        outer.add_middleware(TrustedHostMiddleware, allowed_hosts=list(_OWN))
    ui.run_with(
        outer,
        title=TITLE,
        favicon=_ICON,
        dark=None,
        tailwind=False,
        show_welcome_message=False,
    )
    return outer


@asynccontextmanager
async def served(site: Site, host: str, port: int) -> AsyncIterator[str]:
    """The page at an address, for as long as the block runs."""
    listening = socket.create_server((host, port))
    actual = listening.getsockname()[1]
    config = uvicorn.Config(
        _application(host), log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    server = _Server(config)
    _open.append(site)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await server.up.wait()
        yield f"http://{host}:{actual}/"
    finally:
        server.should_exit = True
        await running
        _open.remove(site)
