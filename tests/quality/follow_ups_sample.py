"""Companies and a question list in; a sample of follow-ups with their evidence, for people to judge, out.

python tests/quality/follow_ups_sample.py QUESTIONS SAMPLE.jsonl COMPANY...
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from askworthy.check import Models, check
from askworthy.questions.reading import read_questions

SIZE = 200
SEED = 7


def main(questions: str, target: str, *companies: str) -> None:
    models = Models.load()
    asked = list(read_questions([Path(questions)]))
    rows = []
    for company in companies:
        for one in check(asked, company, models=models, follow_ups=True, cache=False).findings:
            quotes = [[each.title, each.quote] for each in one.proof]
            base = {"company": Path(company).name, "question": one.question.text, "verdict": one.verdict}
            rows += [{**base, "evidence": quotes, "follow_up": text} for text in one.follow_ups]
    random.Random(SEED).shuffle(rows)
    Path(target).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows[:SIZE]), "utf-8")
    print(f"{min(SIZE, len(rows))} of {len(rows)} follow-ups")


if __name__ == "__main__":
    main(*sys.argv[1:])
