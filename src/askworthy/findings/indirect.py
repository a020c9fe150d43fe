"""A question in; the same as an indirect question, which can stand inside another one, out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from askworthy.questions.clauses import word_set

MAX_WORDS = 20  # of a question that is said inside another one
_PRONOUN = r"(I|you|we|they|he|she|somebody|someone|people|employees|staff)(?! (?:in|at|on|from|with|of|who)\b)"
# Behind one of these, "do" is the verb itself: "What would I do first?"
_VERBS = "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must|i|you|we|they"
_TURNS = (
    (re.compile(r"do ((?!I\b).+)$", re.I), r"whether \1"),
    (re.compile(r"do I (.+)$", re.I), r"whether I would \1"),
    (
        re.compile(rf"(can|could|will|would|may) {_PRONOUN} ((?!describe|tell|explain|walk|share|give|show).+)$", re.I),
        r"whether \2 \1 \3",
    ),
    (
        re.compile(
            rf"((?:how|what|which|when|where|why|who)\b(?: (?!(?:{_VERBS})\b)[\w'-]+){{0,4}}) do "
            r"(?!.*\bnot\b)((?!I\b).+)$",
            re.I,
        ),
        r"\1 \2",
    ),
    (
        re.compile(rf"((?:how|what|which|when|where|why|who)\b(?: (?!(?:{_VERBS})\b)[\w'-]+){{0,4}}) do I (.+)$", re.I),
        r"\1 I would \2",
    ),
    (
        re.compile(
            rf"((?:how|what|which|when|where|why|who)\b(?: [\w'-]+){{0,5}}?) (can|could|will|would) {_PRONOUN} (.+)$",
            re.I,
        ),
        r"\1 \3 \2 \4",
    ),
    (
        re.compile(r"((?:how|what|when|where)\b(?: [\w'-]+){0,3}) am I ((?!.*\b(?:I|me|my)\b).+)$", re.I),
        r"\1 a newcomer is \2",
    ),
    (re.compile(r"am I ((?!.*\b(?:I|me|my)\b).+)$", re.I), r"whether a newcomer is \1"),
    (re.compile(r"((?:what|which|how (?:much|many))(?: [\w'-]+){0,4}?) (is|are) there\b(.*)$", re.I), r"\1 there \2\3"),
    (re.compile(r"(what|who|where|how \w+) (would|will|could) ((?:the|your|my) .+) be$", re.I), r"\1 \3 \2 be"),
    # Where "who" or "what" is what the verb is about, the words stand as they should.
    (re.compile(r"(who (?!(?:is|was|has|does)\b)\w+s\b.+|who has (?:the|a|an) .+)$", re.I), r"\1"),
    (re.compile(r"((?:what|which) (?:percentage|share|proportion|part) of .+)$", re.I), r"\1"),
    (re.compile(r"(how (?:much|many)(?: [\w'-]+){0,6}? (?:would|will|could) be .+)$", re.I), r"\1"),
    (
        re.compile(
            r"(who(?: (?:in|on|at|of|from|among)(?: [\w'-]+){1,4}?| else)? (?:can|could|will|would|may|has to|gets to) "
            r"(?!I\b)[a-z]+ (?:me|us|the|an?|my|your|our|their|it|them|what|how|if|no|yes)\b.*)$",
            re.I,
        ),
        r"\1",
    ),
    (
        re.compile(
            r"(what (?:happens|goes|gets|counts|makes|comes|follows|sets|keeps|"
            r"(?:is|are) (?:expected|required|needed|covered|included|offered|planned|done|checked|paid))\b.+)$",
            re.I,
        ),
        r"\1",
    ),
)
_IS = re.compile(r"^(how|where|when|what|who)'s (?!.*\bbeen\b)", re.I)
_OPINION = re.compile(
    r"\byou (?:(?:would|could|can) (?:describe|define|explain|rate|say|gauge|call)|(?:\w+ )?(?:feel|think))\b", re.I
)
_HOW_FOR_WHAT = re.compile(
    r"how (?:do|does|would|will) .*\blook like\b", re.I
)  # is what they mean, and can only be quoted
# What leads up to a question that is a clause already: "Could you tell me how the rota is made?"
_ASKED = (
    r"(?=(?:whether|if|how|what|which|who|where|when) "
    r"(?!(?:do|does|did|is|are|was|were|has|have|can|could|will|would)\b))"
)
_LED_UP = re.compile(
    r"(?:(?:(?:please )?(?:could|can|would) you (?:please |kindly )?|(?:perhaps|maybe) you (?:could|can) |please )?"
    rf"(?:tell me|describe|explain|(?:walk|talk) me through)(?: about)?"
    rf"|I(?:'m| am| was) (?:just )?wondering|I wonder|I(?:'d| would) like to know) {_ASKED}",
    re.I,
)
# Where a further question begins: only the first is said.
_FURTHER = re.compile(
    r"(?:, (?:and|or|but) |"
    r" or (?=(?:do|does|is|are|can|could|will|would) (?:I|you|we|they|it|he|she|there|people|the|my|your)\b)|"
    r",? and (?=(?:how|what|who|where|when|why|whether|if|is|are|"
    r"do (?:you|we|they|people|I|staff|employees|managers|teams|new|most)|does|can|could|"
    r"will|would)\b)|"
    r", (?=(?:how|what|who|where|when|why|is|are|do|does|can|could|will|would)\b)| [-–—] |[?;:] ).*$",
    re.I | re.S,
)
_AUXILIARY = re.compile(
    r"((?:how|when|where|what|who)(?: (?:often|fast|soon|far|long|much|many))?(?: (?:of |for )?[a-z]+){0,2}?) "
    r"(does|can|could|will|would) (.+)$",
    re.I,
)
# Verbs that are seldom nouns, so that the first of them ends what an auxiliary is about.
_PLAIN_VERBS = word_set(
    "get become happen respond react handle decide choose communicate make keep ensure treat cope differ pick find "
    "hear learn know let settle divide organise organize prepare protect encourage celebrate deal go come take give "
    "bring tell ask hire teach see meet sit stay pay involve include contribute publish consist expect depend follow "
    "allocate assess evaluate recruit assign prioritise prioritize define earn begin belong apply allow do "
    "have provide offer earn exist spend reach overrule permit prefer solve send explain compare win lose sell buy "
    "receive require reimburse recognise recognize publish reward compete operate collaborate communicate "
    "reopen hand introduce listen believe accept reject approve inform invite persuade"
)
# Verbs that are nouns as often: a verb at the end, or where something begins behind them that no noun has there.
_VERBS_OR_NOUNS = word_set(
    "plan work run look use measure share check review test support train help change need cost schedule approach "
    "set balance mean pick cover rate rank split fund track judge start end grow stop"
)
_BEHIND_A_VERB = word_set(
    "the a an your its their his her my our me us it them people staff somebody someone new like out up"
)
_ASKED_FOR = re.compile(r"(?:what|which|how (?:many|much)) (?P<rest>.+)$", re.I)
_AUXILIARIES = word_set("do does did is are was were am have has had can could will would shall should may might must")
# They stand right before the verb, behind an auxiliary: "is still paid".
_ADVERBS = word_set("still also ever always all already again even just often usually really normally actually both")
_LIKE = re.compile(r"(what) (is|are) (.+?) (like(?: (?:for|in|at|on|here|when|during|after|if)\b.*)?)$", re.I)
_WHO_IS = re.compile(r"(who|what|where|how) (is|are) ((?:the|your) (?:[\w'-]+ ?){1,5})$", re.I)
_WHAT_OF_WHAT = re.compile(
    r"(what) (is|are) ((?:the|your) [\w'-]+(?: [\w'-]+){0,2} (?:for|of) "
    r"(?:this|the|an?|your|my|new) [\w'-]+(?: [\w'-]+)?)$",
    re.I,
)
_PASSIVE = re.compile(r"((?:how|where|when|why|by whom|on what basis)(?: \w+)?) (is|are|was|were) (.+)$", re.I)
_PARTICIPLES = word_set(
    "brought chosen made held done run set paid given taken kept met put cut built split spent written drawn known "
    "seen found sent shown told taught led dealt shut won lost left heard bought sold "
    "possible available negotiable compulsory mandatory optional"  # no participles, but they stand where these do
)
# What follows a participle that is the verb: before a noun it would describe that, as in "newly hired nurses".
_BEHIND_VERB = word_set(
    "by in at on to for with without among between across after before during from within into under over of about and "
    "or if when once until up upon out off down back together here there then as so through per against instead around "
    "each every"
)
_BEFORE_NOUN = word_set("the a an your our my their its it any some no each every most more very so too not")
_TAIL = re.compile(r",? (?:lah|leh|lor|eh|innit|mate|pls|plz|thx|thanks|please)$", re.I)  # no part of what is asked
_ALSO_ASKED = re.compile(r",? and (?:do|does|did|is|are|can|could|will|would)\b.*$", re.I | re.S)
_UNSAYABLE = re.compile(r"[\"“”«»<>|\[\]{}#\n:;,.–—]| - |\bplease\b", re.I)
_VERBAL = re.compile(r"(?:ed|ing)$", re.I)


def clause(question: str) -> str | None:
    """The question as a clause: "Who would I report to?" is "who I would report to"; None where rules do not suffice.

    Only what needs no change but the order of words is turned round: "do" goes, other auxiliaries move behind a
    pronoun or to a verb, and "does" gives its ending to the verb where that is surely one. Of several questions the
    first is turned.
    """
    text = _TAIL.sub("", _FURTHER.sub("", _IS.sub(r"\1 is ", question.strip().replace("’", "'"))))
    if led_up := _LED_UP.match(text):
        said = re.sub(r"^if ", "whether ", text[led_up.end() :], flags=re.I)
        return said if 3 <= len(said.split()) <= MAX_WORDS and not _UNSAYABLE.search(said) else None
    if not 3 <= len(text.split()) <= MAX_WORDS or _UNSAYABLE.search(text) or _HOW_FOR_WHAT.match(text):
        return None
    for form, turned in _TURNS:
        if found := form.match(text):
            said = found.expand(turned)
            if _OPINION.search(said):
                return None
            return re.sub(r" (Can|Could|Will|Would|May) ", lambda one: one[0].lower(), said[:1].lower() + said[1:])
    plain = _in_order(text) or _alike(text) or _passive(text) or _active(text) or _whether(text)
    return _first(plain) if plain else None


def _first(said: str) -> str | None:
    """Without a further question behind it: "how it is picked and do staff have a say"."""
    first = _ALSO_ASKED.sub("", said)
    return first if len(first.split()) >= 3 else None


def is_led_up(question: str) -> bool:
    """Whether it asks to be told what is a clause already: "Could you tell me how the rota is made?"."""
    return _LED_UP.match(question.strip().replace("’", "'")) is not None


def _whether(question: str) -> str | None:
    """ "Is there a canteen?" as "whether there is a canteen", and what passive and active forms make of a yes or no."""
    if found := re.match(r"(is|are) there (.+)$", question, re.I):
        return f"whether there {found[1].lower()} {found[2]}"
    if found := re.match(r"is it ((?:possible|usual|common|normal|allowed) to .+)$", question, re.I):
        return f"whether it is {found[1]}"
    if re.match(r"(?:is|are|was|were|does|can|could|will|would) (?!you\b)", question, re.I):
        asked = f"when {question[0].lower()}{question[1:]}"
        if said := _passive(asked) or _active(asked):
            return f"whether {said.removeprefix('when ')}"
    return None


def in_third_person(said: str) -> str:
    """A clause about the one who asks, said of anybody new: "how often I would row", "how often a newcomer would"."""
    own = re.findall(r"\b(?:I|me|my)\b", said)
    if not own or re.search(r"\bI(?:'| (?!would|can|could|will|may\b))", said):
        return said
    said = re.sub(r"\b(?:I|me)\b", "a newcomer", said, count=1) if own[0] != "my" else said
    said = re.sub(r"\bmy\b", "a newcomer's" if own[0] == "my" else "their", said, count=1)
    return re.sub(r"\bmy\b", "their", re.sub(r"\b(?:I|me)\b", "they" if " I " in said else "them", said))


def _in_order(question: str) -> str | None:
    """ "Which courses are paid?", "How many people sit here?": a verb that is about what is asked for stays there."""
    if not (found := _ASKED_FOR.match(question)):
        return None
    words = found["rest"].split()
    if words[0].lower() in _AUXILIARIES | {"if"}:
        return None
    for place, word in enumerate(words[1:], start=1):
        verb = word.lower()
        if verb in _AUXILIARIES:
            passive = verb in ("is", "are", "was", "were") and place + 1 < len(words) and _is_verb(words, place + 1)
            return question[:1].lower() + question[1:] if passive else None
        if verb in _PLAIN_VERBS and _AUXILIARIES.isdisjoint(one.lower() for one in words):
            return question[:1].lower() + question[1:]
    return None


def _alike(question: str) -> str | None:
    """ "What is training like here?" as "what training is like here", "Who are the selectors?" as "who ... are"."""
    if found := _LIKE.match(question):
        said = f"{found[1]} {found[3]} {found[2].lower()} {found[4]}"
    elif found := _WHAT_OF_WHAT.match(question):
        said = f"{found[1]} {found[3]} {found[2].lower()}"
    elif found := _WHO_IS.match(question):
        if any(
            _VERBAL.search(word) or word in _BEHIND_VERB or word.endswith("ly") for word in found[3].lower().split()
        ):
            return None
        said = f"{found[1]} {found[3].strip()} {found[2].lower()}"
    else:
        return None
    return said[:1].lower() + said[1:]


def _active(question: str) -> str | None:
    """ "How does a book get approved?" as "how a book gets approved": the verb takes the ending of "does"."""
    if not (found := _AUXILIARY.match(question)):
        return None
    asked, auxiliary, words = found[1], found[2].lower(), found[3].split()
    if asked.lower() in ("what", "who") and auxiliary != "does" and words[0].lower() in _PLAIN_VERBS:
        return question[:1].lower() + question[1:]  # "What would make you stay?"
    for place in range(1, len(words)):
        verb, before = words[place].lower(), words[place - 1].lower()
        if before in _BEFORE_NOUN | _BEHIND_VERB or before.endswith("ly") or before == "to":
            continue
        behind = words[place + 1].lower() if place + 1 < len(words) else ""
        either = verb in _VERBS_OR_NOUNS and (not behind or behind in _BEHIND_A_VERB)
        if behind in _PLAIN_VERBS:  # "a new hire get"
            continue
        if verb in _PLAIN_VERBS or either:
            if auxiliary == "does" and any(
                one in ("and", "or") and other in _PLAIN_VERBS
                for one, other in zip(words[place + 1 :], words[place + 2 :], strict=False)
            ):
                return None  # the second verb would need the ending too
            words[place] = _of_one(verb) if auxiliary == "does" else verb
            moved = [] if auxiliary == "does" else [auxiliary]
            start = _behind_subject(words, place)
            said = " ".join([asked, *words[:start], *moved, *words[start:]])
            return said[:1].lower() + said[1:]
    return None


def _behind_subject(words: Sequence[str], place: int) -> int:
    """Where the auxiliary goes: before the verb and the adverbs that stand right before it."""
    while place > 1 and words[place - 1].lower() in _ADVERBS:
        place -= 1
    return place


def _of_one(verb: str) -> str:
    """What one of them does: "applies", "pays", "goes"."""
    if verb == "have":
        return "has"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return verb + ("es" if verb.endswith(("s", "o", "ch", "sh")) else "s")


def _passive(question: str) -> str | None:
    """ "How is the rota drawn up?" as "how the rota is drawn up": the auxiliary goes before the first participle."""
    if not (found := _PASSIVE.match(question)):
        return None
    asked, auxiliary, words = found[1], found[2].lower(), found[3].split()
    for place in range(1, len(words)):
        if _is_verb(words, place):
            before = words[place - 1].lower()
            if before in _BEFORE_NOUN | _BEHIND_VERB | {"be", "being", "been"} or before.endswith("ly"):
                return None
            start = _behind_subject(words, place)
            said = " ".join([asked, *words[:start], auxiliary, *words[start:]])
            return said[:1].lower() + said[1:]
    return None


def _is_verb(words: Sequence[str], place: int) -> bool:
    word, after = words[place].lower(), (words[place + 1].lower() if place + 1 < len(words) else "")
    participle = word in _PARTICIPLES or (
        len(word) > 4 and word.endswith("ed") and (word == "agreed" or not word.endswith("eed"))
    )
    return participle and (not after or after in _BEHIND_VERB or after.endswith("ly"))
