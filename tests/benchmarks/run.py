"""Companies in; askworthy beside the script one would write oneself, as ratios of time and memory, out.

usage: run.py [--company FOLDER ...] [--repeat N] [--json FILE]

Whole processes are measured, from start to exit, with nothing else running: wall time (the best of N) and peak
memory. The peer is tests/benchmarks/plain_script.py on the same machine, in the same run, turn by turn: once with the
encoder's upstream weights alone, and once with the same judge over what it finds, in torch. Against the latter,
askworthy has its index but no judgement kept.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
QUESTIONS = ROOT / "corpus" / "questions" / "test.jsonl"


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    seconds: float
    peak_mb: float


def cost(command: list[str]) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(
            f"{' '.join(command)} failed: {process.stderr.read().decode()[-500:] if process.stderr else ''}"
        )
    return Cost(round(seconds, 3), round(usage.ru_maxrss / 1024, 1))


def best(command: list[str], repeat: int) -> Cost:
    runs = [cost(command) for _ in range(repeat)]
    return Cost(min(one.seconds for one in runs), max(one.peak_mb for one in runs))


def measure(company: Path, count: int, repeat: int, scratch: Path, judge: Path) -> dict[str, object]:
    from askworthy.training.encoder import upstream_folder

    asked = scratch / f"{count}.txt"
    rows = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    asked.write_text("\n".join(rows[:count]) + "\n", encoding="utf-8")
    here = scratch / company.name
    script = [sys.executable, str(HERE / "plain_script.py"), str(upstream_folder()), str(asked), str(here)]
    ours = [str(Path(sys.executable).parent / "askworthy"), "check", str(asked), "--company", str(here), "-f", "jsonl"]
    first, peer = [], []
    for _ in range(repeat):  # turn by turn, so that a busy minute falls on both
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(company, here, ignore=shutil.ignore_patterns(".askworthy"))
        peer.append(cost(script))
        first.append(cost(ours))
    cached = best(ours, repeat)
    judged_peer, judged = [], []
    for _ in range(repeat):
        for kept in (here / ".askworthy").glob("judged-*"):
            kept.unlink()
        judged_peer.append(cost([*script, "--judge", str(judge)]))
        judged.append(cost(ours))
    costs = {
        "script": min(peer, key=lambda one: one.seconds),
        "first run": min(first, key=lambda one: one.seconds),
        "cached": cached,
        "judging script": min(judged_peer, key=lambda one: one.seconds),
        "judging": min(judged, key=lambda one: one.seconds),
    }
    return {
        "company": company.name,
        "questions": count,
        "costs": {name: asdict(one) for name, one in costs.items()},
        "first / script": round(costs["first run"].seconds / costs["script"].seconds, 3),
        "cached / script": round(costs["cached"].seconds / costs["script"].seconds, 3),
        "memory / script": round(max(costs["first run"].peak_mb, costs["cached"].peak_mb) / costs["script"].peak_mb, 3),
        "judging / judging script": round(costs["judging"].seconds / costs["judging script"].seconds, 3),
        "memory, judging / judging script": round(costs["judging"].peak_mb / costs["judging script"].peak_mb, 3),
    }


def start_up(repeat: int) -> dict[str, float]:
    peer = best([sys.executable, "-c", "import sentence_transformers"], repeat).seconds
    tool = str(Path(sys.executable).parent / "askworthy")
    return {flag: round(best([tool, flag], repeat).seconds / peer, 3) for flag in ("--help", "--version")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--company", type=Path, action="append", default=[], help="folders beside the demo company")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path, help="file for the figures")
    arguments = parser.parse_args()
    found: dict[str, object] = {"start-up / import sentence_transformers": start_up(arguments.repeat)}
    print(json.dumps(found))
    runs = []
    with tempfile.TemporaryDirectory() as scratch:
        judge = Path(scratch) / "judge"
        # In a process of its own: the peak of a child counts what its parent held when it was started.
        restore = [sys.executable, "-m", "askworthy.training.restore", str(ROOT / "models" / "answerability")]
        subprocess.run([*restore, str(judge)], check=True, capture_output=True)
        for company in [ROOT / "corpus" / "demo" / "company", *arguments.company]:
            for count in (20, 200):
                runs.append(measure(company, count, arguments.repeat, Path(scratch), judge))
                print(json.dumps(runs[-1]))
    found["check"] = runs
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
