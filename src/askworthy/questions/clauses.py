"""The lower-cased words of a sentence in; where a question opens in it out."""

from __future__ import annotations

from collections.abc import Sequence


def word_set(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


WH = word_set("what who whom whose which how why when where")
# A clause that starts with one of them may only set the scene: "When someone joins, who helps?"
_SCENE = word_set("when where while if as since once after before because although though unless")
_BASE = word_set("do have had")
_AUXILIARIES = _BASE | word_set(
    "is are was were am does did has can could will would shall should may might must 's 're 'd 'll ca wo ai"
)
# After "do" and "have", which are whole verbs too ("and do the paperwork"), only a clear subject counts.
_CLEAR_SUBJECTS = word_set(
    "you we i they he she it there anyone anybody everyone everybody someone somebody people employees staff"
    " colleagues workers managers engineers developers nurses teachers teams members most both not n't juniors seniors"
    " interns contractors leaders customers clients patients students drivers crews"
)
_SUBJECTS = _CLEAR_SUBJECTS | word_set(
    "this that these those the a an my your our his her its their any anything everything something new each all some"
    " one overtime training travel parking pay remote equipment tuition relocation housing work leave part-time"
    " progress performance feedback promotion shift"
)
_HEDGES = word_set("roughly about approximately exactly ideally normally usually typically generally")
_OWNERS = word_set("your our the")
PREPOSITIONS = word_set("at in on for to from with by of about under through until since against over")
CONNECTORS = word_set(
    "and or but so also then well , ; : - – — finally lastly firstly secondly first next ok okay hi hello"
)
_POLARS = word_set("so not yes no")
_BEHIND_POLARS = _AUXILIARIES | WH | {",", "?", ";"}


def asks_wh(words: Sequence[str], at: int) -> bool:
    """Whether a wh-question opens at this word, perhaps behind a preposition: "at what point ..."."""
    at += _at(words, at) in _HEDGES or (_at(words, at), _at(words, at + 1)) == ("up", "to")
    word, following = _at(words, at), _at(words, at + 1)
    if word in PREPOSITIONS:
        return following in WH
    if word in _SCENE:
        return word in WH and (following in _AUXILIARIES or following in PREPOSITIONS or len(words) - at <= 2)
    return word in WH


def asks_yes_no(words: Sequence[str], at: int) -> bool:
    """Whether a yes/no question opens at this word: an auxiliary, then a subject."""
    word, following = _at(words, at), _at(words, at + 1)
    if word not in _AUXILIARIES or word.startswith("'"):
        return False
    if following in ("not", "n't") and not _at(words, at + 2).isalpha():
        return False  # "... you wanted to ask but did not?"
    if word in _BASE and following in _OWNERS:
        return _is_plural(_at(words, at + 2))  # "do your drivers ...?", but not "and do your job"
    if word in _BASE:
        return following in _CLEAR_SUBJECTS
    return following in _SUBJECTS or _is_plural(following)


def follows_on(words: Sequence[str], at: int) -> bool:
    """Whether "if so", "if not" and the like stand here."""
    return _at(words, at) == "if" and _at(words, at + 1) in _POLARS and _at(words, at + 2) in _BEHIND_POLARS


def starts_with_auxiliary(words: Sequence[str], at: int) -> bool:
    """Whether an auxiliary stands first, where any subject may follow: "Is training paid?"."""
    word = _at(words, at)
    return word in _AUXILIARIES and not word.startswith("'")


def has_auxiliary(words: Sequence[str]) -> bool:
    """Whether any word is an auxiliary: a sign that the clause is whole."""
    return any(word in _AUXILIARIES for word in words)


def skip_connectors(words: Sequence[str], at: int = 0) -> int:
    """The first word that is no "and", "so", "finally" or the like, nor an "if so"."""
    while at < len(words):
        if words[at] in CONNECTORS or not any(character.isalnum() for character in words[at]):
            at += 1
        elif follows_on(words, at):
            at += 2
        else:
            break
    return at


def breaks(words: Sequence[str]) -> list[int]:
    """Where a further question opens: the place of the "and", "or", semicolon or comma before it."""
    found: list[int] = []
    commas: list[int] = []  # "How big is it, how old is it, and who runs it?": they count before an "and" that does
    begin = 0
    for at in range(1, len(words) - 1):
        if words[at] in ("and", "or", "but", ";") and _opens(words, begin, commas, at):
            found += [*commas, at]
            begin, commas = at + 1, []
        elif words[at] == "," and follows_on(words, at + 1):
            found.append(at)
            begin = at + 1
        elif words[at] == "," and _asks_outright(words, begin) and _asks(words, at + 1):
            commas.append(at)
    return found


def _opens(words: Sequence[str], begin: int, commas: Sequence[int], at: int) -> bool:
    after, left = at + 1, words[commas[-1] + 1 if commas else begin : at]
    if follows_on(words, after):
        return True
    if words[at] == ";":
        return _asks_outright(words, after)
    if not (len(left) >= 4 or (len(left) >= 2 and (commas or has_auxiliary(left)))):
        return False  # "How often and for how long do you travel?" is one question
    if asks_yes_no(words, after) or (left[-1] == "," and _asks_of_anything(words, after)):
        return True
    if not asks_wh(words, after):
        return False
    if _at(words, after + 1) in _AUXILIARIES or _at(words, after + 1) in ("often", "long", "many", "much"):
        return True
    # "How do you decide what is built and who builds it?" has its second wh-word inside already.
    opener = skip_connectors(left)
    return not (asks_wh(left, opener) and sum(word in WH for word in left[opener:]) > 1)


def _asks(words: Sequence[str], at: int) -> bool:
    return asks_wh(words, at) or asks_yes_no(words, at)


def _asks_outright(words: Sequence[str], at: int) -> bool:
    """Whether a main question opens here, not one inside a sentence."""
    if _at(words, at) in ("who", "what", "which") and _at(words, at + 1).isalpha():
        return True  # they may be the subject: "Who bakes?"
    return asks_yes_no(words, at) or (asks_wh(words, at) and has_auxiliary(words[at + 1 : at + 6]))


def _asks_of_anything(words: Sequence[str], at: int) -> bool:
    """Whether an auxiliary and what may be any subject stand here: ", and is business insurance covered?"."""
    word, following = _at(words, at), _at(words, at + 1)
    if word in _BASE:
        return following in ("many", "some", "all", "any", "other", "new", "such", "the")
    no_subject = following in ("not", "also", "still", "now", "then", "able", "to", "be", "there's")
    return starts_with_auxiliary(words, at) and following.isalpha() and not no_subject


def _is_plural(word: str) -> bool:
    return word.isalpha() and word.endswith("s") and not word.endswith("ss")


def _at(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""
