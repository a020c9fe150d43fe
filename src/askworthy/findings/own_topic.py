"""A finding in; questions about practice on its own matter, which claim nothing about what was read, out."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from askworthy.aspects.taxonomy import OTHER
from askworthy.findings.frames import (
    ABOUT,
    ASKED_TO_TELL,
    HOW_MUCH,
    MANNER_UNREAD,
    OF_A_STATE,
    OF_REQUEST,
    TITLED,
    TITLED_UNREAD,
    Frames,
    of_clause,
    of_quote,
)
from askworthy.findings.indirect import clause, in_third_person, is_led_up
from askworthy.findings.matters import Matter, topic_questions
from askworthy.findings.naming import speakable, subject
from askworthy.findings.patterns import turned
from askworthy.findings.presumed import ALL, ANY, takes_for_granted
from askworthy.records import Finding

_MAX_QUOTED = 25  # words
_MIN_ASKED = 5  # words behind a heading that say what is asked
_MAX_TITLE = 8  # words that can be a heading
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
_CONNECTED = re.compile(
    r"^(?:(?:and|but|so|also|then),? |(?:please|kindly),? (?=(?:can|could|would) you ))?"
    r"(?:(?:can|could|would) you (?:please |perhaps |kindly |also |briefly |maybe )?"
    r"(?=(?:tell|give) (?:me|us) (?:about|an? (?:example|idea|sense|overview|impression|picture)|more|something|which|"
    r"what|who|where|when)\b|(?:walk|talk) (?:me|us) through\b|(?:describe|explain)\b(?!.* (?:as|to)\b)|"
    r"share (?:with (?:me|us)|what|an? (?:example|story)))"
    r"(?!(?:\w+ ){1,4}(?:how|why)\b))?",
    re.I,
)
_TOLD = re.compile(
    r"(?:please|kindly|dear|sir|madam|hello|perhaps|maybe|i|tell|describe|explain|walk|talk|share|give)\b", re.I
)
_ASKS_WHETHER = re.compile(
    r"(?:is|are) there\b|do(?:es)? (?:you|the|your|this|people|staff)\b.* (?:have|get|offer|provide|give)\b", re.I
)
_CONDITIONED = re.compile(r"\bif (?:there\b|that has happened|you have one)", re.I)
_OF_OTHERS = re.compile(r"\b(?:they|them|their)\b", re.I)  # are not what a heading names
_WONDERED = re.compile(r"I(?:['’]d| would) like to|I(?:['’]m| am| was)? (?:just )?wonder", re.I)
_ASKS_BEHIND = re.compile(rf"[,;] (?:so |and |but )?(?:{_ASKING})\b", re.I)
_NO_TITLE = re.compile(r"(?:any|as|if|after|before|in|at|for|with|by|from|to|on|about|under|during|[a-z]+ing) ", re.I)
_PERSONAL = re.compile(r"\b(?:I|me|my|we|us|our|you|your|he|she|they)\b|\b(?:I|we|you)['’]", re.I)
_SENTENCES = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!\bvs\.)(?<!\bapprox\.)\s+", re.I)
_UNQUOTABLE = re.compile(r"[„«»<>|\[\]{}#*`_\n]|https?:")
_QUOTES = re.compile('["“”]')
_ON = re.compile(r"^(?:on|about|regarding|concerning) (?:the |your )?(?=[^:]+:)", re.I)  # "On the rota: voluntary?"
_ELSEWHERE = re.compile(r"\b(?:from|over|to) there\b", re.I)
# What a yes or no takes for granted: "whether a newcomer can use the company nursery".
_DEFINITE = re.compile(
    r"\b(?:the|your) (?!(?:company|firm|team|job|role|position|employer|organisation|department)"
    r"(?:$| (?:\w+s|can|could|will|would|have|may|might|to|in|at|on|for|of|as|with|ever|really)\b))"
    r"((?:(?!(?:is|are|was|were|can|could|will|would|to|in|at|on|for|of)\b)[\w'-]+ ?){1,3})",
    re.I,
)
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


def on_own_topic(finding: Finding, matter: Matter | None, used: Set[str] = frozenset()) -> list[str]:
    """Ask for what is behind the question; a fixed question gets the same ones in a fixed order.

    Args:
        finding: Its question need not be answered by what was read.
        matter: What the question is about, where its words tell, with its questions in the order in which they fit.
        used: Texts that the list has already.

    Returns:
        The follow-ups, best first, each of which can be said alone: those in the question's own words, which surely are
        about what was asked; then those of its matter, and of its topic.
    """
    main = finding.form.parts[0].strip(" ?.!")
    topical = unused_first(topic_questions().get(finding.topic, topic_questions()[OTHER]), main, used)
    on_matter = matters_questions(finding, matter, used)
    # Readers find three in four questions of a matter deeper, and nine in ten of those in the question's own words.
    return [*turned(_in_own_words(finding, main), main), *on_matter, *topical]


def matters_questions(finding: Finding, matter: Matter | None, used: Set[str] = frozenset()) -> list[str]:
    """The matter's questions that speak of nothing as being there that was not read, those not used yet first."""
    if not matter:
        return []
    # Where it is asked whether there is such a thing, its questions would say that there is.
    unread = takes_for_granted(matter.name, finding) or _ASKS_WHETHER.match(finding.form.parts[0])
    fair = [one for one in matter.questions if not unread or _CONDITIONED.search(one)]
    return sorted(fair, key=lambda one: one in used)


