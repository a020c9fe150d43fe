"""How a question can be said inside another one in; what can be asked about its matter, whatever was read, out.

None of these takes anything for granted: what has not changed, or is not argued about, can be answered so.
"""

from __future__ import annotations

import re

Frames = tuple[str, ...]
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
    "If I asked three people here {it}, where, if anywhere, would their accounts differ?",
    "What would a sceptic in the team say about {it}?",
    "What, if anything, surprises new people about {it}?",
)
# `{it}` is a clause that asks for a bare fact: "how many days you give", "which tools you use". Nobody argues about
# it, and a colleague tells it alike; what can be asked is how people like it, and how long it has been so.
_LIKED = "What, if anything, would people here like to be different when it comes to {it}?"
_CHANGED = "What, if anything, has changed lately when it comes to {it}, and why?"
_OWN = "If it were up to you alone, what, if anything, would you change when it comes to {it}?"
_UNWRITTEN = "When it comes to {it}, what, if anything, is worth knowing that is not written anywhere?"
_FACT = (_LIKED, _CHANGED, _UNWRITTEN)
# Of pay everybody would like more.
_PAY = (
    _CHANGED,
    "When it comes to {it}, who decides, if anybody does, and what counts most for them?",
    _UNWRITTEN,
)
# `{it}` is a yes or no as a clause: "whether you pay for meals". What the answer is does not count.
_WHETHER = (_CHANGED, _OWN, _UNWRITTEN)
# As above, "whether there is a palace", which cannot be wished for.
_WHETHER_THERE_IS = (_CHANGED, _UNWRITTEN)
# `{it}` is what may be or come: "whether a newcomer could work from Oregon".
_DECIDED = "Who decides, if anybody does, {it}, and what counts most for them?"
_WHETHER_MAY = (_DECIDED, _CHANGED, _UNWRITTEN)
# `{it}` is the question as it was asked, where it can be said in no other way.
_COMES_TO = "When it comes to “{it}?”,"
_LIKED_IF_QUOTED = f"{_COMES_TO} what, if anything, would people here like to be different?"
_CHANGED_IF_QUOTED = f"{_COMES_TO} what, if anything, has changed lately, and why?"
_OWN_IF_QUOTED = "If it were up to you alone, what, if anything, would you change when it comes to “{it}?”"
_UNWRITTEN_IF_QUOTED = f"{_COMES_TO} what, if anything, is worth knowing that is not written anywhere?"
_DECIDED_IF_QUOTED = f"{_COMES_TO} who decides, if anybody does, and what counts most for them?"
_OTHERS = "Where, if anywhere, would two people here give different answers to “{it}?”"
_MAY_CHANGE = "What, if anything, could change the answer to “{it}?” within the next year?"
_QUOTED_STATE = (_OTHERS, _LIKED_IF_QUOTED, _OWN_IF_QUOTED)
_QUOTED = ("Could you answer “{it}?” with a recent example, if there is one?", *_QUOTED_STATE)
# As above, and it is asked how something goes of which nothing was read: it may not happen at all.
_QUOTED_UNREAD = (
    "Could you answer “{it}?” with a recent example, if that applies here at all?",
    "Where, if anywhere, would two people here give different answers to “{it}?”, if that applies here at all?",
    "If the question “{it}?” applies here at all, what, if anything, is worth knowing that is not written anywhere?",
)
# As above, and the answer is a view or a reason, which has no examples.
_QUOTED_VIEW = ("How would your colleagues answer “{it}?”, and would you agree with them?", _OTHERS)
# As above, and somebody says of himself why he asks: "I live in Ghent, could I work from there?"
_QUOTED_OWN_CASE = (
    _MAY_CHANGE,
    "Besides the answer to “{it}?”, what, if anything, is worth knowing that is not written anywhere?",
)
# As above, and nothing was read that says that it is so: "Why do so many leave?"
_QUOTED_VIEW_UNREAD = (
    "If the question “{it}?” applies here at all, how would your colleagues answer it, and would you agree with them?",
)
# As above, and the answer is a bare fact.
_QUOTED_FACT = (_LIKED_IF_QUOTED, _CHANGED_IF_QUOTED, _UNWRITTEN_IF_QUOTED)
# As above, and it is about what may be or come.
_QUOTED_CASE = (_DECIDED_IF_QUOTED, _MAY_CHANGE, _UNWRITTEN_IF_QUOTED)
# As above, and it is about what was, which nobody can change any more.
_BEYOND = "Beyond the plain answer to “{it}?”, what would somebody who knows the background add?"
_QUOTED_PAST = (_BEYOND, _UNWRITTEN_IF_QUOTED)
# As above, and it is a yes or no.
_QUOTED_PAST_WHETHER = (
    _BEYOND,
    "When it comes to “{it}?”, who had the last word, if anybody had, and what counted most for them?",
)
# `{it}` is quoted and no question: "Tell me about the team".
OF_REQUEST = (
    "When I say “{it}”, what comes to your mind that is not written anywhere?",
    "Where, if anywhere, would two people here differ if I said “{it}” to them?",
)
_QUOTED_PAY = (_CHANGED_IF_QUOTED, _DECIDED_IF_QUOTED, _UNWRITTEN_IF_QUOTED)
# Nobody has wishes about candidates but those who hire them.
_LAST_FILLED = "What, if anything, has changed about {it} since you last filled a position like this one, if you have?"
_LAST_FILLED_IF_QUOTED = (
    "When it comes to “{it}?”, what, if anything, has changed since you last filled a position like this one, "
    "if you have?"
)
# `{it}` is a heading, as "Help with student debt".
TITLED = (
    "What, if anything, would people in the team like to be different when it comes to “{it}”?",
    "If it were up to you alone, what, if anything, would you change when it comes to “{it}”?",
    "What, if anything, has changed lately when it comes to “{it}”, and why?",
)
# As above, and nothing was read that says that there is such a thing.
TITLED_UNREAD = (
    "When it comes to “{it}”, who decides, if anybody does, and what counts most for them?",
    "When it comes to “{it}”, what, if anything, has changed lately, and why?",
)
# Asks for a degree, which is a fact: "how often".
HOW_MUCH = (
    "much|many|large|big|long|often|soon|fast|far|frequent(?:ly)?|regular(?:ly)?|high|old|likely|early|late|flexible"
)
_OF_A_VIEW = re.compile(
    r".*\bwhy\b|.*\bwhat would you (?!expect|want|like)|.*\b(?:looks?|feels?|is|are|be) like\b", re.I
)
# How something is put together, or will be, has no examples.
OF_A_STATE = re.compile(
    r".*\b(?:structured|organi[sz]ed|set up|composed|made up|divided|split|staffed|financed|funded|owned|will)\b", re.I
)
_OWN_CASE = re.compile(
    r"I\b.*[,;:.] (?:so |and |but )?(?:can|could|may|might|will|would|who|what|which|when|where)\b", re.I
)
# Of others: that one stays, or came, is so.
_WHY_SO = re.compile(r".*\bwhy (?!(?:do|did|are|were|have|would) you\b)", re.I)
# The answer tells how something goes; all else is a fact, or a plain yes or no.
_OF_A_MANNER = re.compile(
    rf"(?!(?:is|are|do|does) (?:there|you have)\b|(?:where|when|who|which)\b).*\b(?:how(?! (?:{HOW_MUCH})\b)|"
    r"(?:is|are|was|looks?) .*\blike|"
    r"what (?:happens|goes on|role)|what would .*\bhappen|what .*\bdo (?:when|if|about)|"
    r"(?:process|procedure|way|approach|attitude|philosophy|relationship)s?)\b",
    re.I,
)
# What is done, which may not be done at all; how a day looks like, or success, is no such thing.
_OF_A_DOING = re.compile(
    r"\bhow (?:do|does|is|are|will|would|can)\b(?!.*\blike\b)|\bwhat happens\b|"
    r"\b(?:process(?:es)?|procedures?|approach(?:es)?)\b",
    re.I,
)
_OF_THE_PAST = re.compile(
    r"(?:did|was|were|(?:has|have) (?:you|there))\b|.*\b(?:last (?:year|round|time)|already|was|were)\b", re.I
)
_OF_YES_OR_NO = re.compile(r"(?:did|was|were|has|have|is|are|do|does)\b", re.I)
_OF_A_CASE = re.compile(
    r"(?:can|could|may|might|will|would|should|am i|is it possible|if)\b|"
    r".*[,;] (?:so |and |but )?(?:can|could|may|will|would)\b|.*\b(?:going|planning|planned) to\b|"
    r"(?:what|which|who|when|where)(?: \w+){0,5}? will\b",
    re.I,
)
_BY_START = {
    # What was can be changed by nobody: it is quoted.
    r"whether .*\b(?:was|were|did)\b": (),
    r"whether there (?:is|are|will) ": _WHETHER_THERE_IS,
    r"whether .*\b(?:can|could|may|might|will|would) ": _WHETHER_MAY,
    r"whether ": _WHETHER,
    rf"how (?:{HOW_MUCH}) ": _FACT,
    r"how ": _MANNER,
    r"what .*\b(?:biggest|main|greatest|hardest|best|worst)\b": _EXPERIENCE,
    r"what (?:happens|goes on) |what .*\b(?:(?:looks?|is|are) like|do|does|pays? attention|expects?)\b": _EXPERIENCE,
}
# `{it}` is a clause that asks for a manner of which nothing was read: it may not happen at all.
MANNER_UNREAD = (
    "Could you give me a recent example of {it}, if that happens here at all?",
    "Where, if anywhere, would two people here tell me different things if I asked them {it}?",
    "What, if that happens here at all, is worth knowing about {it} that is not written anywhere?",
)
# `{it}` is a clause that somebody asked to be told, and not all of it was read: it is only asked.
ASKED_TO_TELL = (
    "Where, if anywhere, would two people here tell me different things if I asked them {it}?",
    "If I asked {it}, what, if anything, would be worth knowing that is not written anywhere?",
)
# Said after the name of a section that was read, which "that" stands for.
SECTION = (
    "What, if anything, would people who work here like to be different about that?",
    "What, if anything, has changed about that since it was written?",
)
# Said after a fact that is only planned or debated.
PENDING = (
    "What still has to be settled before that can happen?",
    "What do people here say who have doubts about that, if anybody has?",
    "What would make you drop that again?",
    "Who has pushed for that, and for what reasons?",
)


