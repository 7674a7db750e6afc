"""The map of pathways, as a picture and as text."""

from typing import Any

from portal.pathway_map import lay_out
from routes.rendering import View


def gather(view: View) -> dict[str, Any]:
    return {"map": lay_out(view.book)}
