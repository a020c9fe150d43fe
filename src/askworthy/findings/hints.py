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
_MAX_BETWEEN = 9  # words between "What" and its verb
_NT = r"(?:do|does|did|is|are|was|were|has|have|had|would|wo|should|could|ca)n't"
_NEGATED = rf"{_NT} (?:you|it|there|this|that|these|those|the|your|they|we|I)\b"
_TAG = rf", (?:right|correct|no|yes|(?:is|are|do) (?:it|you)|{_NT} (?:you|it|there|this|that|they|we|I)(?: think)?)\?$"
_SURE = r"(?:surely|obviously|of course),? "
_OPENER = rf"(?:{_NEGATED}|{_SURE}|you {_SURE}|you (?:do|will|would) agree\b)"
# At the start of a sentence or behind it all: "What don't you like?" suggests nothing.
_LEADING = re.compile(rf"(?:^|[.!?;:] )(?:(?:so|and|but|well),? )*{_OPENER}|{_TAG}", re.I)
_PAY = re.compile(
    r"\b(?:salar(?:y|ies)|pay (?:range|band|rise|raise)s?|wages?|bonus(?:es)?|compensation)\b",
    re.I,
)
# Who is on holiday, or back from it, is away, and that may be all that is said of it.
_LEAVE = re.compile(
    r"\b(?:(?<!the )(?<!on )(?<!from )holiday|(?<!the )holidays|(?<!on )(?<!from )vacation|vacations|sick pay"
    r"|paid leave|(?:paid )?time off|days off|parental leave|maternity|paternity|sabbaticals?)\b",
    re.I,
)
# "What ..., if any?" asks well for what comes in kinds, and for little else: "What company car do you have, if any?"
_KINDS = word_set(
    "activities allowance allowances arrangements benefit benefits bonus bonuses budget budgets challenges changes "
    "childcare code concerns conferences consequences courses criteria deadlines discount discounts equipment events "
    "facilities flexibility goals guidelines incentive incentives insurance leave limit limits measures meetings "
    "mentoring metrics obstacles onboarding opportunities options overtime paperwork parking paths penalties pension "
    "perks plan plans policies policy pressure procedure procedures process processes program programme programmes "
    "programs projects qualifications quotas requirements restrictions rewards risks rituals rule rules safeguards "
    "scheme schemes scope services shifts standards subsidies subsidy support system systems targets tests tools "
    "traditions training travel trips uncertainty workshops"
)
_BEHIND_KINDS = word_set(
    "about across after against around at before behind beside besides between beyond by despite during except for "
    "from in into inside near of on outside over per regarding since through to toward towards under until upon via "
    "with within without"
)
# What counts, points, judges, or names who gets it ("Do you offer employees training?") cannot stand behind "What".
_NOT_BEFORE_KINDS = word_set(
    "a the this these those my your our all both each every no some several few little less more most many much lot "
    "enough sufficient other another such same different own certain good great better best bad worse worst clear "
    "strong real similar unlimited one two three apprentices candidates contractors developers employees engineers "
    "freelancers graduates interns juniors managers men newcomers nurses parents people seniors starters students "
    "teachers trainees women workers"
)
# With one of these it holds a clause, which wants the verb behind it; or it says when.
_CLAUSE = word_set(
    "i you we they he she it me us them that who whom whose which what when where how why while if because so than as "
    "like whether unless once can could will would must should may might do does is are was were be have has had and "
    "or only just still also already ever really here there currently now yet soon always something somewhere someone "
    "anyone anything everyone too well please place"
)
_SUBJECT = r"(?:do (?:you|your [\w-]+|people|employees|staff|managers|teams)|does (?:the|your) [\w-]+)"
_HOLDS = re.compile(
    rf"(?P<said>{_SUBJECT} (?:have|offer|provide)|(?:is|are) there) (?:an? |any )?(?P<it>[\w'&/ -]+)\?$", re.I
)
_FREELY = (
    r"(?:(?:adapt|adjust|choose|decide|determine|influence|organi[sz]e|plan|set|shape)(?: on| about)? "
    r"(?:my|our|the|how|what|when|where)|change (?:how|the way))"
)
_FREELY_OR_AWAY = rf"(?:{_FREELY}|work (?:abroad|flexibly|from|independently|outside|remotely))"
# How the open form begins, and what it takes as it stands: what can be done more or less, or in several ways.
_DONE = tuple(
    (opening, re.compile(rf"{said} (?P<it>{verb}\b[\w'&/ -]*)\?$", re.I))
    for opening, said, verb in (
        ("How", rf"(?P<said>{_SUBJECT})", r"(?:encourage|handle|measure|review|support)"),
        ("How far could", r"(?:can|could|may) (?P<said>I)", _FREELY),
        ("How far", r"(?P<said>is it (?:allowed|permitted|possible) to)", _FREELY_OR_AWAY),
        ("To what extent", r"(?P<said>(?:will|would) I be able to)", _FREELY_OR_AWAY),
        (
            "To what extent",
            r"(?P<said>(?:will|would) I (?:have|need) to)",
            r"(?:answer|commute|coordinate|deal with|document|mentor|rely on|sell|speak|travel|use|work)",
        ),
        (
            "To what extent",
            rf"(?P<said>{_SUBJECT})",
            r"(?:allow|contribute|cover|follow|fund|help|hire(?! (?:at|for|in|on|this)\b)|pay (?:for|overtime)|promote"
            r"|publish|reimburse|share|train|use)",
        ),
    )
)
# Of this there is no more and no less: "How far could I start in May?"
_NO_DEGREE = word_set(
    "a an one two three four five six seven eight nine ten half every all any more most less least only first last "
    "next once twice ever never yet already always often sometimes now currently today tomorrow still also too well "
    "enough either both or if when unless because so it this that me please in-house anything something nothing "
    "someone anyone"
)
_STATEMENT = word_set("the your you we our it they there people this that everyone all most")
_LEANS_ON = word_set("it its that this these those they them their so one ones he she")
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
        better["yes_no"] = _opened(plain) if len(form.parts) == 1 else None
    if _LEADING.search(plain):
        better["leading"] = _neutral(plain)
    if len(form.parts) > 1:
        split = _split(text, form)
        better["several"] = split if split != plain else None
    if _PAY.search(plain) or _LEAVE.search(plain):
        matter = subject(plain) or ("pay" if _PAY.search(plain) else "leave")
        better["too_early"] = f"When would be a good time to talk about {matter}?"
    if len(plain.split()) > MAX_BREATH:
        better["long"] = _shortened(form)
    return tuple(Hint(kind, _TOLD[kind], wording) for kind, wording in better.items())


