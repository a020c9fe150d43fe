"""Employers, each with its own question list, in; a sample of follow-ups with their evidence, for people to judge, out.

usage: python tests/quality/follow_ups_sample.py SAMPLE.jsonl [SEED]
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


def main(target: str, seed: str = "7") -> None:
    """Draw follow-ups for the demo company and ten employers of the dev and test splits."""
    dice, models = random.Random(int(seed)), Models.load()
    lists = {CORPUS / "demo" / "company": list(read_questions([CORPUS / "demo" / "questions.md"]))}
    judged = sorted([*(CORPUS / "employers" / "dev").glob("*.jsonl"), *(CORPUS / "employers" / "test").glob("*.jsonl")])
    for file in dice.sample(judged, EMPLOYERS):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        some = dice.sample(rows, min(ASKED, len(rows)))
        lists[CORPUS / "employers" / "companies" / file.stem] = [Question(row["question"]) for row in some]
    drawn = []
    for company, asked in lists.items():
        for one in check(asked, company, models=models, follow_ups=True, cache=False).findings:
            quotes = [[each.title, each.quote] for each in one.proof]
            base = {"company": company.name, "question": one.question.text, "verdict": one.verdict}
            drawn += [{**base, "evidence": quotes, "follow_up": text} for text in one.follow_ups]
    dice.shuffle(drawn)
    Path(target).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in drawn[:SIZE]), "utf-8")
    print(f"{min(SIZE, len(drawn))} of {len(drawn)} follow-ups")


if __name__ == "__main__":
    main(*sys.argv[1:])
