"""Styles, scripts and fonts that set-up made, each under a name that changes with its bytes."""

import mimetypes

from portal.site.store import Made
from routes.rendering import STATIC, manifest

TYPES = {".woff2": "font/woff2", ".js": "text/javascript; charset=utf-8"}


class StaticFiles:
    """Only what the manifest names is served; the rest of the folder is set-up's own."""

    def __init__(self) -> None:
        self.files = {f"/static/{name}": STATIC / name for name in manifest().values()}

    def make(self, path: str) -> Made | None:
        file = self.files.get(path)
        if file is None:
            return None
        guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        kind = f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
        return Made(file.read_bytes(), TYPES.get(file.suffix, kind), forever=True)