def of_clause(said: str, topic: str, *, sure: bool) -> Frames:
    """Frames for a question said as a clause, as `clause` turns it.

    Args:
        said: The clause.
        topic: The question's topic.
        sure: Whether what it asks for is published; else, whatever words were read, it may not be done here.
    """
    found = next((some for start, some in _BY_START.items() if re.match(start, said)), _FACT)
    if found is _MANNER:
        found = _MANNER if sure else MANNER_UNREAD
        if OF_A_STATE.match(said):
            found = found[1:]
    own = {"candidacy": (_LAST_FILLED, *_FACT[1:]), "rewards": _PAY}
    return own.get(topic, found) if found is _FACT else found


def of_quote(it: str, topic: str, *, view: bool = False, unread: bool = False) -> Frames:
    """Frames for a question that is quoted as it was asked.

    Args:
        it: The question, without its mark.
        topic: Its topic.
        view: Whether it asks for somebody's view.
        unread: Whether nothing was read that says that there is what it speaks of.
    """
    if _OWN_CASE.match(it):
        return _QUOTED_OWN_CASE
    if view or _OF_A_VIEW.match(it):
        return _QUOTED_VIEW_UNREAD if unread and _WHY_SO.match(it) else _QUOTED_VIEW
    if _OF_A_MANNER.match(it):
        if unread and _OF_A_DOING.search(it):
            return _QUOTED_UNREAD[1:] if OF_A_STATE.match(it) else _QUOTED_UNREAD
        return _QUOTED_STATE if OF_A_STATE.match(it) else _QUOTED
    if _OF_THE_PAST.match(it):
        return _QUOTED_PAST_WHETHER if _OF_YES_OR_NO.match(it) else _QUOTED_PAST
    if _OF_A_CASE.match(it):
        return (_MAY_CHANGE, *_if_it_applies(_QUOTED_CASE)) if unread else _QUOTED_CASE
    own = {"candidacy": (_LAST_FILLED_IF_QUOTED, *_QUOTED_FACT[1:]), "rewards": _QUOTED_PAY}
    frames = own.get(topic, _QUOTED_FACT)
    return _if_it_applies(frames) if unread else frames


def _if_it_applies(frames: Frames) -> Frames:
    """Nothing was read that says that there is what the question speaks of, and these do not say so either."""
    named = [one for one in frames if one.startswith(_COMES_TO)]
    return tuple(one.replace(_COMES_TO, "If the question “{it}?” applies here at all,") for one in named)
