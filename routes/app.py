"""The portal as one application: the page store in front, the framework behind it."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException

from portal import clock, settings
from portal.errors import NotFound, PortalError
from portal.site.store import PageStore
from routes import finder, search
from routes.front import Front
from routes.live import Live
from routes.rendering import View, render


class Portal:
    """Everything one process serves with."""

    def __init__(self, chosen: settings.Settings) -> None:
        self.settings = chosen
        self.live = Live(chosen)
        self.store = PageStore(
            lambda path, at: self.live.make(path, at),
            clock.seconds,
            lambda path: self.live.has(path),
            lambda made: self.front.carries(made),
        )
        self.app = framework(self)
        self.front = Front(
            self.app,
            self.store,
            chosen.allowed_hosts,
            self,
            in_production=chosen.in_production,
        )
        self._stop = threading.Event()

    def begin(self) -> None:
        """Makes pages ready, and in development follows the content folder, so that every save
        is served on the next ask."""
        threading.Thread(target=self._warm, name="warm", daemon=True).start()
        if not self.settings.in_production:
            self.live.follow(self.store.clear, self._stop)

    def _warm(self) -> None:
        spots = self.live.catalogue.spots.items()
        pages = [path for path, spot in spots if spot.is_page]
        self.store.warm([*self.live.statics.files, *pages])

    def end(self) -> None:
        self._stop.set()
        self.store.close()

    def view(self, path: str) -> View:
        """A view for an address that the store does not answer: a question asked, an error."""
        catalogue = self.live.catalogue
        return catalogue.view(*catalogue.language_of(path), clock.now())


def create_app(chosen: settings.Settings | None = None) -> Front:
    return Portal(chosen or settings.read()).front


def framework(portal: Portal) -> FastAPI:
    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        portal.begin()
        yield
        portal.end()

    app = FastAPI(
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=life
    )
    app.add_exception_handler(PortalError, lambda request, error: explain(portal, request, error))
    app.add_exception_handler(HTTPException, lambda request, error: explain(portal, request, error))
    app.add_exception_handler(Exception, lambda request, error: explain(portal, request, error))
    add_routes(app, portal)
    return app


def add_routes(app: FastAPI, portal: Portal) -> None:
    @app.api_route("/healthz", methods=["GET", "HEAD"])
    def alive() -> PlainTextResponse:
        return PlainTextResponse("alive\n")

    @app.api_route("/readyz", methods=["GET", "HEAD"])
    def able() -> PlainTextResponse:
        return PlainTextResponse("ready\n")

    @app.api_route("/pathways/finder/", methods=["GET", "HEAD"])
    @app.api_route("/{language}/pathways/finder/", methods=["GET", "HEAD"])
    def find(request: Request) -> Response:
        return ask(portal, request, "finder/show.html", finder.gather, "answers")

    @app.api_route("/search/", methods=["GET", "HEAD"])
    @app.api_route("/{language}/search/", methods=["GET", "HEAD"])
    def look_for(request: Request) -> Response:
        return ask(portal, request, "search/show.html", search.gather, "results")

    @app.api_route("/{path:path}", methods=["GET", "HEAD"])
    def public(request: Request) -> Response:
        return known_page(portal, request)


def ask(portal: Portal, request: Request, template: str, gather: Any, block: str) -> Response:  # noqa: ANN401
    """A page whose address carries a question: whole for a browser, one block for htmx."""
    if request.url.path not in portal.live.catalogue.spots:
        raise NotFound("There is no page here.")
    view = portal.view(request.url.path)
    view.query = f"?{request.url.query}" if request.url.query else ""
    view.partial = "hx-request" in request.headers
    given = gather(view, request.query_params)
    body = render(view, template, block=block if view.partial else "", **given)
    headers = {"cache-control": "no-cache", "vary": "hx-request", "x-robots-tag": "noindex"}
    return HTMLResponse(body, headers=headers)


def known_page(portal: Portal, request: Request) -> Response:
    """A page asked for with a query, an old address, or nothing at all."""
    path = request.url.path
    kept = portal.store.get(path) if portal.store.has(path) else None
    if kept:
        ready = kept.best(())
        own = {name: value for name, value in ready.headers if name in OWN}
        return Response(ready.body, headers=own)
    asked = f"?{request.url.query}" if request.url.query else ""
    catalogue = portal.live.catalogue
    language, rest = catalogue.language_of(path)
    moved = catalogue.moved.get(rest if rest.endswith("/") else f"{rest}/")
    if moved:
        return RedirectResponse(f"{portal.view(path).link(moved)}{asked}", 301)
    tidy = f"{path.rstrip('/')}/".lower()
    if tidy != path and tidy in catalogue.spots:
        return RedirectResponse(f"{tidy}{asked}", 301)
    raise NotFound("There is no page here.")


# The front adds the headers that every answer carries; these are the page's own.
OWN = {"content-type", "etag", "cache-control", "vary"}


def explain(portal: Portal, request: Request, error: Exception) -> Response:
    """An error in the site's own look, saying what to do and nothing that is not theirs to know."""
    status = int(getattr(error, "status", 0) or getattr(error, "status_code", 500))
    path = request.url.path
    view = portal.view(path)
    near = portal.live.catalogue.nearest(path) if status == 404 else None
    says = str(error) if isinstance(error, PortalError) else ""
    body = render(view, "errors/error.html", status=status, says=says, near=near)
    headers = dict(getattr(error, "headers", None) or {}) | {"cache-control": "no-store"}
    return HTMLResponse(body, status, headers)
