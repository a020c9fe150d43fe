"""Short patterns as strings in; spaCy's Matcher over them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.matcher import Matcher

# A word of a pattern is one token: "a|b" either, "a?" perhaps, "!a|b" any but these, "*" perhaps any one word.
INFORMED = (
    "i|we also|just|recently|really|already? noticed|saw|read|understood|heard|learned|learnt|gathered|gather|spotted"
    "|discovered|realised|realized|recognised|recognized|counted",
    "i|we also|already? know|understand|see|found|find you|your|that|the|this|there|from",
    "i|we 've|have|had also|just|recently|already? read|noticed|heard|learned|learnt|gathered|spotted|understood",
    "i|we 've|have|had|'m|am|was also|just|recently|already|been? seen|found|aware|reading|looking"
    " you|your|that|of|at|on",
    "i|we looked|came|listened|went across|at|through|to|over|you|your|up|the",
    "i|we watched|enjoyed|loved|liked|tried|visited|used|followed|met|bought|downloaded|admire your|the|an|one|you",
    "from|by what i 've|have? read|seen|see|saw|heard|hear|understand|know|gather|learned",
    "according to your|the|a|an|this|that",
    "based on your|the",
    "your|the *? *? advert|ad|advertisement|posting|post|listing|vacancy|notice|website|site|page|pages|blog|handbook"
    "|report|release|article|prospectus|brochure|pack|profile|description|paper|press|statement|review|reviews|interview"
    "|careers|policy|strategy|survey also? says|say|said|mentions|mention|mentioned|states|state|describes|described"
    "|notes|promises|lists|gives|calls|shows|speaks|spoke|talks|claims|asks|reads|wrote|refers|puts|names|quotes",
    "your|the !you|i|we *? says|mentions|states|promises|emphasises|emphasizes|highlights|claims that|:",
    "on|in|from your|the *? website|site|page|pages|blog|handbook|posting|advert|ad|listing|report|linkedin|glassdoor"
    "|vacancy|prospectus|brochure ,? you|it|there|i",
    "on|in linkedin|glassdoor|indeed|youtube ,? you|it|there|i",
    "you mention|mentioned|wrote|stated|advertise|advertised|announced|blogged|said|say|write",
    "as you mentioned|wrote|said|described|state|say",
    "given that|your",
    "since your|you main|recently|just|'ve|have|are|opened|launched|acquired|moved|recent|new|last",
    "your recent|latest|last|new|newest blog|post|article|report|press|announcement|talk|launch|acquisition|funding"
    "|podcast|interview|merger|series",
)
OPINION = (
    # what holds, brought or moves the person across the table
    "keeps|kept|keep you !from|on|in",
    "what brought|drew|attracted|convinced|inspired|motivated|persuaded|led|tempted|pulled you",
    "made you personally? join|come|stay|accept|apply|proud|happy",
    "made you want|choose|decide to join|come|stay|work|become|teach|nurse|leave",
    "makes you proud|happy|stay|smile|want|feel|laugh|come",
    "excites|excited|motivates|drives|energises|energizes|worries|frustrates|frustrated|annoys|bothers|scares"
    "|surprises|surprised|challenges|challenged|delights|inspires|interests|fulfils|fulfills|concerns you",
    "surprised|surprising|frustrating|rewarding|fulfilling|hardest|enjoyable|satisfying|proud|stressful for|to|you you?"
    " !provide",
    "you most|least|personally|yourself|really|still enjoy|like|love|value|proud|find|miss|excited|learn|learned",
    "do|did|does|have you personally|yourself|really|still|also|ever|most? enjoy|like|dislike|love|hate|miss"
    "|regret|admire|appreciate|enjoyed|liked|regretted|loved",
    "do|did|would you personally|really|still|honestly|ever? think|feel|believe|wish|worry|fear|suppose|reckon"
    "|sense|wonder",
    "you personally",
    "personally|honestly , what|how|do|why|would",
    # a view asked for by name
    "in|from your own|personal|honest? opinion|view|experience|perspective|eyes|words|judgment|judgement",
    "from where you sit|stand",
    "from your point of view",
    "would you say|change|recommend|advise|describe|improve|rate|characterise|characterize|join|fix",
    "you would|'d change|improve|recommend|fix|love",
    "would|'d you like to change|see|be changed|different|better",
    "you could|can change|fix|improve|wave",
    "you wish|wished|had known",
    "do you see yourself|this|it|the",
    "mean|means|meant|matter|matters|important|like|look to|for you",
    "to you personally",
    "your own|personal favourite|favorite|experience|view|opinion|career|job|work|path|story|role|day|time|advice"
    "|journey",
    "your favourite|favorite|proudest|happiest|opinion|opinions|view|views|perspective|perspectives|take|advice|tenure"
    "|impression|impressions|honest|gut|story|pet|least",
    "your personal|professional? background|journey|path|trajectory !check|checks|screening|map",
    "your own|personal|work|working? experience !level|levels|requirement|requirements|team",
    "your career !page|pages|site|website|ladder|ladders|framework|frameworks|fair|portal|path|paths|levels|level"
    "|development|progression|structure|coaching|track|tracks|coach|coaches",
    "your career path|progression|development look|been|to|so|here",
    "your role|job|work|position|title here|like|involve|look|at|in|and|day|before",
    "'s|is|was|about your role|job|work|position|title ?",
    "your time|years here|at|with",
    "your first|last|own|typical|average|usual|worst|best|toughest|hardest day|week|month|year|impression|impressions"
    "|weeks|months|days|memory|moment|shift",
    "does|do your day|days|week|work|workday|shift look|feel|start",
    # a life in this job
    "how|why|when|what did you personally? become|join|end|start|leave|come",
    "how|why|when did you get|move|land|grow here|in|into|to|on|hired|promoted|started",
    "how|why|when did you decide|choose|learn to|this|here|about",
    "how long have|'ve you personally|yourself? been|worked|managed|led|lived|run",
    "have|'ve you personally|yourself|ever|always? been|worked|taught|nursed|lived here|at|with|in|on",
    "have|had|'ve you personally|yourself|ever|really? enjoyed|learned|learnt|grown|experienced|felt|noticed|stayed"
    "|struggled|regretted|considered|thought|seen|found|struggled|wanted|wished|witnessed",
    "did you personally|yourself|expect|hope|struggle|experience|enjoy|learn|learnt|feel",
    "are|were|'re you most|personally|really|still|so|particularly? proud|proudest|excited|happy|happiest|glad"
    "|satisfied|worried|optimistic|confident|passionate|nervous|surprised|hopeful|frustrated|concerned",
    "you most|least|particularly|personally|really? proud|proudest|happiest|excited",
    "it been|was like for you",
    "did|has it|that feel|felt",
    "how do|did|would you feel|unwind !with|the|a|rid",
    "keeps|wakes|gets you up|awake|out|going|coming",
    "gets you excited|up|out|going",
    "have you stayed|remained",
    "how did you get your start|job|role|position|foot",
    "why do|have you personally|yourself? stay|stayed|work",
    "you ( the|as|personally|yourself",
    "your biggest|own|main complaint|worry|regret|fear|frustration|gripe|concern|dislike|joy|lesson",
    "your idea|definition of",
    "the last|first time you|your",
    "time|times when|that? you !'re|are|offer|provide|pay|will|can|do|have|allow",
    "has|have your role|job|work|view|career|time changed|evolved|been|grown",
    "project|projects that|which? you 've|have worked",
    "you are|'re proud|proudest|happiest|excited",
    "you have|'ve not|never? experienced|enjoyed|learned|learnt",
    "are you looking forward",
    "describe you",
    "hours|days|evenings|weekends|nights|shifts did you",
    "advice would|do|can you",
    "do you find most|it|that|the|yourself|hardest|this|your|working",
    "find yourself",
)
REQUEST = (
    "please? also? tell|give|show me|us",
    "please? also? tell|talk|walk|take|guide|lead|run|fill me|us",
    "please? also? describe|explain|share|outline|elaborate|name|clarify|list|summarise|summarize|talk",
    "i|we would|'d|'ll really|also|just? like|love|appreciate|want|be",
    "i|we really|also|just? want|wanted|need|wish|hope to",
    "i|we 'm|am|are|was|were really|also|just|very? interested|keen|eager|hoping|looking",
    "give|name|share|offer|describe|list a|an|one|some|two|three|the|your",
    "help me|us understand|see|picture",
    "let me know|ask",
)
WRAPPER = (
    "could|can|would|will|might you please|perhaps|maybe|also|possibly? please? tell|describe|explain|share|walk"
    "|talk|show|give|outline|elaborate|clarify|say|speak|expand|name|help|comment|discuss|list|summarise|summarize|let|provide|paint",
    "do|would you mind telling|explaining|describing|sharing|saying|if",
    "would you be able|willing|happy|comfortable|open to? tell|describe|explain|share|talk|telling|sharing|talking"
    "|describing|explaining|walk",
    "do|would you happen? to? know|remember|recall|see|think|say",
    "may|can|could|might i|we please|also|just? ask|know|hear|learn|inquire|enquire",
    "i|we was|were|am|'m|been also|just|still|really|quite|very|always? wondering|curious|unsure|interested|asking",
    "i|we 've|have|had also|just|still|always|often? wondered|been",
    "i|we also|just|often|do|did? wonder|wondered|ask",
    "is|was it possible|ok|okay|fair|clear to|: tell|say|know|ask|me|you",
    "any idea",
)


@cache
def phrase_matcher() -> Matcher:
    """The matcher for the shared blank pipeline; its match ids name the tables above."""
    from spacy.matcher import Matcher

    from askworthy.spacy_light import blank_english

    matcher = Matcher(blank_english().vocab)
    tables: Mapping[str, Iterable[str]] = {
        "INFORMED": INFORMED,
        "OPINION": OPINION,
        "REQUEST": REQUEST,
        "WRAPPER": WRAPPER,
    }
    for name, patterns in tables.items():
        matcher.add(name, [_pattern(one) for one in patterns])
    return matcher


def _pattern(words: str) -> list[dict[str, Any]]:
    return [_token(word) for word in words.split()]


def _token(word: str) -> dict[str, Any]:
    if word == "*":
        return {}
    if word == "*?":
        return {"IS_PUNCT": False, "OP": "?"}
    if word.startswith("!"):
        return {"LOWER": {"NOT_IN": word[1:].split("|")}}
    if word.endswith("?") and not word.endswith("|?") and len(word) > 1:
        return {"LOWER": {"IN": word[:-1].split("|")}, "OP": "?"}
    return {"LOWER": {"IN": word.split("|")}}
