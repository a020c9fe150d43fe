"""Many questions in; the throughput of `askworthy aspects` beside encode-and-predict with sentence-transformers out.

usage: aspects.py [--count 100000] [--threads N] [--json FILE]

Both are whole processes on the same threads and questions, in the same run: the corpus' questions, made distinct by a
running number. The script encodes with the upstream encoder's six layers, askworthy with the three taught by them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from run import ROOT, cost

PEER = """
import sys
import torch
from pathlib import Path
from sentence_transformers import SentenceTransformer
from sklearn.linear_model import LogisticRegression

torch.set_num_threads(int(sys.argv[3]))
texts = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
vectors = SentenceTransformer(sys.argv[1]).encode(texts, batch_size=32)
model = LogisticRegression(max_iter=50).fit(vectors[:200], [n % 13 for n in range(200)])
print(*model.predict(vectors), sep="\\n")
"""


def main() -> None:
    from askworthy.training.encoder import upstream_folder

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path, help="file for the figures")
    arguments = parser.parse_args()
    known = [
        json.loads(line)["question"]
        for split in ("train", "dev", "test")
        for line in (ROOT / "corpus" / "questions" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found: dict[str, object] = {"questions": arguments.count, "threads": arguments.threads}
    with tempfile.TemporaryDirectory() as scratch:
        lists = {}
        for count in (arguments.count // 4, arguments.count):
            lists[count] = Path(scratch) / f"{count}.txt"
            rows = (f"{known[n % len(known)]} ({n // len(known)})" for n in range(count))
            lists[count].write_text("\n".join(rows) + "\n", encoding="utf-8")
        threads = str(arguments.threads)
        tool = [str(Path(sys.executable).parent / "askworthy"), "aspects", "-f", "jsonl", "--threads", threads]
        peer = cost([sys.executable, "-c", PEER, str(upstream_folder()), str(lists[arguments.count]), threads])
        ours = cost([*tool, str(lists[arguments.count])])
        fewer = cost([*tool, str(lists[arguments.count // 4])])
        found |= {
            "script": peer.__dict__,
            "askworthy": ours.__dict__,
            "times as fast": round(peer.seconds / ours.seconds, 2),
            "memory at the whole list / at a quarter": round(ours.peak_mb / fewer.peak_mb, 3),
        }
    print(json.dumps(found, indent=1))
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
