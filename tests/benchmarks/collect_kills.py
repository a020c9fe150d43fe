"""A local site in; how often killed runs end with the pages of an unbroken one, and what the kills cost, out.

usage: collect_kills.py [--employers N] [--kills N] [--seed N]

A run is killed (SIGKILL) at a random moment, then it is started again and left to end; so often, each time in a new
folder. The final pages.jsonl is compared byte by byte with an unbroken run's, its times aside.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

PARTS = Path(__file__).parent.parent / "company" / "collect"
sys.path.insert(0, str(PARTS))

import employers  # noqa: E402
from server import Server  # noqa: E402

employers.HOST = "127.0.0.1"


def start(url: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "askworthy",
        "collect",
        url,
        "-o",
        str(folder),
        "--delay",
        "0",
        "--allow-private",
        "-q",
    ]
    return subprocess.Popen([*command, "--max-pages", "5000"], stderr=subprocess.DEVNULL)


def pages(folder: Path) -> list[str]:
    lines = [json.loads(line) for line in (folder / "pages.jsonl").read_bytes().splitlines()]
    return [json.dumps({**line, "fetched_at": None}) for line in lines]


def unbroken(url: str, folder: Path) -> float:
    began = time.monotonic()
    start(url, folder).wait()
    return time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employers", type=int, default=10)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    server = Server()
    site = employers.build(server, arguments.employers, traps=False)
    moments = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as scratch:
        took = min(unbroken(site.start, Path(scratch) / f"whole{number}") for number in range(2))
        expected = pages(Path(scratch) / "whole0")
        same, killed, refetched, kept = 0, 0, [], []
        while killed < arguments.kills:
            folder = Path(scratch) / f"{len(kept)}"
            server.requests.clear()
            process = start(site.start, folder)
            time.sleep(moments.uniform(0.1, 1.0) * took)
            process.send_signal(signal.SIGKILL)
            if process.wait() != -signal.SIGKILL:  # it had ended before
                shutil.rmtree(folder)
                continue
            killed += 1
            kept.append((folder / "pages.jsonl").read_bytes().count(b"\n") if (folder / "pages.jsonl").exists() else 0)
            start(site.start, folder).wait()
            same += pages(folder) == expected
            asked = Counter(one.path for one in server.requests if one.path not in ("/robots.txt", "/sitemap.xml"))
            refetched.append(sum(count - 1 for count in asked.values()))
    found = {
        "pages": len(expected),
        "kills": killed,
        "ended with the same pages": same,
        "pages on disk at the kill, in order": sorted(kept),
        "pages fetched twice by a kill, at most": max(refetched),
    }
    print(json.dumps(found))
    server.close()


if __name__ == "__main__":
    main()
