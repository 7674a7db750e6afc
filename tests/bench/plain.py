"""What the page store saves: a plain FastAPI route that gives the same bytes, served with every
option of `portal serve`. Run as a command with a port; BENCH_PAGE names the file with the bytes."""

import os
import sys
from pathlib import Path
from typing import Any

import granian
from fastapi import FastAPI, Response
from granian.constants import Interfaces

from portal import cli

app = FastAPI(openapi_url=None)
BODY = Path(os.environ["BENCH_PAGE"]).read_bytes()


@app.get("/{path:path}")
def page(path: str) -> Response:
    return Response(BODY, media_type="text/html; charset=utf-8")


class Instead(granian.Granian):  # type: ignore[misc,valid-type]
    """The server that `portal serve` sets up, with this application in place of the portal's."""

    def __init__(self, target: str, **options: Any) -> None:
        super().__init__("plain:app", **{**options, "interface": Interfaces.ASGI})


if __name__ == "__main__":
    granian.Granian = Instead  # type: ignore[assignment]
    sys.exit(cli.main(["serve", "--port", sys.argv[1]]))
