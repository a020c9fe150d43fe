"""A question in; a name for what it asks about, which can stand inside another question, out."""

from __future__ import annotations

import re

from askworthy.questions.clauses import word_set

_MAX_SUBJECT = 9
_MAX_SPEAKABLE = 18
# A first person is turned into a newcomer before; of two, or of a "we", it is not clear who is meant.
_UNSPEAKABLE = word_set("i me my mine myself i'm i've i'd i'll we us our should might incl etc eg ie approx info")
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
        rf"(?:do you|does the company) (?:have|offer|provide|give) {_NOUNS}",
        rf"(?:is|are) there (?=an? |any ){_NOUNS}",
        rf"(?:what|which) {_NOUNS} (?:do you|does the company) (?:have|offer|provide|give|use)",
        r"(?:please )?(?:(?:could|can|would) you (?:please )?)?"
        r"(?:tell me about|(?:walk|talk) me through|describe|explain) "
        rf"(?=the |your ){_NOUNS}(?:,? please)?",
        _NOUNS,  # "Overtime pay?"
    )
)
# Any of these makes a clause of what should be a name for something.
_NO_NAME = word_set(
    "i me my we us our you it they them he she who whom whose which that this these those what how when where why "
    "if whether to do does did is are was were be been has have had can could will would should may might must not "
    "like missing really most main biggest best worst next currently now here before after while because than and "
    "or but so there at since by as with without until each other's"
)
_VERBAL = re.compile(r"(?:ed|ing)$", re.I)
_NAMES_IN_ING = word_set("training parking onboarding mentoring hiring engineering funding housing nursing")
# A name that may be anybody's says nothing of what was asked about it.
_TOO_WIDE = word_set("team company role job position work process people department office business organisation")
# A bare "Overtime pay?" is taken for a name only where it needs no article.
_NEEDS_NO_ARTICLE = word_set(
    "pay leave overtime parking training mentoring insurance benefits equity support holidays hours shifts wages "
    "salaries"
)


def subject(question: str) -> str | None:
    """The name of what a question is about: "What is your leave policy?" has "your leave policy"; None if unsure."""
    for form in _SUBJECTS:
        if found := form.match(question.strip().replace("’", "'")):
            if re.match(r"an? ", found["it"], re.I):
                continue  # without its article it would be no name, and with it anybody's
            it = re.sub(r"^(?:any|sort of|kind of|type of|kinds of|types of) ", "", found["it"], flags=re.I)
            words = it.lower().split()
            # Right behind its article such a word describes: "the starting salary".
            verbal = any(_VERBAL.search(word) and word not in _NAMES_IN_ING for word in words[:1] + words[2:])
            bare = form is _SUBJECTS[-1]
            if (bare or form in _SUBJECTS[3:6]) and not _needs_no_article(it, plural=not bare):
                continue
            if words[-1] in _TOO_WIDE and len(words) < 3:
                continue
            if len(words) <= _MAX_SUBJECT and _NO_NAME.isdisjoint(words) and not verbal and len(it) > 3:
                return it[:1].lower() + it[1:] if bare or words[0] in ("your", "the") else it
    return None


def speakable(name: str) -> bool:
    """Whether a name or clause can be said inside another question: short, plain words, and nobody's "I will"."""
    words = name.split()
    plain = all(re.fullmatch(r"[A-Z]?[a-z]+(?:[-'][a-z]+)*'?|[A-Z]{2,4}s?", word) for word in words)
    told = {word if word == "US" else word.lower() for word in words}
    return plain and words[0].lower() != "why" and len(words) <= _MAX_SPEAKABLE and _UNSPEAKABLE.isdisjoint(told)


def _needs_no_article(name: str, *, plural: bool) -> bool:
    """Whether "about" can stand before a name without an article: "about overtime pay", not "about salary range"."""
    head = re.split(r" (?:for|in|of|at|on) ", name.lower())[0].split()[-1]
    return head in _NEEDS_NO_ARTICLE or (plural and head.endswith("s") and not head.endswith("ss"))
