"""A question and its form in; what would make its wording better, out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from askworthy.findings.naming import subject
from askworthy.questions.clauses import asks_wh, asks_yes_no, word_set
from askworthy.records import Form

HintKind = Literal["yes_no", "leading", "several", "too_early", "long"]
MAX_BREATH = 35  # words that can be said in one breath, and kept in mind
_MAX_CHARS = 4_000
_NEGATED = r"(do|does|is|are|would|wo|should|did|could|ca)n't (you|it|there|the|your|they|we|that|I)\b"
_TAG = r",? (?:right|correct|no|yes|is(?:n't)? it|are(?:n't)? you|do(?:n't)? you)\?$"
_SURE = r"\b(?:surely|obviously|of course),? "
_LEADING = re.compile(rf"\b{_NEGATED}|(?<=,)(?:{_TAG[2:]})|{_SURE}|\byou (?:do|will|would) agree\b", re.I)
_PAY = re.compile(
    r"\b(?:salar(?:y|ies)|pay (?:range|band|rise|raise)s?|wages?|bonus(?:es)?|compensation)\b",
    re.I,
)
_LEAVE = re.compile(
    r"\b(?:(?<!the )holidays?|vacations?|sick pay|paid leave|(?:paid )?time off|days off|parental leave|maternity"
    r"|paternity|sabbaticals?)\b",
    re.I,
)
# What a yes or a no would answer, and the open form that cannot be answered so; only what needs no other change.
_OPENED = (
    (re.compile(r"do you (?:have|offer|provide) (?:an? |any )?([\w' -]+)\?$", re.I), r"What \1 do you have, if any?"),
    (re.compile(r"is there (?:an? |any )([\w' -]+)\?$", re.I), r"What \1 is there, if any?"),
    (re.compile(r"are there (?:any )?([\w' -]+)\?$", re.I), r"What \1 are there, if any?"),
    (re.compile(r"do you (support|encourage|measure|review|plan|handle) ([\w' -]+)\?$", re.I), r"How do you \1 \2?"),
    (re.compile(r"(?:can|could|may) I ([\w' -]+)\?$", re.I), r"How far could I \1?"),
)
# These take any words behind them as they stand.
_WIDENED = (
    (re.compile(r"(is it (?:possible|permitted|allowed) to [^?]+)\?$", re.I), r"How far \1?"),
    (re.compile(r"((?:will|would) I (?:have to|need to|be able to) [^?]+)\?$", re.I), r"To what extent \1?"),
    (
        re.compile(
            r"((?:do (?:you|people|employees|staff|managers|teams|your \w+s)|does (?:the|your) (?:company|team|firm)) "
            r"(?:use|pay|allow|publish|share|cover|hire|train|fund|reimburse|release|promote|follow|help|encourage"
            r"|contribute|provide|offer|pair) [^?]+)\?$",
            re.I,
        ),
        r"To what extent \1?",
    ),
)
_STATEMENT = word_set("the your you we our it they there people this that everyone all most")
_LEANS_ON = word_set("it its that this they them their so one ones he she")
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
        better["leading"] = _neutral(plain)
    if len(form.parts) > 1:
        split = _split(form)
        better["several"] = split if split != plain else None
    if _PAY.search(plain) or _LEAVE.search(plain):
        matter = subject(plain) or ("pay" if _PAY.search(plain) else "leave")
        better["too_early"] = f"When would be a good time to talk about {matter}?"
    if len(plain.split()) > MAX_BREATH:
        better["long"] = _shortened(form)
    return tuple(Hint(kind, _TOLD[kind], wording) for kind, wording in better.items())


def _opened(text: str) -> str | None:
    for closed, opened in _OPENED:
        found = closed.match(text)
        if found and re.search(r"\b(?:or|and|that|which|who|if|already|also|too|well)\b", found[1]) is None:
            return found.expand(opened)
    for closed, opened in _WIDENED:
        if found := closed.match(text):
            return re.sub(r"(?<=far |ent )[A-Z]", lambda one: one[0].lower(), found.expand(opened), count=1)
    return None


def _neutral(text: str) -> str | None:
    """Without what suggests the answer: "Don't you ...?" is "Do you ...?", "..., right?" asks how far that is so."""
    if found := re.match(_NEGATED, text, re.I):
        verb = {"wo": "Will", "ca": "Can"}.get(found[1].lower(), found[1].capitalize())
        return f"{verb} {text[found.start(2) :]}"
    told = re.sub(rf"^{_SURE}", "", re.sub(_TAG, "", text, flags=re.I), flags=re.I).rstrip(" ?.")
    first = told.split(" ")[0].lower()
    if told == text.rstrip(" ?.") or first not in _STATEMENT or _LEADING.search(told) or "?" in told:
        return None
    return f"How far is it true that {first}{told[len(first) :]}?"


def _split(form: Form) -> str | None:
    """Its parts, each as a question of its own; None where one of them does not open like a question."""
    parts = [re.sub(r"^(?:and|or|but|so|also),? ", "", part.strip(" ?.,;"), flags=re.I) for part in form.parts]
    if not all(_opens_as_question(part) for part in parts):
        return None
    return " ".join(f"{part[:1].upper()}{part[1:]}?" for part in parts)


def _shortened(form: Form) -> str | None:
    """The main part, where it is a question that says enough without what led up to it."""
    main = form.parts[0].strip(" ?.,;")
    words = main.lower().split()
    if len(words) > MAX_BREATH or not _opens_as_question(main) or not _LEANS_ON.isdisjoint(words):
        return None
    return f"{main[:1].upper()}{main[1:]}?"


def _opens_as_question(part: str) -> bool:
    words = part.lower().replace("’", "'").split()
    return asks_wh(words, 0) or asks_yes_no(words, 0)