def _in_own_words(finding: Finding, main: str) -> list[str]:
    """With the question's subject, the question as a clause, or the question as it is.

    Whichever can be said, and takes for granted nothing that was not read.
    """
    said = in_third_person(clause(main) or "")
    # A name says that there is what it names, of which it may have been asked whether there is.
    doubted = finding.verdict == "partly" and _ASKS_WHETHER.match(main)
    forms = [
        (ABOUT, None if doubted else subject(main)),
        (of_clause(said, finding.topic, sure=finding.verdict == "published"), said),
    ]
    if _ASKS_HOW.match(main):  # "how leads are chosen" is asked for, and not leads
        forms = forms[1:] if said else forms
    for frames, it in forms:
        if it and frames and speakable(it) and not _leans(it):
            named = " ".join(_DEFINITE.findall(it)) if it.startswith("whether ") else it
            if not named or not takes_for_granted(named, finding, ALL):
                return [one.format(it=it) for one in _without_known_changes(frames, finding)]
    if said and is_led_up(main) and speakable(said) and not _leans(said):
        # "I'm wondering how", "Could you tell me who": they would be no questions if they were quoted.
        return [one.format(it=said) for one in _of_what_is_to_be_told(said)]
    it, frames = _quotable(finding)
    whole = len(it.split()) <= _MAX_QUOTED and it.count("(") == it.count(")")
    if it and whole and not _UNQUOTABLE.search(it):
        return [one.format(it=it[:1].upper() + it[1:]) for one in _without_known_changes(frames, finding)]
    return []


def _of_what_is_to_be_told(said: str) -> Frames:
    if re.match(rf"how (?!(?:{HOW_MUCH})\b)", said):
        return MANNER_UNREAD[1:] if OF_A_STATE.match(said) else MANNER_UNREAD
    return ASKED_TO_TELL


def _without_known_changes(frames: Frames, finding: Finding) -> Frames:
    """Without those that ask what has changed, where what was read tells of a change."""
    if any(_TELLS_OF_CHANGE.search(one.quote) for one in finding.proof):
        return tuple(one for one in frames if "changed" not in one) or frames
    return frames


def _quotable(finding: Finding) -> tuple[str, Frames]:
    """What of a question can be quoted, and what can be asked about it."""
    whole = finding.question.text.strip()
    # Of several sentences the first that can be asked without the others.
    it = next((one for one in _SENTENCES.split(whole) if one.endswith("?") and not _LEANS.search(one)), whole)
    it = _CONNECTED.sub("", _QUOTES.sub("'", it.rstrip(" ?.!")))
    title, colon, behind = _ON.sub("", it).partition(":")
    if colon and _is_title(title) and not _OF_OTHERS.search(behind):  # "Overtime: money or time"
        return title, _titled(title, finding)
    if headed := _HEADED.match(it):  # "Mentoring: how does it work here", "I'd lead two teams: who are they"
        title, asked = headed["title"], _FURTHER.sub("", headed["asked"])
        if _is_title(title) and not _OF_OTHERS.search(asked):
            return title, _titled(title, finding)
        if headed["sign"] in (":", ";") and _ASKING_WORD.match(title):
            it = title
        elif headed["sign"] in (":", ";") and not _leans(asked) and len(asked.split()) >= _MIN_ASKED:
            it = asked
    if not (_CONDITION.match(it) or _TOLD.match(it)):
        it = _FURTHER.sub("", it)
    # "I live in Ghent, could I work from there?" asks, and so does a question behind a sentence.
    asks = it.startswith("I") and _ASKS_BEHIND.search(it) and not _WONDERED.match(it)
    if _TOLD.match(it) and not asks and not (_SENTENCES.search(it) and whole.endswith("?")):
        return it, OF_REQUEST[:1] if _unread(it, finding) else OF_REQUEST
    if _is_title(it):
        return it, _titled(it, finding)
    # "When it comes to" cannot stand before what somebody says of himself.
    view = finding.form.asks_opinion or re.match(r"I\b", it) is not None
    return it, of_quote(it, finding.topic, view=view, unread=_unread(it, finding))


def _titled(title: str, finding: Finding) -> Frames:
    return TITLED_UNREAD if _unread(title, finding) else TITLED


def _unread(named: str, finding: Finding) -> bool:
    """Whether nothing says that there is what is named; most of what is published may be in other words."""
    if finding.verdict == "published":
        return takes_for_granted(named, finding, ANY)
    return takes_for_granted(named, finding, ALL)


def _is_title(text: str) -> bool:
    other = _NO_TITLE.match(text) or _PERSONAL.search(text) or _ASKING_WORD.search(text)
    return len(text.split()) <= _MAX_TITLE and not other


def _leans(said: str) -> bool:
    """Whether it speaks of "it" or "them" before it has named anything that these could be, or of a place unnamed."""
    return bool(_ELSEWHERE.search(said)) or any(
        len(said[: found.start()].split()) < _NAMED_BY for found in _LEANS.finditer(said)
    )


def unused_first(some: Sequence[str], question: str, used: Set[str] = frozenset()) -> list[str]:
    """All of them, turned as the question fixes it, those not used yet first: a list does not repeat itself."""
    return sorted(turned(some, question), key=lambda one: one in used)
