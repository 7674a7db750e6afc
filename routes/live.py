"""What is served right now: an edition, and the problems of a newer one that could not be read."""

import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from watchfiles import watch

from portal.content.library import Library
from portal.content.problems import ContentError
from portal.content.wording import CATALOGUES, catalogue
from portal.settings import ROOT, Settings
from portal.site.store import Made
from routes.pages import Catalogue
from routes.rendering import STATIC, environment, manifest
from routes.statics import StaticFiles


class Live:
    """Reads the content at start, and again whenever it changes in development."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library = Library(settings.national, settings.edition_folder)
        self.statics = StaticFiles()
        self.catalogue = Catalogue(settings, self.library.load())

    def make(self, path: str, at: datetime) -> Made | None:
        return self.statics.make(path) or self.catalogue.make(path, at)

    def has(self, path: str) -> bool:
        return path in self.catalogue.spots or path in self.statics.files

    def reload(self) -> None:
        """The newest content, or the last good one with what is wrong shown on every page."""
        try:
            edition = self.library.load()
        except ContentError as wrong:
            print(f"\nStill serving the last good content.\n{wrong}", file=sys.stderr, flush=True)  # noqa: T201
            problems = tuple(map(str, wrong.problems))
            self.catalogue = Catalogue(self.settings, self.catalogue.edition, problems)
        else:
            self.catalogue = Catalogue(self.settings, edition)

    def _is_content(self, path: str) -> bool:
        folders = (self.settings.national, self.settings.edition_folder)
        changed = Path(path).resolve()
        return any(changed.is_relative_to(folder.resolve()) for folder in folders)

    def follow(self, after_change: Callable[[], None], stop: threading.Event) -> None:
        """In a thread of its own, for development: every save is served on the next ask."""
        content = (self.settings.national, self.settings.edition_folder)
        # Set-up swaps STATIC whole, so its parent is watched.
        folders = (*content, ROOT / "templates", CATALOGUES, STATIC.parent)

        def keep_up() -> None:
            for changes in watch(*folders, stop_event=stop, debounce=50, step=20):
                if not all(self._is_content(path) for _, path in changes):
                    environment.cache_clear()
                    catalogue.cache_clear()
                    manifest.cache_clear()
                    self.statics = StaticFiles()
                self.reload()
                after_change()

        threading.Thread(target=keep_up, name="content", daemon=True).start()
