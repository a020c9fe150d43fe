"""A finding in; questions about practice on its own subject, which claim nothing about what was read, out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence, Set

from askworthy.aspects.taxonomy import OTHER
from askworthy.findings.matters import Matter, topic_questions
from askworthy.findings.naming import clause, speakable, subject
from askworthy.records import Finding

# `{it}` is a name for what is asked about; none of these depends on its number, or on who may speak of it.
_ABOUT = (
    "What would you most like to change about {it}?",
    "What do people here find hardest about {it}?",
    "What surprises new people most about {it}?",
    "What, if anything, has changed about {it} recently, and what led to it?",
)
# `{it}` is the question as a clause: "how you review code".
_CLAUSE = (
    "What would you most like to change about {it}?",
    "What do people here disagree about when it comes to {it}?",
    "What surprises new people most about {it}?",
    "What has changed your own mind about {it}?",
    "Where does practice differ most from what is written when it comes to {it}?",
)
# Said after a fact that is only planned or debated.
PENDING = (
    "What still has to be settled before that can happen?",
    "What do people here who have doubts about that say?",
    "What would make you drop that again?",
    "Who has pushed for that, and for what reasons?",
)
_LEANS = re.compile(r"\b(?:it|its|that|this|these|those|they|them|their|ones?)\b", re.I)


def on_own_topic(finding: Finding, matter: Matter | None, used: Set[str] = frozenset()) -> list[str]:
    """Ask for what is behind the question; a fixed question gets the same ones in a fixed order.

    Args:
        finding: Its question need not be answered by what was read.
        matter: What the question is about, where its words tell.
        used: Texts that the list has already.

    Returns:
        The follow-ups, best first, each of which can be said alone: on the question's fine matter; else on the name of
        its subject, or on the question as a clause; else on a broad matter; and at last on its topic.
    """
    main = finding.form.parts[0].strip(" ?.!")
    topical = _turned(topic_questions().get(finding.topic, topic_questions()[OTHER]), main, used)
    if matter and not matter.words:
        return [*_turned(matter.questions, main, used), *topical]
    # What is on no topic of ours, as an address, is nothing that people have experience with.
    if finding.topic != OTHER and not _LEANS.search(main):
        for frames, it in ((_ABOUT, subject(main)), (_CLAUSE, clause(main))):
            if it and speakable(it):
                return [*_turned([one.format(it=it) for one in frames], main, used), *topical]
    return [*_turned(matter.questions, main, used), *topical] if matter else topical


def _turned(some: Sequence[str], question: str, used: Set[str]) -> list[str]:
    """Two questions on one matter start at different places, so that a list does not repeat itself."""
    start = zlib.crc32(question.encode("utf-8", "replace")) % len(some)
    return sorted([*some[start:], *some[:start]], key=lambda one: one in used)
