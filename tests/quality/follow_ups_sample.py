"""Employers, each with its own question list, in; a sample of follow-ups with their evidence, for people to judge, out.

usage: python tests/quality/follow_ups_sample.py SAMPLE.jsonl [SEED] [CORPUS...]

CORPUS is a further folder of <company>.jsonl, the text in ../companies/<company>/, as `evaluate published` takes it.
A reader judges each row: is the follow-up grammatical; does it dig deeper than the question, with no answer in the
text; does it state anything that the quote does not.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from askworthy import Question
from askworthy.check import Models, check
from askworthy.questions.reading import read_questions

SIZE = 200
EMPLOYERS = 10
ASKED = 30  # questions of each employer's list
CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def main(target: str, seed: str = "7", *corpora: str) -> None:
    """Draw follow-ups for the demo company, ten employers of the dev and test splits, and all of further corpora."""
    dice, models = random.Random(int(seed)), Models.load()
    lists = {CORPUS / "demo" / "company": list(read_questions([CORPUS / "demo" / "questions.md"]))}
    judged = sorted([*(CORPUS / "employers" / "dev").glob("*.jsonl"), *(CORPUS / "employers" / "test").glob("*.jsonl")])
    for file in [
        *dice.sample(judged, EMPLOYERS),
        *(one for each in corpora for one in sorted(Path(each).glob("*.jsonl"))),
    ]:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        some = dice.sample(rows, min(ASKED, len(rows)))
        lists[file.parents[1] / "companies" / file.stem] = [Question(row["question"]) for row in some]
    drawn = []
    for company, asked in lists.items():
        for one in check(asked, company, models=models, follow_ups=True, cache=False).findings:
            quotes = [{"title": each.title, "heading": each.heading, "quote": each.quote} for each in one.proof]
            base = {"company": company.name, "question": one.question.text, "verdict": one.verdict, "quote": quotes}
            drawn += [{**base, "follow_up": text} for text in one.follow_ups]
    dice.shuffle(drawn)
    rows = [{"id": f"f{place}", **row} for place, row in enumerate(drawn[:SIZE], start=1)]
    Path(target).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    print(f"{len(rows)} of {len(drawn)} follow-ups")


if __name__ == "__main__":
    main(*sys.argv[1:])
