"""How a question can be said inside another one in; what can be asked about its matter, whatever was read, out.

A candidate says these aloud, so none has more than one condition, and none says of the employer what was not read.
"""

from __future__ import annotations

import re

Frames = tuple[str, ...]
# `{it}` is a name for what is asked about; none of these depends on its number, or on who may speak of it.
ABOUT = (
    "If it were up to you alone, what would you change about {it}?",
    "What do newcomers usually get wrong about {it}?",
    "Has anything changed about {it} in the last year or two, and what led to it?",
    "What would a sceptic in the team say about {it}?",
    "What would you tell a new colleague about {it} that is not written down?",
)
# `{it}` is a clause that asks for a manner: "how you review code".
_STATE = (
    "If it were up to you alone, what would you change about {it}?",
    "What would you tell a new colleague about {it} that is not written down?",
    "How far do people here agree on {it}?",
)
_MANNER = ("Could you give me a recent example of {it}?", *_STATE)
# `{it}` is a clause that people tell from their own experience: "what a quiet day looks like".
_EXPERIENCE = (
    "If I asked three people here {it}, where would their accounts differ?",
    "What would a sceptic in the team say about {it}?",
    "What surprises new people most about {it}?",
)
# `{it}` is what may be or come: "whether a newcomer could work from Oregon".
_WHETHER_MAY = (
    "Who decides {it}, and what counts most for them?",
    "Has it ever come up {it}, and how was it settled?",
)
# Said after what was looked up, which "that" stands for.
_UP_TO_YOU = "What would you change about that if it were up to you?"
_CHANGED = "Has that changed in the last few years, and why?"
_LIKED = "Is there anything that people here would like to see changed about that?"
_FELT = "How do people here feel about that?"
_MISJUDGED = "What do newcomers usually get wrong about that?"
_HARDEST = "Which part of that do people here find hardest?"
_DEPENDS = "What does that depend on?"
_DECIDED = "Who decides that, and what counts most for them?"
_STORY = "What is the story behind that, as far as you know it?"
_OF_A_FACT = (_FELT, _CHANGED, _LIKED)
_OF_A_DEGREE = (_CHANGED, _DEPENDS)
_OF_HIRING = (
    "Has that changed since you last hired somebody for such a job, and why?",
    "What do candidates easily get wrong about that?",
)
_HOW_IT_GOES = (_HARDEST, _UP_TO_YOU, _MISJUDGED)
_HOW_IT_STANDS = (_UP_TO_YOU, _CHANGED, _FELT)
_VIEWS = (
    "What would your colleagues say about that, and would you agree with them?",
    "Where do opinions differ most on that?",
)
_CASES = (_DECIDED, "What could change that within the next year?", _DEPENDS)
_YES_OR_NO = (_FELT, "What is the thinking behind that?")
_IF_SO = (_UP_TO_YOU, _FELT)
# Said after what was to be asked and was not read, so that "that" may be nothing but the question.
UNREAD = (
    "What can you tell me about it that is not written there?",
    "What is worth knowing about it that is not written anywhere?",
    "What would you add that no page says?",
)
_BACKGROUND = (_STORY, "What do people here say about that today?")
# Asks for a degree, which is a fact: "how often".
_HOW_MUCH = (
    "much|many|large|big|long|often|soon|fast|far|frequent(?:ly)?|regular(?:ly)?|high|old|likely|early|late|flexible"
)
_OF_A_VIEW = re.compile(
    r".*\bwhy\b|.*\bwhat would you (?!expect|want|like)|.*\b(?:looks?|feels?|is|are|be) like\b", re.I
)
_OF_A_YES_OR_NO = re.compile(r"(?:is|are|do|does|has|have)\b", re.I)
_OF_A_CONDITION = re.compile(r"(?:if|when) (?!(?:do|does|is|are|did|was|will|would|can|could)\b)", re.I)
_OF_A_FIGURE = re.compile(rf"(?!.*\b(?:last|was|were|did)\b).*\bhow (?:{_HOW_MUCH})\b", re.I)
# How something is put together, or will be, has no examples.
_OF_A_STATE = re.compile(
    r".*\b(?:structured|organi[sz]ed|set up|composed|made up|divided|split|staffed|financed|funded|owned|will)\b", re.I
)
# What is done to something is hard for nobody: it is as it is.
_DONE = re.compile(
    r".*\b(?:is|are|was|were|be|get|gets)\b.*\b(?:\w+ed|chosen|made|paid|set|run|given|taken|split|dealt|kept|held)\b",
    re.I,
)
# The answer tells how something goes; all else is a fact, or a plain yes or no.
_OF_A_MANNER = re.compile(
    rf"(?!(?:is|are|do|does) (?:there|you have)\b|(?:where|when|who|which)\b).*\b(?:how(?! (?:{_HOW_MUCH})\b)|"
    r"(?:is|are|was|looks?) .*\blike|"
    r"what (?:happens|goes on|role)|what would .*\bhappen|what .*\bdo (?:when|if|about)|"
    r"(?:process|procedure|way|approach|attitude|philosophy|relationship)s?)\b",
    re.I,
)
_OF_A_STORY = re.compile(r"(?:tell|give|walk|talk|describe|explain|share)\b", re.I)
_OF_THE_PAST = re.compile(
    r"(?:did|was|were|(?:has|have) (?:you|there))\b|.*\b(?:last (?:year|round|time)|already|was|were)\b", re.I
)
_OF_A_CASE = re.compile(
    r"(?:can|could|may|might|will|would|should|am i|is it possible|if)\b|"
    r".*[,;] (?:so |and |but )?(?:can|could|may|will|would)\b|.*\b(?:going|planning|planned) to\b|"
    r"(?:what|which|who|when|where)(?: \w+){0,5}? will\b",
    re.I,
)
_BY_START = {
    r"whether .*\b(?:was|were|did)\b": (),
    r"whether there (?:is|are|will) ": (),
    r"whether .*\b(?:can|could|may|might) ": _WHETHER_MAY,
    r"whether ": (),  # it is quoted: "about whether you pay for meals" is not how people speak
    rf"how (?:{_HOW_MUCH}) ": (),  # "about how many days you give" is not how people speak either
    r"how ": _MANNER,
    r"what .*\b(?:biggest|main|greatest|hardest|best|worst)\b": _EXPERIENCE,
    r"what (?:happens|goes on) |what .*\b(?:(?:looks?|is|are) like|do|does|pays? attention|expects?)\b": _EXPERIENCE,
}
# Said after the name of a page or section that was read, which "that" stands for.
SECTION = (
    "What would you add to what is written there?",
    "Has anything changed since that was written?",
    "How close is everyday practice to what is written there?",
)
# Said after a fact that is only planned or debated.
PENDING = (
    "What still has to be settled before that can happen?",
    "What would have to go right for that to work?",
    "What would make you drop that again?",
    "Whose idea was that, and what was the reason for it?",
)


def of_clause(said: str) -> Frames:
    """Frames for a question said as a clause, as `clause` turns it; none where it is better said before one."""
    found = next((some for start, some in _BY_START.items() if re.match(start, said)), ())
    return _STATE if found is _MANNER and _OF_A_STATE.match(said) else found


def after(it: str, topic: str, *, view: bool = False) -> Frames:
    """What can be asked after a question or clause that was said, without its mark; `view`: whether it asks for one."""
    if view or _OF_A_VIEW.match(it):
        return _VIEWS
    if _OF_A_CONDITION.match(it):
        return _IF_SO
    if _OF_A_FIGURE.match(it):
        return _OF_A_DEGREE
    if _OF_A_MANNER.match(it) or _OF_A_STORY.match(it):
        return _HOW_IT_STANDS if _OF_A_STATE.match(it) or _DONE.match(it) else _HOW_IT_GOES
    if _OF_THE_PAST.match(it):
        return _BACKGROUND
    if _OF_A_CASE.match(it):
        return _CASES
    if _OF_A_YES_OR_NO.match(it):
        return _YES_OR_NO
    return _OF_HIRING if topic == "candidacy" else _OF_A_FACT
