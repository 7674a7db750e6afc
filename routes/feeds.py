"""What machines read: the sitemap, robots, the stories feed, the web manifest."""

import json
from typing import Any

from portal.site.store import Made
from routes.rendering import View, environment


def _template(view: View, name: str, media_type: str, **given: Any) -> Made:  # noqa: ANN401
    body = environment(view.language).get_template(name).render(view=view, **given)
    return Made(body.encode(), media_type, view.fresh_until)


def sitemap(view: View) -> Made:
    paths = [
        (path, entry)
        for path, entry in view.book.addresses.items()
        if not (entry and entry.collection == "stories")
    ]
    return _template(view, "feeds/sitemap.xml", "application/xml", paths=paths)


def robots(view: View) -> Made:
    says = f"User-agent: *\nAllow: /\nSitemap: {view.settings.base_url}/sitemap.xml\n"
    return Made(says.encode(), "text/plain; charset=utf-8")


def stories(view: View) -> Made:
    return _template(view, "feeds/stories.atom", "application/atom+xml; charset=utf-8")


def web_manifest(view: View) -> Made:
    site = view.site
    says = {
        "name": site.name,
        "short_name": site.place,
        "lang": view.language,
        "start_url": view.link("/"),
        "display": "browser",
        "background_color": site.brand.paper,
        "theme_color": site.brand.deep,
        "icons": [
            {"src": f"/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
            for size in (192, 512)
        ],
    }
    return Made(json.dumps(says, ensure_ascii=False).encode(), "application/manifest+json")
