"""A question in; a name for what it asks about, which can stand inside another question, out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from askworthy.questions.clauses import word_set

MAX_WORDS = 20  # of a question that is said inside another one
_MAX_SUBJECT = 9
_MAX_SPEAKABLE = 10
# A first person or a future does not go with "has changed", and a yes or no not with "hardest about".
_UNSPEAKABLE = word_set(
    "i me my mine we us our whether will would could should might incl etc eg ie approx info who why"
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
# Behind one of these, "do" is the verb itself: "What would I do first?"
_VERBS = "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must|i|you|we|they"
_TURNS = (
    (re.compile(r"do ((?!I\b).+)$", re.I), r"whether \1"),
    (
        re.compile(rf"(can|could|will|would|may) {_PRONOUN} ((?!describe|tell|explain|walk|share|give|show).+)$", re.I),
        r"whether \2 \1 \3",
    ),
    (
        re.compile(
            rf"((?:how|what|which|when|where|why|who)\b(?: (?!(?:{_VERBS})\b)[\w'-]+){{0,4}}) do ((?!I\b).+)$",
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
_IS = re.compile(r"^(how|where|when)'s ", re.I)
_OPINION = re.compile(r"\byou (?:(?:would|could|can) (?:describe|define|explain|rate|say)|feel|think)\b", re.I)
_DOES = re.compile(r"((?:how|when|where|why)(?: (?:often|fast|soon|far|long))?) does (.+)$", re.I)
# Verbs that are seldom nouns, so that the first of them ends what "does" is about.
_PLAIN_VERBS = word_set(
    "get become happen respond react handle decide choose communicate make keep ensure treat cope differ pick find "
    "hear learn know let settle divide organise organize prepare protect encourage celebrate deal go come take give "
    "bring tell ask hire teach see meet"
)
_PASSIVE = re.compile(r"((?:how|where|when|why|by whom|on what basis)(?: \w+)?) (is|are|was|were) (.+)$", re.I)
_PARTICIPLES = word_set(
    "brought chosen made held done run set paid given taken kept met put cut built split spent written drawn known "
    "seen found sent shown told taught led dealt shut won lost left heard bought sold"
)
# What follows a participle that is the verb: before a noun it would describe that, as in "newly hired nurses".
_BEHIND_VERB = word_set(
    "by in at on to for with without among between across after before during from within into under over of about and "
    "or if when once until up out off down back together here there then as so through per against instead around"
)
_BEFORE_NOUN = word_set("the a an your our my their its it any some no each every most more very so too not")
_UNSAYABLE = re.compile(r"[\"“”«»<>|\[\]{}#\n:;,.–—]| - |\bplease\b", re.I)
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


def clause(question: str) -> str | None:
    """The question as a clause: "Who would I report to?" is "who I would report to"; None where rules do not suffice.

    Only what needs no change but the order of words is turned round: "do" goes, other auxiliaries move behind a
    pronoun or to a participle, and "does" gives its ending to the verb where that is surely one.
    """
    text = _IS.sub(r"\1 is ", question.replace("’", "'"))
    if not 3 <= len(text.split()) <= MAX_WORDS or _UNSAYABLE.search(text):
        return None
    for form, turned in _TURNS:
        if found := form.match(text):
            said = found.expand(turned)
            if _OPINION.search(said):
                return None
            return re.sub(r" (Can|Could|Will|Would|May) ", lambda one: one[0].lower(), said[:1].lower() + said[1:])
    return _passive(text) or _active(text)


def _active(question: str) -> str | None:
    """ "How does a book get approved?" as "how a book gets approved": the verb takes the ending of "does"."""
    if not (found := _DOES.match(question)):
        return None
    asked, words = found[1], found[2].split()
    for place in range(1, len(words)):
        verb, before = words[place].lower(), words[place - 1].lower()
        if verb in _PLAIN_VERBS and before not in _BEFORE_NOUN | _BEHIND_VERB and not before.endswith("ly"):
            ending = "es" if verb.endswith(("s", "o", "ch")) else "s"
            said = " ".join([asked, *words[:place], verb + ending, *words[place + 1 :]])
            return said[:1].lower() + said[1:]
    return None


def _passive(question: str) -> str | None:
    """ "How is the rota drawn up?" as "how the rota is drawn up": the auxiliary goes before the first participle."""
    if not (found := _PASSIVE.match(question)):
        return None
    asked, auxiliary, words = found[1], found[2].lower(), found[3].split()
    for place in range(1, len(words)):
        if _is_verb(words, place):
            before = words[place - 1].lower()
            if before in _BEFORE_NOUN | _BEHIND_VERB or before.endswith("ly"):
                return None
            said = " ".join([asked, *words[:place], auxiliary, *words[place:]])
            return said[:1].lower() + said[1:]
    return None


def _is_verb(words: Sequence[str], place: int) -> bool:
    word, after = words[place].lower(), (words[place + 1].lower() if place + 1 < len(words) else "")
    participle = word in _PARTICIPLES or (len(word) > 4 and word.endswith("ed") and not word.endswith("eed"))
    return participle and (not after or after in _BEHIND_VERB or after.endswith("ly"))


def subject(question: str) -> str | None:
    """The name of what a question is about: "What is your leave policy?" has "your leave policy"; None if unsure."""
    for form in _SUBJECTS:
        if found := form.match(question.strip().replace("’", "'")):
            if re.match(r"an? ", found["it"], re.I):
                continue  # without its article it would be no name, and with it anybody's
            it = re.sub(r"^(?:any|sort of|kind of|type of|kinds of|types of) ", "", found["it"], flags=re.I)
            words = it.lower().split()
            verbal = any(_VERBAL.search(word) and word not in _NAMES_IN_ING for word in words)
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
    plain = all(re.fullmatch(r"[a-z]+(?:[-'][a-z]+)*|[A-Z]{2,4}s?", word) for word in words)
    return plain and len(words) <= _MAX_SPEAKABLE and _UNSPEAKABLE.isdisjoint(name.lower().split())


def _needs_no_article(name: str, *, plural: bool) -> bool:
    """Whether "about" can stand before a name without an article: "about overtime pay", not "about salary range"."""
    head = re.split(r" (?:for|in|of|at|on) ", name.lower())[0].split()[-1]
    return head in _NEEDS_NO_ARTICLE or (plural and head.endswith("s") and not head.endswith("ss"))
