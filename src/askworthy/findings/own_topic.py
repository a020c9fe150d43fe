"""A question in; questions about practice on its own subject, which claim nothing about what was read, out."""

from __future__ import annotations

import re
import zlib

from askworthy.questions.clauses import word_set
from askworthy.records import Finding

_MAX_QUOTED = 26
MAX_WORDS = 20  # of a question that is said inside another one
_MAX_SUBJECT = 9
_MAX_CHARS = 400
# `{it}` is a name for what is asked about; none of these depends on its number.
_ABOUT = (
    "What would the people in this team tell me about {it} from their own experience?",
    "What surprised the people who joined most recently about {it}?",
    "What would you like to change about {it}?",
    "What, if anything, has changed about {it} over the past year?",
    "What is hardest to get right about {it} in practice?",
    "What do people from outside usually misunderstand about {it}?",
    "What is not written down that I should know about {it}?",
)
# `{it}` is the question as a clause: "how you review code".
_CLAUSE = (
    "What surprised the people who joined most recently about {it}?",
    "What would the people in this team say from their own experience about {it}?",
    "What, if anything, has changed over the past year when it comes to {it}?",
    "What is not written down that I should know about {it}?",
    "What do people from outside usually misunderstand about {it}?",
)
_WHETHER = (
    "What would the people in this team say from their own experience about {it}?",
    "Who or what decides in a doubtful case {it}?",
    "When did it last come up in this team {it}, and what followed?",
)
# `{it}` is the question itself, as the candidate wrote it.
_ASKED = (
    "One of my questions is “{it}” What does the answer look like in practice for the people in this team?",
    "One of my questions is “{it}” What would the people in this team say to that from their own experience?",
    "One of my questions is “{it}” What, if anything, has changed about that over the past year?",
    "One of my questions is “{it}” What would somebody who joined last year tell me about that?",
    "One of my questions is “{it}” What is not written down that I should know about it?",
)
_NOUNS = r"(?P<it>(?:your |the |a |an |any )?[\w&'/ -]+?)"
_MADE = (
    "organi[sz]ed|handled|decided|measured|assigned|structured|evaluated|managed|shared|reviewed|paid|set|done|made|"
    "calculated|run|planned|distributed|rewarded|checked|tracked|scheduled|chosen|settled"
)
_SUBJECTS = tuple(
    re.compile(rf"{form}\??$", re.I)
    for form in (
        rf"what(?:'s| is| are) (?=your |the ){_NOUNS}",
        rf"(?:how|when|where|by whom) (?:is|are) {_NOUNS} (?:{_MADE})(?: .*)?",
        rf"how (?:do|does) {_NOUNS} (?:work|happen|run)(?: (?:in|at|for|here)\b.*)?",
        rf"(?:do you|does the company) (?:have|offer|provide|give|pay for) {_NOUNS}",
        rf"(?:is|are) there (?=an? |any ){_NOUNS}",
        rf"(?:what|which) {_NOUNS} (?:do you|does the company) (?:have|offer|provide|give|use)",
        _NOUNS,  # "Overtime pay?"
    )
)
_PRONOUN = r"(I|you|we|they|he|she|somebody|someone|people|employees|staff)(?! (?:in|at|on|from|with|of|who)\b)"
_TURNS = (
    (re.compile(r"do ((?!I\b).+)$", re.I), r"whether \1"),
    (
        re.compile(rf"(can|could|will|would|may) {_PRONOUN} ((?!describe|tell|explain|walk|share|give|show).+)$", re.I),
        r"whether \2 \1 \3",
    ),
    (
        re.compile(
            r"((?:how|what|which|when|where|why|who)\b(?: (?!do|does|is|are|can|will)[\w'-]+){0,4}) do ((?!I\b).+)$",
            re.I,
        ),
        r"\1 \2",
    ),
    (
        re.compile(
            rf"((?:how|what|which|when|where|why|who)\b(?: [\w'-]+){{0,5}}?) (can|could|will|would) {_PRONOUN} (.+)$",
            re.I,
        ),
        r"\1 \3 \2 \4",
    ),
    (
        re.compile(
            r"(who (?:decides|makes|approves|sets|leads|runs|pays|picks|checks|owns|chooses|gets|looks)\b.+)$", re.I
        ),
        r"\1",
    ),
)
_LEANS = re.compile(
    r"^(?:\w+ ){1,3}(?:it|its|that|this|these|those|they|them|their)\b"
    r"(?! (?:decided|judged|true|possible|permitted|allowed|like|usual|normal))",
    re.I,
)
_UNQUOTABLE = re.compile(r"[\"“”«»<>|\[\]{}#\n]|[.?!] ")
_UNSAYABLE = re.compile(r"[\"“”«»<>|\[\]{}#\n:;,.–—]| - | please\\b", re.I)
# Any of these makes a clause of what should be a name for something.
_NO_NAME = word_set(
    "i me my we us our you it they them he she who whom whose which that this these those what how when where why "
    "if whether to do does did is are was were be been has have had can could will would should may might must not "
    "like missing really most main biggest best worst next currently now here before after while because than and "
    "or but so there at since by as with without until"
)
_VERBAL = re.compile(r"(?:ed|ing)$", re.I)
_NAMES_IN_ING = word_set("training parking onboarding mentoring hiring engineering funding housing nursing")
# A bare "Overtime pay?" is taken for a name only where it needs no article.
_NEEDS_NO_ARTICLE = word_set(
    "pay leave overtime parking training mentoring insurance benefits equity holidays hours shifts wages salaries"
)


