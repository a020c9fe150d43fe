"""A question and its form in; what would make its wording better, out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from askworthy.records import Form

HintKind = Literal["yes_no", "leading", "several", "too_early", "long"]
MAX_BREATH = 35  # words that can be said in one breath, and kept in mind
_MAX_CHARS = 4_000
_LEADING = re.compile(
    r"\b(?:don't|doesn't|isn't|aren't|wouldn't|won't|shouldn't|didn't) (?:you|it|there|the|your|they|we|that)\b"
    r"|, (?:right|correct|no|yes)\?|\b(?:surely|obviously|of course|you (?:do|will|would) agree)\b",
    re.I,
)
_EARLY = re.compile(
    r"\b(?:salar(?:y|ies)|pay (?:range|band|rise|raise)s?|wages?|bonus(?:es)?|compensation|holidays?|vacations?"
    r"|sick pay|paid leave|(?:paid )?time off|days off|parental leave|maternity|paternity|sabbaticals?)\b",
    re.I,
)
# What a yes or a no would answer, and the open form that cannot be answered so; only what needs no other change.
_OPENED = (
    (re.compile(r"do you (?:have|offer|provide) (?:an? |any )?([\w' -]+)\?$", re.I), r"What \1 do you have, if any?"),
    (re.compile(r"(?:is|are) there (?:an? |any )([\w' -]+)\?$", re.I), r"What \1 is there, if any?"),
    (re.compile(r"do you (support|encourage|measure|review|plan|handle) ([\w' -]+)\?$", re.I), r"How do you \1 \2?"),
    (re.compile(r"(?:can|could|may) I ([\w' -]+)\?$", re.I), r"How far could I \1?"),
)
_TOLD: dict[HintKind, str] = {
    "yes_no": "a yes or a no would answer it; an open form learns more",
    "leading": "it suggests the answer; ask so that either answer is easy to give",
    "several": "several questions in one; people answer the last, so ask one at a time",
    "too_early": "about pay or leave; for a first talk it may be too early",
    "long": f"longer than a breath ({MAX_BREATH} words); keep what you want to know",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing about a question's wording, with a better one where rules can give it."""

    kind: HintKind
    told: str
    better: str | None = None


def hints(text: str, form: Form) -> tuple[Hint, ...]:
    """See what would make a question's wording better, in a fixed order; none where there is nothing to better."""
    plain = " ".join(text[:_MAX_CHARS].replace("’", "'").split())
    better: dict[HintKind, str | None] = {}
    if form.kind == "yes_no":
        better["yes_no"] = _opened(plain)
    if _LEADING.search(plain):
        better["leading"] = None
    if len(form.parts) > 1:
        first = form.parts[0].strip(" ?.,")
        # Quoted from a sentence, the first part is a question only if it opens like one.
        better["several"] = f"{first[:1].upper()}{first[1:]}?" if form.kind == "wh" else None
    if _EARLY.search(plain):
        better["too_early"] = None
    if len(plain.split()) > MAX_BREATH:
        better["long"] = None
    return tuple(Hint(kind, _TOLD[kind], wording) for kind, wording in better.items())


def _opened(text: str) -> str | None:
    for closed, opened in _OPENED:
        found = closed.match(text)
        if found and re.search(r"\b(?:or|and|that|which|who|if)\b", found[1]) is None:
            plural = closed is _OPENED[1][0] and text.lower().startswith("are ")
            return found.expand(opened).replace(" is there,", " are there,") if plural else found.expand(opened)
    return None
