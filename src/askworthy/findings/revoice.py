"""A quote and its page in; a sentence of the candidate that repeats it, or names its section, and nothing more, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from askworthy.questions.clauses import word_set
from askworthy.records import Evidence
from askworthy.spacy_light import blank_english

if TYPE_CHECKING:
    from spacy.tokens import Span

MAX_QUOTED = 24  # words: more is not said of a page
MAX_READ_OUT = 14  # nor read out from it
MAX_RETOLD = 24
MIN_WORDS = 4
_MIN_WHOLE = 6
_MAX_CHARS = 2_000
_MAX_TITLE = 60

_TO_YOU = {"we": "you", "our": "your", "us": "you", "ours": "yours", "ourselves": "yourselves"}
# A sentence with one of these leans on its neighbours or on who speaks: it is quoted, never retold.
_LEANING = word_set(
    "i me my mine myself you your yours yourself yourselves he she him his her it its they them this these let "
    "those such here there so then also therefore however instead otherwise both either former latter above below "
    "today tomorrow yesterday now currently"
)
# What a sentence may open with, besides "we": whatever follows, the first word can be said in lower case.
_OPENERS = word_set(
    "our the a an each every everyone everybody all most some many staff employees new people managers teams leads "
    "engineers developers colleagues parents nurses members candidates applicants contractors interns"
)
_PERSONS = _OPENERS - word_set("our the a an new")  # "their" later in the sentence is theirs
_FINITE = word_set(
    "is are was were has have had will can may must do does did isn't aren't don't doesn't can't won't get gets "
    "take takes pay pays meet meets work works start starts hold holds receive receives earn earns give gives "
    "choose chooses decide decides join joins learn learns spend spends use uses run runs own owns write writes "
    "report reports share shares offer offers cover covers include includes carry carries make makes keep keeps"
)
_STATES = word_set("will is are was were has have had isn't aren't own owns include includes cover covers earn earns")
_PAST_STATES = word_set("dates costs cost consists counts comes stands stood lies employs employ")
_TOLD = word_set(
    "sit sits read reads say says answer answers ask asks look looks go goes tell tells bring brings "
    "give gives see sees lasts costs ends begins allow allows "
    "need needs want wants help helps provide provides support supports ran went"
)
_POINTING = word_set("those these such same above below")
_ADVERBS = word_set("all always never only do don't usually often still generally normally")
_NO_VERB = word_set("and or of in at on for to with from by the a an as who , - – —")
# A sentence that opens with one of these says little without the one before it.
_HANGING = word_set(
    "it its they them their this that these those he she his her such then there here and but or so also instead "
    "otherwise both either neither nor which who after afterwards gone same yes no"
)
_THOSE_BEFORE = word_set("them they it him her")
_RELATIVE = word_set("who which that whose where when whether if because while after before")
_MARKS = re.compile(r"[\"“”«»:;|/\[\]{}<>*_#`\n…]")
_DENIALS = re.compile(r"\b(?:no|not|cannot|yet)\b|n['’]t\b", re.I)
_PENDING = re.compile(
    r"\b(?:under (?:study|negotiation|review|discussion|consideration)|being (?:considered|discussed|planned|tried)"
    r"|(?:is|are) (?:planned|proposed|considering|planning|piloting)|(?:plan|hope|intend)s? to|work plan|trial run)\b",
    re.I,
)
# "Folk ask who picks the plays." tells nothing yet.
_ASKED = re.compile(
    r"\b(?:asks?|asked|wonders?)\b(?: [\w']+){0,2} (?:who|what|which|when|where|why|how|if|whether)\b", re.I
)
_LABELLED = re.compile(r"[\w' ,/()-]{3,40}: \S")  # "Courses and books: within the team's budget"


def acknowledge(evidence: Evidence, sentence: str) -> str | None:
    """Say in one sentence what was read: one of `sayable(evidence.quote)`.

    It is retold ("I read that you ...") only where swapping "we" for "you" cannot change it; otherwise it is quoted as
    it stands, with its page. None where it is too long to be read out.
    """
    if told := retell(sentence):
        return f"I read that {told}."
    said = _flat(sentence)
    if len(said.split()) > MAX_READ_OUT:
        return None
    return f"On {page_of(evidence)}, I read: “{said}”{'' if said.endswith(('.', '!', '…')) else '.'}"


def acknowledge_section(evidence: Evidence, heading: str) -> str | None:
    """Say in one sentence which section was read, or which page if that is its heading; None if it cannot be said."""
    title, section = (_name(_unnumbered(one or "")) for one in (evidence.title, heading))
    if not section or not title:
        return None
    page = f"your page “{title}”"
    return f"I have read {page}." if section == title else f"I have read the section “{section}” on {page}."


def sayable(quote: str) -> list[str]:
    """The sentences and fragments of a quote that can be said aloud and understood by themselves.

    A sentence that is too long is cut where a semicolon ends a whole statement, and says with an ellipsis that it is.
    """
    found = []
    for one in _sentences(quote):
        if _can_be_quoted(one):
            found.append(_flat(one.text))
        elif (first := _before_semicolon(one)) is not None and _can_be_quoted(first):
            found.append(f"{_flat(first.text)} …")
    return found


def denies(sentence: str) -> bool:
    """Whether a sentence says that something is not so, which nobody can be asked to tell more of."""
    return bool(_DENIALS.search(sentence))


def is_pending(sentence: str) -> bool:
    """Whether a sentence tells of something that is only planned, tried out or debated."""
    return bool(_PENDING.search(sentence))


def is_whole(sentence: str) -> bool:
    """Whether a sentence has a verb that we know, and enough words to say something without its neighbours."""
    words = [token.lower_ for token in blank_english()(sentence[:_MAX_CHARS]) if token.is_alpha]
    if _ASKED.search(sentence) or not _THOSE_BEFORE.isdisjoint(words[1:3]):  # "Ask them to write the first test."
        return False
    return len(words) >= _MIN_WHOLE and not (_FINITE | _TOLD).isdisjoint(words) and _POINTING.isdisjoint(words)


def is_state(sentence: str) -> bool:
    """Whether a sentence tells what is so ("Tea is free."); only a verb known to tell what people do says otherwise."""
    words = [token.lower_ for token in blank_english()(sentence[:_MAX_CHARS])]
    verb = next((word for word in words if word in _FINITE | _PAST_STATES | _RELATIVE), "is")
    return bool(_LABELLED.match(sentence)) or verb in _STATES | _PAST_STATES | _RELATIVE


def retell(sentence: str) -> str | None:
    """Turn "We train our own leads." into "you train your own leads"; None where that is not safe."""
    doc = blank_english()(sentence.strip()[:_MAX_CHARS].replace("’", "'"))
    tokens = [token for token in doc if not token.is_space]
    if not tokens or tokens[-1].text != "." or _MARKS.search(doc.text[:-1]):
        return None
    words = [token.lower_ for token in tokens[:-1]]
    if not MIN_WORDS <= len(words) <= MAX_RETOLD or not _LEANING.isdisjoint(words):
        return None
    if words[-1] == "that" or ("their" in words and words[0] not in _PERSONS):
        return None
    # "US" and "Our World" are names, and a second sentence inside this one would be claimed too.
    if any(token.lower_ in _TO_YOU and not token.is_lower for token in tokens[1:]):
        return None
    if any(token.text in (".", "!", "?") for token in tokens[:-1]) or not _states(words):
        return None
    said = [_TO_YOU.get(word, token.text) for word, token in zip(words, tokens, strict=False)]
    said[0] = _TO_YOU.get(words[0], words[0])
    return "".join(text + token.whitespace_ for text, token in zip(said, tokens, strict=False)).strip()


def _states(words: Sequence[str]) -> bool:
    """Whether the words are surely a whole statement: its subject first, and a verb we know behind it."""
    if words[0] == "we":
        after = next((word for word in words[1:] if word not in _ADVERBS), ",")
        return after not in _NO_VERB
    if words[0] not in _OPENERS:
        return False
    end = next((at for at, word in enumerate(words) if word in _RELATIVE), len(words))
    return not _FINITE.isdisjoint(words[1:end])


def _sentences(text: str) -> Iterator[Span]:
    for line in text[:_MAX_CHARS].splitlines():
        yield from blank_english()(line.strip()).sents


def _before_semicolon(sentence: Span) -> Span | None:
    at = next((place for place, token in enumerate(sentence) if token.text == ";"), 0)
    whole = at and not _FINITE.isdisjoint(token.lower_ for token in sentence[:at])
    return sentence[:at] if whole else None


def _can_be_quoted(sentence: Span) -> bool:
    text = sentence.text.strip()
    words = [token for token in sentence if token.is_alpha]
    return (
        MIN_WORDS <= len(words) <= MAX_QUOTED
        and text[:1].isupper()
        and text[-1:] not in "?:,;"
        and text.count("(") == text.count(")")
        and words[0].lower_ not in _HANGING
        and {"i", "my", "me"}.isdisjoint(word.lower_ for word in words)
        and _says_something(text, [token.lower_.replace("’", "'") for token in sentence])
        and not re.search(r"[\"“”«»|\[\]{}<>*#`→]|: .*: |https?:|^(?:see|click|read more)\b|: see\b", text, re.I)
    )


def _says_something(text: str, words: Sequence[str]) -> bool:
    """A whole sentence, or an entry under a label, but no bare title of a job, a book or a section."""
    return text.endswith((".", "!")) or bool(_LABELLED.match(text)) or not _FINITE.isdisjoint(words)


def page_of(evidence: Evidence) -> str:
    """The page, as it is named to those who published it."""
    title = _name(evidence.title)
    return f"your page “{title}”" if title else "your website"


def has_name(page: str) -> bool:
    """Whether a page, as `page_of` names it, has a title of its own, and is not just "your website"."""
    return "“" in page


def _name(title: str | None) -> str | None:
    """A title or heading as it can be said, without the site's name behind it; none that is a question."""
    name = re.sub(r"^\W+", "", _flat((title or "").split(" | ")[0])).rstrip(" .:")
    return name if name and len(name) <= _MAX_TITLE and not re.search(r"[\"“”<>\[\]{}`*#?]", name) else None


def _unnumbered(heading: str) -> str:
    """A heading without its number: "3.1 Deciding" is "Deciding"."""
    return re.sub(r"^\W*(?:\d+(?:\.\d+)+[.:)]?|\d+[.:)])\s+(?=\D)", "", heading)


def _flat(text: str) -> str:
    return " ".join(text.split())
