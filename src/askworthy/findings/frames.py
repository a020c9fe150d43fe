"""How a question can be said inside another one in; what can be asked about its matter, whatever was read, out.

None of these takes anything for granted: what has not changed, or is not argued about, can be answered so.
"""

from __future__ import annotations

import re

Frames = tuple[str, ...]
DIFFERENCE = "What difference does it make to people here {it}?"
# `{it}` is a name for what is asked about; none of these depends on its number, or on who may speak of it.
ABOUT = (
    "If it were up to you alone, what would you change about {it}?",
    "What, if anything, would people in the team like to be different about {it}?",
    "What, if anything, surprises new people about {it}?",
    "What, if anything, has changed about {it} recently, and what led to it?",
    "What would a sceptic in the team say about {it}?",
    "What, if anything, do newcomers get wrong about {it}?",
)
# `{it}` is a clause that asks for a manner: "how you review code".
_MANNER = (
    "Could you give me a recent example of {it}, if there is one?",
    "If it were up to you alone, what would you change about {it}?",
    "What, if anything, do people here disagree about when it comes to {it}?",
    "What, if anything, surprises new people about {it}?",
    "Where, if anywhere, does practice differ from what one would expect when it comes to {it}?",
    "What would a sceptic in the team say about {it}?",
    "What, if anything, would people in the team like to be different when it comes to {it}?",
)
# `{it}` is a clause that people tell from their own experience: "what a quiet day looks like".
_EXPERIENCE = (
    "If I asked three people here {it}, where would their accounts differ?",
    "What would a sceptic in the team say about {it}?",
    "What, if anything, surprises new people about {it}?",
    "Where, if anywhere, does practice differ from what one would expect when it comes to {it}?",
)
# `{it}` is a clause that asks for a bare fact: "how many days you give", "which tools you use". Nobody argues about
# it; what can be asked is what it does to the work, and what could make it another.
_FACT = (
    DIFFERENCE,
    "If it were up to you alone, would you change {it}, and for what reasons?",
    "If I asked you again in a year {it}, what could have changed by then, and why?",
)
# `{it}` is a yes or no as a clause: "whether you pay for meals". What the answer is does not count.
_WHETHER = (
    "If I asked you again in a year {it}, what could have changed by then, and why?",
    "If I asked three people here {it}, would their answers differ, and how?",
    DIFFERENCE,
)
# `{it}` is "whether there is a canteen": what there is is not decided by anybody on the spot.
_WHETHER_THERE = (
    "If I asked you again in a year {it}, what could have changed by then, and why?",
    DIFFERENCE,
)
_WHETHER_KNOWN = (
    "What is behind your present answer on {it}, and what could change it?",
    DIFFERENCE,
)
# `{it}` is the question as it was asked, where it can be said in no other way.
_OTHERS = (
    "If I put “{it}?” to somebody who joined a few months ago, what might they tell me that you would not?",
    "Where, if anywhere, would two people here give different answers to “{it}?”",
)
_QUOTED = (
    "On the question “{it}?”, where, if anywhere, does practice differ from what is written?",
    "Could you answer “{it}?” with a recent example, if there is one?",
    *_OTHERS,
)
# As above, and the answer is a view or a reason, which has no examples.
_QUOTED_VIEW = _OTHERS
# As above, and the answer is a bare fact, which everybody tells alike.
_QUOTED_FACT = (
    "If I asked you “{it}?” again in a year, what could have changed by then, and why?",
    _OTHERS[0],
)
_DECIDED = "If the answer to “{it}?” were ever to change, who would decide that, and on what grounds?"
# `{it}` is quoted and no question: "Tell me about the team".
OF_REQUEST = (
    "If I said “{it}” to somebody who joined a few months ago, what might they tell me that you would not?",
    "When I say “{it}”, what comes to your mind that is not written anywhere?",
)
# `{it}` is a heading, as "Help with student debt".
TITLED = (
    "What, if anything, would people in the team like to be different when it comes to “{it}”?",
    "What would a sceptic in the team say on the subject of “{it}”?",
    "If it were up to you alone, what would you change when it comes to “{it}”?",
)
_OF_A_VIEW = re.compile(r".*\b(?:why|(?:you|people) (?:feel|think))\b", re.I)
# The answer tells how something goes; all else is a fact, or a plain yes or no.
_OF_A_MANNER = re.compile(
    r".*\b(?:how(?! (?:much|many|large|big|long|often|soon|fast|far|frequent(?:ly)?|high)\b)|like|"
    r"what (?:happens|goes on|role)|what .*\bdo (?:when|if|about)|"
    r"(?:process|procedure|way|approach|attitude|philosophy|relationship)s?)\b",
    re.I,
)
_OF_A_RULE = re.compile(r"(?:what|which|how|do you|does (?:the|your))\b", re.I)  # that somebody has set
_BY_START = {
    r"whether there ": _WHETHER_THERE,
    r"whether ": _WHETHER,
    r"how (?:many|much|long|often|frequently|fast|soon|far|big|large) ": _FACT,
    r"how ": _MANNER,
    r"what (?:happens|goes on) |what .*\b(?:(?:looks?|is|are) like|do|does|pays? attention|expects?)\b": _EXPERIENCE,
}
# Said after the name of a section that was read, which "that" stands for.
SECTION = (
    "What, if anything, would people who work here add to that?",
    "What, if anything, has changed about that since it was written?",
    "Could you give me a recent example of that, if there is one?",
    "Where, if anywhere, does everyday life in this team differ from that?",
    "What, if anything, do new people get wrong about that?",
)
# Said after a fact that is only planned or debated.
PENDING = (
    "What still has to be settled before that can happen?",
    "What do people here who have doubts about that say?",
    "What would make you drop that again?",
    "Who has pushed for that, and for what reasons?",
)


def of_clause(said: str, *, known: bool) -> Frames:
    """Frames for a question said as a clause, as `clause` turns it; `known` if its answer surely was read."""
    found = next((some for start, some in _BY_START.items() if re.match(start, said)), _FACT)
    return _WHETHER_KNOWN if known and found in (_WHETHER, _WHETHER_THERE) else found


def of_quote(it: str, *, known: bool) -> Frames:
    """Frames for a question that is quoted as it was asked; `known` if its answer surely was read."""
    if _OF_A_VIEW.match(it):
        return _QUOTED_VIEW
    if _OF_A_MANNER.match(it):
        return _QUOTED
    return (*_QUOTED_FACT, _DECIDED) if known and _OF_A_RULE.match(it) else _QUOTED_FACT
