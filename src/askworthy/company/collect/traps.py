"""An address in; why it is better not followed out."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

MAX_SEGMENTS = 10
MAX_REPEATS = 2
MAX_PARAMETERS = 4
QUERY_VARIANTS = 20  # of one path
NUMBERED = 300  # addresses that differ in their figures alone

NOT_TEXT = re.compile(
    r"\.(jpe?g|png|gif|svg|webp|avif|ico|bmp|tiff?|mp[34]|m4[av]|mov|avi|webm|ogg|wav|zip|gz|tgz|rar|7z|exe|dmg|msi|apk|iso"
    r"|css|js|mjs|map|woff2?|ttf|eot|json|xml|rss|atom|ics|vcf|bin|deb|rpm)$",
    re.IGNORECASE,
)
DOCUMENT = re.compile(r"\.(csv|xlsx?|pptx?|epub)$", re.IGNORECASE)  # text that somebody may miss
ACCOUNT = re.compile(
    r"/(log[-_]?in|log[-_]?out|sign[-_]?(in|up|out)|register|cart|basket|checkout|wp-(admin|login|json)|account|my-account"
    r"|password|oauth2?|sso|unsubscribe|cdn-cgi|apply)(/|\.\w+$|$)",
    re.IGNORECASE,
)
CALENDAR_PATH = re.compile(r"/(calendar|kalender|agenda|events?|veranstaltungen|termine)(/[^?]*)?/\d{4}(/|-|$)", re.I)
DATE_PATH = re.compile(r"/(19|20)\d\d/\d{1,2}(/\d{1,2})?/?$")  # an archive of a month or a day
CALENDAR_QUERY = re.compile(r"(^|&)(date|month|year|day|week|from|until|ical|tribe-bar-date|outlook-ical)=", re.I)
SEARCH_QUERY = re.compile(
    r"(^|&)(q|s|query|search|sort|order(by)?|dir|filter\w*|facet\w*|view|layout|add-to-cart|replytocom|share"
    r"|print|format|redirect\w*|return\w*|next|url|ref(errer)?)(\[[^=]*\])?=",
    re.IGNORECASE,
)


def trap(url: str) -> str | None:
    """The code of the reason not to follow a normal address, judged by its looks; None to follow it."""
    parts = urlsplit(url)
    segments = [one for one in parts.path.split("/") if one]
    if NOT_TEXT.search(parts.path):
        return "bad_type"
    if DOCUMENT.search(parts.path):
        return "document"
    if ACCOUNT.search(parts.path):
        return "account"
    if CALENDAR_PATH.search(parts.path) or DATE_PATH.search(parts.path) or CALENDAR_QUERY.search(parts.query):
        return "calendar"
    if len(segments) > MAX_SEGMENTS or max(Counter(segments).values(), default=0) > MAX_REPEATS:
        return "url_trap"
    if SEARCH_QUERY.search(parts.query) or parts.query.count("&") >= MAX_PARAMETERS:
        return "query_trap"
    return None


class Variants:
    """Counts the addresses that were let through and look alike, to see a space of links that has no end."""

    def __init__(self) -> None:
        self._queries: Counter[str] = Counter()
        self._numbered: Counter[str] = Counter()

    def trap(self, url: str) -> str | None:
        """Count a normal address that is not counted yet; the reason not to follow it, if there are too many alike."""
        path, alike = _forms(url)
        if self._queries[path] >= QUERY_VARIANTS:
            return "query_trap"
        if self._numbered[alike] >= NUMBERED:
            return "url_trap"
        self._count(url, 1)
        return None

    def forget(self, url: str) -> None:
        """Count an address no longer that was let through and is not remembered."""
        self._count(url, -1)

    def _count(self, url: str, change: int) -> None:
        for counts, form in zip((self._queries, self._numbered), _forms(url), strict=True):
            if form:
                counts[form] += change
                if not counts[form]:
                    del counts[form]  # or it would grow with every address that was ever met


def _forms(url: str) -> tuple[str, str]:
    """What an address has in common with its other queries, and with other numbers; empty if it has none."""
    path, _, query = url.partition("?")
    alike = re.sub(r"\d+", "0", path)
    return path if query else "", alike if alike != path else ""
