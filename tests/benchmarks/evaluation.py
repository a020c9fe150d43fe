"""Many labelled questions in; time and peak memory of `askworthy evaluate aspects --report` out.

usage: evaluation.py [--count 100000]

The corpus' labelled questions are repeated, each time with another number in them and under another id.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from run import ROOT, cost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    arguments = parser.parse_args()
    known = [
        json.loads(line)
        for split in ("train", "dev", "test")
        for line in (ROOT / "corpus" / "questions" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(scratch) / "corpus.jsonl"
        repeated = (_numbered(known[n % len(known)], n) for n in range(arguments.count))
        with corpus.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in repeated)
        tool = [str(Path(sys.executable).parent / "askworthy"), "evaluate", "aspects", str(corpus)]
        print(json.dumps({"questions": arguments.count, **asdict(cost([*tool, "--report", f"{scratch}/report"]))}))


def _numbered(row: dict[str, Any], n: int) -> dict[str, Any]:
    return row | {"id": str(n), "question": f"{row['question'].rstrip('?')} on floor {n}?"}


if __name__ == "__main__":
    main()
