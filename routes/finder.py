"""The pathway finder: the address carries the answers, and nothing is kept."""

from collections.abc import Mapping
from typing import Any

from portal import finder
from routes.rendering import View


def gather(view: View, asked: Mapping[str, str] | None = None) -> dict[str, Any]:
    answers = finder.read(view.book, asked or {})
    found = finder.find(view.book, answers) if answers.any else []
    return {
        "answers": answers,
        "open_now": [each for each in found if each.is_open and not each.way.proposed],
        "not_yet": [each for each in found if not each.is_open and not each.way.proposed],
        "proposed": [each for each in found if each.way.proposed],
        "unanswered": finder.unanswered(view.book, answers),
    }
