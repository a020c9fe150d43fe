"""A local site full of traps in; what its server counted while it was collected, out.

usage: collect_politeness.py [--employers N] [--delay SECONDS]
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "company" / "collect"))

from employers import HOST, build
from server import Server, resolve, settings

from askworthy.company.collect import collect


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employers", type=int, default=52)
    parser.add_argument("--delay", type=float, default=0.05)
    arguments = parser.parse_args()
    server = Server()
    site = build(server, arguments.employers)
    with tempfile.TemporaryDirectory() as scratch:
        limits = settings(server, delay=arguments.delay, max_pages=5_000)
        found = collect(site.start, Path(scratch) / "site", settings=limits, resolve=resolve)
        lines = (Path(scratch) / "site" / "pages.jsonl").read_bytes().splitlines()
        read = {json.loads(line)["url"] for line in lines}
    times = defaultdict(list)
    for one in server.requests:
        times[one.host].append(one.at)
    gaps = [after - before for some in times.values() for before, after in itertools.pairwise(some)]
    asked = Counter((one.host, one.path) for one in server.requests)
    told = {
        "pages wanted": len(site.wanted),
        "of them not read": len(site.wanted - read),
        "pages read": found.pages,
        "requests": len(server.requests),
        "hosts": len(times),
        "requests against robots.txt": sum(path.startswith(site.forbidden) for host, path in asked if host == HOST),
        "delay": arguments.delay,
        "shortest gap at the server": round(min(gaps), 4),
        "asked for more than once": sorted(path for (_, path), count in asked.items() if count > 1),
        "outcomes": found.counts,
    }
    print(json.dumps(told, indent=1))
    server.close()


if __name__ == "__main__":
    main()
