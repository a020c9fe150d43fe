"""A finding in; questions about practice on its own matter, which claim nothing about what was read, out."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from askworthy.aspects.taxonomy import OTHER
from askworthy.findings.frames import ABOUT, SECTION, UNREAD, Frames, after, of_clause
from askworthy.findings.indirect import clause, in_third_person, is_led_up
from askworthy.findings.matters import topic_questions
from askworthy.findings.naming import speakable, subject
from askworthy.findings.openings import LIKELY
from askworthy.findings.patterns import turned
from askworthy.findings.presumed import takes_for_granted
from askworthy.findings.revoice import has_name, page_of
from askworthy.records import Finding

_MAX_QUOTED = 20  # words: nobody reads out more
_MAX_INSIDE = 8  # words that one follows inside a question
_MIN_ASKED = 5  # words behind a heading that say what is asked
_MIN_NAMED = 2  # words that may stand for a whole question
_NAMED_BY = 4  # words, after which a clause has said what it is about
_ASKS_HOW = re.compile(r"(?:how|when|where|by whom)\b", re.I)
_ASKING = (
    "how|what|which|who|whom|whose|where|when|why|is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|"
    "should|may|might"
)
_HEADED = re.compile(rf"(?P<title>[^:;,]+?)(?P<sign>[:;,]| [-–—]) (?:so )?(?P<asked>(?:{_ASKING})\b.+)$", re.I)
# "And do you", but not "and do your job".
_FURTHER = re.compile(
    r"(?:,? and (?!(?:have|is|are) (?!(?:you|your|we|they|people|I|there|the|it|this|that|these|those|my|any|all|staff|"
    r"employees|managers|teams)\b)|do (?!(?:you|we|they|people|I|staff|employees|managers|teams|new|most)\b))"
    rf"(?=(?:{_ASKING})\b)| [-–—] ).*$",
    re.I | re.S,
)
_ASKING_WORD = re.compile(rf"\b(?:{_ASKING})\b", re.I)
# Only with what follows it is it a question: "If a guest is unhappy, what may I do?"
_CONDITION = re.compile(rf"(?:if|when(?! (?:{_ASKING})\b)|as|after|before|once|until)\b", re.I)
_CONDITIONAL = re.compile(rf"{_CONDITION.pattern}[^,;:]+, (?=(?:{_ASKING})\b)", re.I)
_CONNECTED = re.compile(r"^(?:and|but|so|also|then),? (?=\w)", re.I)
# "Could you describe the ovens?", but not "Can you share snow across teams?"
_REQUEST = re.compile(
    r"(?:(?:please|kindly),? )?"
    r"(?:(?:can|could|would|will) you (?:please |perhaps |kindly |also |briefly |maybe )?"
    r"(?=(?:tell|give) (?:me|us) (?:about|an? (?:example|idea|sense|overview|impression|picture)|more|something|which|"
    r"what|who|where|when|how|why)\b|(?:walk|talk) (?:me|us) through\b|(?:describe|explain)\b(?!.* (?:as|to)\b)|"
    r"share (?:with (?:me|us)|what|an? (?:example|story)))|(?=(?:tell|describe|explain|walk|talk|share|give)\b))",
    re.I,
)
_ASKS_WHETHER = re.compile(
    r"(?:is|are) there\b|do(?:es)? (?:you|the|your|this|people|staff)\b.* (?:have|get|offer|provide|give)\b", re.I
)
_ASKS_YES_OR_NO = re.compile(
    r"(?:is|are|am|do|does|did|has|have|can|could|will|would|may)\b(?! (?:the|this|that|these|your)\b)", re.I
)
_SENTENCES = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!\bvs\.)(?<!\bapprox\.)\s+", re.I)
_UNQUOTABLE = re.compile(r"[„«»<>|\[\]{}#*`_\n]|https?:")
_QUOTES = re.compile('["“”]')
_ELSEWHERE = re.compile(r"\b(?:from|over|to) there\b", re.I)
_TELLS_OF_CHANGE = re.compile(
    r"\b(?:used to|no longer|pilot(?:ed)?|trialled|(?:has|have|was|were)(?: been)? "
    r"(?:changed|replaced|introduced|suspended|extended|dropped)|"
    r"as of|since (?:19|20)\d\d|(?:until|from) (?:\w+ )?20\d\d|decided|previously|(?<!-)ended|"
    r"new \(?(?:in |since )?20\d\d|being (?:written|drawn up|revised|reviewed|prepared|worked out))\b",
    re.I,
)
_LEANS = re.compile(
    r"^(?:if (?:so|not)|and|but|or|then)\b|"
    r"\b(?:it(?! is (?:possible|usual|common|normal|allowed) to\b)|its|that|"
    r"this(?! (?:a new )?(?:role|job|post|position|team|company)\b)|"
    r"these|those|they|them|their|ones|(?:an?|the|any|each|every|which|what|new|other) one)\b",
    re.I,
)


def on_own_topic(finding: Finding, used: Set[str] = frozenset()) -> list[str]:
    """Ask for what is behind the question; a fixed question gets the same ones in a fixed order.

    Args:
        finding: Its question need not be answered by what was read.
        used: Texts that the list has already.

    Returns:
        The follow-ups, best first, each of which can be said alone: those in the question's own words, those on the
        page that was read, and those of its topic, which may be far from what was asked.
    """
    main = finding.form.parts[0].strip(" ?.!")
    page = _page(finding)
    read = [f"I have read {page}. {one}" for one in SECTION] if page and has_name(page) else []
    topical = unused_first(topic_questions().get(finding.topic, topic_questions()[OTHER]), main, used)
    return [*turned(_in_own_words(finding, main), main), *turned(read, main), *topical]


def _in_own_words(finding: Finding, main: str) -> list[str]:
    """With the question's subject, or the question as a short clause, where that was read; else said before."""
    said = in_third_person(clause(main) or "")
    # A name says that there is what it names, of which it may have been asked whether there is.
    doubted = finding.verdict == "partly" and _ASKS_WHETHER.match(main)
    forms = [(ABOUT, None if doubted else subject(main)), (of_clause(said), said)]
    if _ASKS_HOW.match(main):  # "how leads are chosen" is asked for, and not leads
        forms = forms[1:] if said else forms
    for frames, it in forms:
        if not it or not frames or len(it.split()) > _MAX_INSIDE or not speakable(it):
            continue
        if not _leans(it) and not takes_for_granted(it, finding):
            return [one.format(it=it) for one in _without_known_changes(frames, finding)]
    return _said_before(finding)


