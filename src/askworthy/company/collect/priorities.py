"""An address and the words of its link in; how soon a candidate would read it out."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

# What stands in an address or a link, the kind of page it means, and how much a candidate wants to read that.
WORDS: tuple[tuple[str, float, str], ...] = (
    (r"benefits?|perks?|compensation|salar(y|ies)|pay|pensions?|parental|holidays?|vacation|leave|total rewards?"
     r"|wellbeing", 6.0, "benefits"),
    (r"careers?|jobs?|join( us)?|hiring|vacanc(y|ies)|openings?|positions?|roles?|work (with|for|at) us"
     r"|working (here|at)|life at|how we hire|recruit(ing|ment)|interview(ing)?|candidates?|applicants?"
     r"|karriere|internships?|graduates?|apprentice(ship)?s?", 5.0, "careers"),
    (r"culture|values|diversity|inclusion|belonging|dei|ways of working|how we work|remote|flexible|learning|growth"
     r"|development|mentoring|induction|onboarding|conditions|policies|policy|people", 5.0, "culture"),
    (r"handbook|playbook|guide(lines)?|principles|engineering|operations|levels|career (ladder|framework)", 4.5,
     "handbook"),
    (r"team|teams|leadership|management|founders|board|departments?|offices?|locations?|stories|meet", 4.0, "team"),
    (r"about( us)?|company|who we are|mission|vision|history|our story|faq|organi[sz]ation|sustainability"
     r"|annual report", 4.0, "about"),
    (r"press|news(room)?|blog|media|magazine|updates?|announcements?|investors?|journal", 2.0, "press"),
    (r"products?|pricing|features?|solutions?|platform|shop|store|docs?|documentation|support|help|integrations?|api"
     r"|changelog|downloads?|demo|webinars?|templates?|customers?|partners?|resources", -4.0, "product"),
    (r"legal|privacy|terms|cookies?|imprint|impressum|gdpr|licen[cs]es?|accessibility|security|compliance|trust", -5.0,
     "legal"),
)  # fmt: skip
PATTERNS = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), weight, kind) for words, weight, kind in WORDS)
# The text is searched in English; a site's other languages say the same again.
OTHER_LANGUAGE = re.compile(
    r"/(de|fr|es|it|pt|nl|pl|sv|da|no|nb|fi|cs|ja|jp|ko|zh|cn|ru|tr|ar|he|uk|hu|ro|el|th|vi|id|pt-br|es-mx|zh-(cn|tw|hans|hant)"
    r"|(de|fr|es|it|pt|nl|ja)[-_][a-z]{2})(/|$)",
    re.IGNORECASE,
)
FIRST = 100.0  # the first page, and what is not a page
NEVER = -100.0  # what looks like a trap, and is only remembered while there is room
MAX_ANCHOR = 200


@lru_cache(maxsize=8192)
def priority(url: str, anchor: str = "") -> float:
    """How soon to read an address: about -15 to 10, higher is sooner.

    Args:
        url: Normalised.
        anchor: The words of the link.
    """
    parts = urlsplit(url)
    place, link = _weight(_words(parts.path)), _weight(anchor[:MAX_ANCHOR])
    found = place if abs(place) >= abs(link) else (place + 2 * link) / 3 if place else link
    found -= 0.25 * max(0, parts.path.strip("/").count("/")) + (1.0 if parts.query else 0.0)
    return found - (6.0 if OTHER_LANGUAGE.match(parts.path) else 0.0)


@lru_cache(maxsize=8192)
def kind_of(url: str) -> str:
    """What sort of page an address looks like: benefits, careers, ..., or other."""
    found = _found(_words(urlsplit(url).path))
    return max(found, default=(0.0, "other"))[1]


def _weight(text: str) -> float:
    weights = [weight for weight, _ in _found(text)]
    # A page of jobs in product marketing is a page of jobs.
    best, worst = max(weights, default=0.0), min(weights, default=0.0)
    return best if best > 0 else worst


def _found(text: str) -> list[tuple[float, str]]:
    return [(weight, kind) for pattern, weight, kind in PATTERNS if pattern.search(text)]


def _words(path: str) -> str:
    return re.sub(r"[-_/.+]+", " ", unquote(path))