def on_own_topic(finding: Finding) -> list[str]:
    """Ask for practice and examples on what the question is about; a fixed question gets them in a fixed order.

    Returns:
        The follow-ups, best first; none where the question cannot be said inside another one.
    """
    main = _plain(finding.form.parts[0])
    if len(main) > _MAX_CHARS:
        return []
    start = zlib.crc32(main.encode("utf-8", "replace"))
    leans = bool(_LEANS.search(main))  # "How is that going?" says nothing without what stands before it
    if not leans and (it := subject(main)):
        frames: tuple[str, ...] = _ABOUT
    elif not leans and (it := clause(main)):
        frames = _WHETHER if it.startswith("whether ") else _CLAUSE
    else:
        it, frames = _said(_plain(finding.question.text) if leans else main, finding), _ASKED
    return [one.format(it=it) for one in frames[start % len(frames) :] + frames[: start % len(frames)]] if it else []


def clause(question: str) -> str | None:
    """The question as a clause: "Who would I report to?" is "who I would report to"; None where rules do not suffice.

    Only what needs no change but the order of words is turned round: "do" goes, other auxiliaries move behind a
    pronoun, and "does", which would need the verb's ending, is left alone.
    """
    text = question.replace("’", "'")
    if not 3 <= len(text.split()) <= MAX_WORDS or _UNSAYABLE.search(text):
        return None
    for form, turned in _TURNS:
        if found := form.match(text):
            said = found.expand(turned)
            return re.sub(r" (Can|Could|Will|Would|May) ", lambda one: one[0].lower(), said[:1].lower() + said[1:])
    return None


def subject(question: str) -> str | None:
    """The name of what a question is about: "What is your leave policy?" has "your leave policy"; None if unsure."""
    for form in _SUBJECTS:
        if found := form.match(question.strip().replace("’", "'")):
            it = re.sub(r"^(?:a|an|any) ", "", found["it"], flags=re.I)
            words = it.lower().split()
            verbal = any(_VERBAL.search(word) and word not in _NAMES_IN_ING for word in words)
            bare = form is _SUBJECTS[-1]
            if bare and re.split(r" (?:for|in|of|at|on) ", it.lower())[0].split()[-1] not in _NEEDS_NO_ARTICLE:
                return None
            if len(words) <= _MAX_SUBJECT and _NO_NAME.isdisjoint(words) and not verbal and len(it) > 3:
                return it[:1].lower() + it[1:] if bare or words[0] in ("your", "the") else it
    return None


def _said(question: str, finding: Finding) -> str | None:
    """The question as a sentence that can stand in quotation marks."""
    if finding.form.kind == "statement" or len(question.split()) > _MAX_QUOTED or _UNQUOTABLE.search(question):
        return None
    return f"{question[:1].upper()}{question[1:]}?"


def _plain(text: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(text.replace("*", "").replace("`", "").split()).strip(" ?.!")
