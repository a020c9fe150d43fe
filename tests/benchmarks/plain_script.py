"""The script one would write oneself: encode every paragraph with sentence-transformers (torch, fp32), cosine, top 20.

usage: plain_script.py MODEL QUESTIONS.txt COMPANY [--judge CROSS_ENCODER]
"""

import json
import re
import sys
from pathlib import Path

from sentence_transformers import CrossEncoder, SentenceTransformer, util


def paragraphs(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".md", ".txt", ".html", ".jsonl"}:
            text = re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))
            found += [" ".join(one.split()) for one in re.split(r"\n\s*\n", text) if len(one.split()) >= 3]
    return found


def main() -> None:
    model, questions, company = sys.argv[1:4]
    asked = Path(questions).read_text(encoding="utf-8").splitlines()
    known = paragraphs(Path(company))
    encoder = SentenceTransformer(model)
    hits = util.semantic_search(encoder.encode(asked), encoder.encode(known), top_k=20)
    if "--judge" in sys.argv:
        judge = CrossEncoder(sys.argv[sys.argv.index("--judge") + 1])
        judge.predict([(question, known[hit["corpus_id"]]) for question, row in zip(asked, hits) for hit in row])
    for question, row in zip(asked, hits, strict=True):
        print(json.dumps({"question": question, "best": known[row[0]["corpus_id"]], "cosine": row[0]["score"]}))


if __name__ == "__main__":
    main()
