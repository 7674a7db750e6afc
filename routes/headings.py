"""The headline, and the sentence under it, of each page that no entry stands for.

Held once, because the page, its share card and its description all say them.
"""


def _(words: str) -> str:
    """Marks words for the catalogues; they are said in the view's language when they are used."""
    return words


HEADINGS = {
    "/careers/": (
        _("Careers"),
        _(
            "Kinds of work in social care: what a day is like, what you need, what it pays and "
            "where it leads."
        ),
    ),
    "/apprenticeships/": (
        _("Apprenticeships"),
        _("A job, a wage and a qualification at once. The training is paid for."),
    ),
    "/pathways/": (
        _("Pathways"),
        _("Every way into care and social work, and up through it."),
    ),
    "/pathways/finder/": (
        _("Find your pathway"),
        _(
            "Say where you are and what you have. See which pathways are open to you, and what "
            "stands in the way of the others."
        ),
    ),
    "/pathways/map/": (
        _("The map of pathways"),
        _("Where each pathway starts, where it leads, and what it opens next."),
    ),
    "/volunteering/": (
        _("Volunteering"),
        _("Give a few hours. Find out if this work is for you, and where it can lead."),
    ),
    "/progression/": (
        _("The ladder"),
        _("What to expect at each stage, and two ways up: stay in practice, or lead a team."),
    ),
    "/package/": (
        _("The package on a page"),
        _("What you get when you work with us: who gets each thing, and how."),
    ),
    "/stories/": (_("Stories"), _("Made-up people who show what real pathways look like.")),
    "/places/": (_("Places"), _("Where you could live and work.")),
    "/partners/": (_("Partners"), _("Who we work with, teach with and recruit with.")),
    "/search/": (_("Search"), _("Search careers, pathways, places and help.")),
    "/glossary/": (_("Words explained"), _("The words of this work, in plain English.")),
}