def _opened(text: str) -> str | None:
    """The form that a yes or a no cannot answer, where it surely is a sentence: none is better than a wrong one."""
    text = text.replace(" ?", "?")
    if (found := _HOLDS.match(text)) and _comes_in_kinds(found["it"].lower().split()):
        return f"What {found['it']} {_lowered(found['said'])}, if any?"
    for opening, closed in _DONE:
        if (found := closed.match(text)) and _comes_in_degrees(found["it"].lower().split()):
            return f"{opening} {_lowered(found['said'])} {found['it']}?"
    return None


def _comes_in_kinds(words: list[str]) -> bool:
    end = next((at for at, word in enumerate(words) if word in _BEHIND_KINDS), len(words))
    if not end or len(words) > _MAX_BETWEEN or words[end - 1] not in _KINDS or any(map(str.isdigit, "".join(words))):
        return False
    return _NOT_BEFORE_KINDS.isdisjoint(words[:end]) and _CLAUSE.isdisjoint(words)


def _comes_in_degrees(words: list[str]) -> bool:
    return _NO_DEGREE.isdisjoint(words) and not words[-1].endswith("ly") and not any(map(str.isdigit, "".join(words)))


def _lowered(said: str) -> str:
    return said if said == "I" else said[:1].lower() + said[1:]


def _neutral(text: str) -> str | None:
    """Without what suggests the answer: "Don't you ...?" is "Do you ...?", "..., right?" asks how far that is so."""
    if re.match(_NEGATED, text, re.I):
        verb, rest = re.split("n't", text, maxsplit=1, flags=re.I)
        return {"wo": "Will", "ca": "Can"}.get(verb.lower(), verb.capitalize()) + rest
    told = re.sub(rf"^{_SURE}", "", re.sub(_TAG, "", text, flags=re.I), flags=re.I).rstrip(" ?.")
    first = told.split(" ")[0].lower()
    whole = first in _STATEMENT and not _LEADING.search(told) and not re.search(r"[?.;] ", told)
    if told == text.rstrip(" ?.") or not whole:
        return None
    return f"How far is it true that {first}{told[len(first) :]}?"


def _split(text: str, form: Form) -> str | None:
    """Its parts, each as a question of its own; None where one of them does not open like a question.

    What led up to them stays, for they may be about it: "You advertise vouchers. Who gets those, and when?"
    """
    main = re.search(rf"(?<!\w){re.escape(form.parts[0])}", text)
    led_up = text[: main.start()].strip() if main else ""
    parts = [re.sub(r"^(?:and|or|but|so|also),? ", "", part.strip(" ?.,;"), flags=re.I) for part in form.parts]
    if not all(_opens_as_question(part) for part in parts):
        return None
    said = [f"{part[:1].upper()}{part[1:]}?" for part in parts]
    if led_up:
        said[0] = f"{led_up} {said[0] if led_up[-1] in '.!?' else f'{parts[0]}?'}"
    return " ".join(said)


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
