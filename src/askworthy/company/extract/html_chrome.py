"""An element of a web page in; whether it is the site's furniture and no text of the page out."""

from __future__ import annotations

import re
from typing import Any

DROPPED = frozenset(
    """
    area audio base canvas datalist del embed head iframe img input link map meta meter object option param
    picture progress s script select source strike style svg template textarea title track video
    """.split()  # noqa: SIM905 - as a list it would take a line a word
)
TELLING = frozenset({"nav", "footer", "noscript", "button", "label"})  # that may be furniture without an attribute
FURNITURE_ROLES = frozenset({"navigation", "search", "menu", "menubar"})
CONSENT = re.compile(r"cookie|consent|gdpr|onetrust|privacy-banner", re.IGNORECASE)
CRUMBS = re.compile(r"breadcrumb", re.IGNORECASE)
FOLD = re.compile(r"accordion|collaps|toggle|expand|faq|question", re.IGNORECASE)
SKIP_LINK = re.compile(r"\s*(skip|jump) (to|over|navigation)\b", re.IGNORECASE)
CONSENT_CHARACTERS = 3_000
FORM_LEVELS = 4


def is_chrome(node: Any, tag: str, *, in_main: bool, deep: bool = False) -> bool:
    """Whether to pass over an element with all that is in it.

    Where it is `deep`, its name alone tells: to look at all that is in it would take the square of the page's size.
    Neither `hidden` nor a class tells: folded panels are hidden until a script opens them, and they hold the answers.
    """
    if tag in DROPPED:
        return True
    if deep or (tag not in TELLING and not node.attrs):  # most elements of a page
        return False
    role = (node.getattr("role") or "").lower()
    if tag == "nav" or role in FURNITURE_ROLES:
        return not _holds_the_page(node)
    if tag == "footer" or role == "contentinfo":
        return not in_main and not _holds_the_page(node)
    if tag == "noscript":
        return not in_main
    if tag == "button":
        return not (is_fold(node) or role == "tab")
    if tag == "label":
        return _in_form(node)
    if tag in ("span", "i") and node.getattr("aria-hidden") == "true":
        return True  # an icon, or a picture made of letters
    if tag == "a" and (node.getattr("href") or "").startswith("#") and SKIP_LINK.match(node.text or ""):
        return True
    names = " ".join((node.getattr("class") or "", node.id or "", node.getattr("aria-label") or ""))
    if CRUMBS.search(names):
        return not _holds_the_page(node)
    return not in_main and (role.endswith("dialog") or bool(CONSENT.search(names))) and _asks_consent(node)


def is_fold(node: Any) -> bool:
    """Whether a click on it unfolds text; it must be something to click on, so that no answer is taken for it."""
    role = (node.getattr("role") or "").lower()
    if role == "tab":
        return False
    if (node.tag or "").lower() not in ("button", "a", "label") and role != "button":
        return bool(node.hasattr("aria-expanded") and node.hasattr("aria-controls"))
    names = " ".join((node.getattr("class") or "", node.getattr("data-bs-toggle") or ""))
    return node.hasattr("aria-expanded") or node.hasattr("aria-controls") or bool(FOLD.search(names))


def _holds_the_page(node: Any) -> bool:
    # A menu whose end tag is missing swallows the page; a saved page must not be lost to that.
    return bool(node.query_selector("main, article, h1"))


def _asks_consent(node: Any) -> bool:
    text = node.text or ""
    return len(text) <= CONSENT_CHARACTERS and bool(CONSENT.search(text)) and not _holds_the_page(node)


def _in_form(node: Any) -> bool:
    above = node.parent
    for _ in range(FORM_LEVELS):
        if above is None:
            return False
        if (above.tag or "").lower() == "form":
            return True
        above = above.parent
    return False
