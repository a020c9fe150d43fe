"""A local site in; the crawler beside Scrapy, as ratios of time and memory, out.

usage: collect_speed.py [--scrapy PYTHON] [--employers N] [--repeat N]

Whole processes are measured, turn by turn, from start to exit, without any delay between requests; the server runs in
a process of its own. Scrapy obeys robots.txt too, follows the links, and writes each page's text to a file of JSON
Lines; it keeps no state on disk, which askworthy does.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from run import cost

HERE = Path(__file__).parent
PARTS = HERE.parent / "company" / "collect"

SPIDER = """
import sys
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

start, target = sys.argv[1:]
host = start.split("/")[2].split(":")[0]

class Site(scrapy.Spider):
    name = "site"
    allowed_domains = [host]
    start_urls = [start]
    links = LinkExtractor()
    custom_settings = {"ROBOTSTXT_OBEY": True, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
                       "DOWNLOAD_DELAY": 0, "FEEDS": {target: {"format": "jsonlines"}}}

    def parse(self, response):
        text = " ".join(response.xpath("//body//text()[not(ancestor::script)]").getall())
        yield {"url": response.url, "title": response.xpath("//title/text()").get(), "text": " ".join(text.split())}
        for link in self.links.extract_links(response):
            yield scrapy.Request(link.url, callback=self.parse)

process = CrawlerProcess()
process.crawl(Site)
process.start()
"""

SERVE = """
import sys, time
sys.path.insert(0, {parts!r})
import employers
from server import Server
employers.HOST = "127.0.0.1"
server = Server()
site = employers.build(server, {employers}, traps=False)
print(site.start, len(site.wanted), flush=True)
sys.stdin.read()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scrapy", default=sys.executable, help="a Python that has Scrapy")
    parser.add_argument("--employers", type=int, default=52)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    code = SERVE.format(parts=str(PARTS), employers=arguments.employers)
    server = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    start, wanted = server.stdout.readline().split()
    ours, peer, pages = [], [], (0, 0)
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "spider.py").write_text(SPIDER, encoding="utf-8")
        for number in range(arguments.repeat):
            target = Path(scratch) / f"{number}"
            command = [sys.executable, "-m", "askworthy", "collect", start, "-o", str(target), "--delay", "0", "-q"]
            ours.append(cost([*command, "--allow-private", "--max-pages", "5000"]))
            feed = Path(scratch) / f"{number}.jsonl"
            peer.append(cost([arguments.scrapy, str(Path(scratch) / "spider.py"), start, str(feed)]))
            pages = (_lines(target / "pages.jsonl"), _lines(feed))
    server.terminate()
    best, other = (min(runs, key=lambda one: one.seconds) for runs in (ours, peer))
    memory = [max(one.peak_mb for one in runs) for runs in (ours, peer)]
    found = {
        "pages on the site": int(wanted),
        "pages read": {"askworthy": pages[0], "scrapy": pages[1]},
        "seconds": {"askworthy": best.seconds, "scrapy": other.seconds},
        "milliseconds a page": {
            "askworthy": round(1000 * best.seconds / pages[0], 2),
            "scrapy": round(1000 * other.seconds / pages[1], 2),
        },
        "peak MB": {"askworthy": memory[0], "scrapy": memory[1]},
        "time ratio": round(best.seconds / other.seconds, 3),
        "memory ratio": round(memory[0] / memory[1], 3),
    }
    print(json.dumps(found, indent=1))


def _lines(path: Path) -> int:
    return sum(1 for _ in path.open("rb"))


if __name__ == "__main__":
    main()