def _without_known_changes(frames: Frames, finding: Finding) -> Frames:
    """Without those that ask what has changed, where what was read tells of a change."""
    if any(_TELLS_OF_CHANGE.search(one.quote) for one in finding.proof):
        return tuple(one for one in frames if "changed" not in one) or frames
    return frames


def _said_before(finding: Finding) -> list[str]:
    """What was looked up, or what is left to ask of it, and after it what the page cannot tell."""
    asked = _askable(finding.question.text)
    if not asked or not finding.proof:
        return []
    said, request, page = clause(asked), _REQUEST.match(asked), _page(finding)
    led_up, read = is_led_up(asked), not takes_for_granted(said or asked, finding)
    kind = said if said and led_up else asked[request.end() :] if request else asked
    frames = _without_known_changes(after(kind, finding.topic, view=finding.form.asks_opinion), finding)
    # Something is left of it to ask, and a yes or no takes nothing for granted.
    if finding.verdict == "partly" and (read or _ASKS_YES_OR_NO.match(asked)) and not request and not led_up:
        return [f"{asked[:1].upper()}{asked[1:]}? And {one[:1].lower()}{one[1:]}" for one in frames]
    where = page or "your website"
    if said and not _leans(said) and (read or said.startswith("whether")):
        if page and finding.verdict == "published" and not said.startswith("whether"):
            lead = f"I have read on {page} {said}."
        else:
            lead = f"I looked up {said}, and read {page}." if page else f"On your website I looked up {said}."
    elif said and not _leans(said):  # that it is so was not read, only that it may be asked
        lead = f"I was going to ask {said}, and have read {where}."
    elif request:
        lead = f"I was going to ask you to {kind[:1].lower()}{kind[1:]}, and have read {where}."
    else:
        lead = f"I was going to ask “{asked[:1].upper()}{asked[1:]}?”, and have read {where}."
    return [f"{lead} {one}" for one in (frames if read else UNREAD)]


def _page(finding: Finding) -> str | None:
    """The page that was read, if one surely is on the matter."""
    best = finding.proof[0] if finding.proof else None
    return page_of(best) if best and best.probability >= LIKELY else None


def _askable(text: str) -> str | None:
    """What of a text can be repeated as what one was going to ask, without its mark; None if nothing can."""
    whole = text.strip()
    # Of several sentences the first that can be asked without the others.
    it = next((one for one in _SENTENCES.split(whole) if one.endswith("?") and not _LEANS.search(one)), whole)
    if it == whole and re.match(r"I\b", it) and len(_SENTENCES.split(whole)) > 1:
        return None  # "I saw that you grow. How fast is it?"
    it = _CONNECTED.sub("", _QUOTES.sub("'", it.rstrip(" ?.!")))
    if (headed := _HEADED.match(it)) and headed["sign"] in ":;":  # "I'd lead two teams: who are they"
        title, asked = headed["title"], _FURTHER.sub("", headed["asked"])
        if _ASKING_WORD.match(title):
            it = title
        elif not _leans(asked) and len(asked.split()) >= _MIN_ASKED:
            it = asked
    uncut = it
    if condition := _CONDITIONAL.match(it):
        it = it[: condition.end()] + _FURTHER.sub("", it[condition.end() :])
    elif not (_CONDITION.match(it) or it.startswith("I ")):
        it = _FURTHER.sub("", it)
    if len(it.split()) < _MIN_NAMED:  # "R&R - how often is it?"
        it = uncut
    # "I'd love to travel.", "I was wondering who ...": no question as it stands.
    told = re.match(r"I\b", it) and (not whole.endswith("?") or is_led_up(it) or ";" in it) and not clause(it)
    short = (len(it.split()) <= _MAX_QUOTED or clause(it)) and it.count("(") == it.count(")")
    return it if it and short and not told and not _UNQUOTABLE.search(it) else None


def _leans(said: str) -> bool:
    """Whether it speaks of "it" or "them" before it has named anything that these could be, or of a place unnamed."""
    return bool(_ELSEWHERE.search(said)) or any(
        len(said[: found.start()].split()) < _NAMED_BY for found in _LEANS.finditer(said)
    )


def unused_first(some: Sequence[str], question: str, used: Set[str] = frozenset()) -> list[str]:
    """All of them, turned as the question fixes it, those not used yet first: a list does not repeat itself."""
    return sorted(turned(some, question), key=lambda one: one in used)
