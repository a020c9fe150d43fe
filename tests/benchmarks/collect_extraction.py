"""Pages whose truth is known in; how much of it each extractor keeps, as token precision, recall and F1, out.

usage: collect_extraction.py [--employers N]

Two sets: the corpus of employers as web pages with menus, cookie banners and footers (their truth is the Markdown they
were made of), and the hand-made hard pages of tests/company/collect. "items kept" is the share of list items, cells and
definitions whose words stand together in the text. trafilatura is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "company" / "collect"))

import employers
import hard_pages
from markdown_it import MarkdownIt
from server import Server

from askworthy.company.collect.document import read_document
from askworthy.company.collect.fetch import Fetched

Extractor = Callable[[str], str]


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def ours(markup: str) -> str:
    return read_document(Fetched("http://acme.test/x", 200, {"content-type": "text/html"}, markup.encode())).page.text


def plain(markup: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(markup, main_content=False, links=False))


def extractors() -> dict[str, Extractor]:
    found: dict[str, Extractor] = {"askworthy": ours, "plain text": plain}
    try:
        import trafilatura
    except ImportError:
        return found
    found["trafilatura"] = lambda markup: trafilatura.extract(markup) or ""
    found["trafilatura, favor_recall"] = lambda markup: trafilatura.extract(markup, favor_recall=True) or ""
    return found


def pages_of_employers(count: int) -> list[hard_pages.Hard]:
    server = Server()
    site = employers.build(server, count, traps=False)
    md = MarkdownIt("commonmark").enable("table")
    found = []
    for url, markdown in site.markdown.items():
        path = "/" + url.split("/", 3)[3]
        if path.count("/") < 2 or path.endswith("/"):
            continue  # listings
        parsed = md.parse(markdown)
        inline = [" ".join(_inline(one)) for one in parsed if one.type == "inline"]
        items, in_item = [], 0
        for one in parsed:
            in_item += {"list_item_open": 1, "list_item_close": -1, "td_open": 1, "td_close": -1}.get(one.type, 0)
            if in_item and one.type == "inline":
                items.append(" ".join(_inline(one)))
        body = str(server.pages[employers.HOST, path].body)
        found.append(hard_pages.Hard(path, body, "\n".join(inline), tuple(items)))
    server.close()
    return found


def _inline(token: object) -> list[str]:
    return [child.content for child in token.children or () if child.type in ("text", "code_inline")]  # type: ignore[attr-defined]


def score(pages: list[hard_pages.Hard], extract: Extractor) -> dict[str, float]:
    common = got = wanted = kept = items = 0
    for page in pages:
        text = tokens(extract(page.markup))
        truth = tokens(page.text)
        common += (Counter(text) & Counter(truth)).total()
        got, wanted = got + len(text), wanted + len(truth)
        joined = f" {' '.join(text)} "
        items += len(page.items)
        kept += sum(f" {' '.join(tokens(item))} " in joined for item in page.items)
    precision, recall = common / max(got, 1), common / max(wanted, 1)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "F1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "items kept": round(kept / max(items, 1), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employers", type=int, default=52)
    arguments = parser.parse_args()
    sets = {"employers": pages_of_employers(arguments.employers), "hard": hard_pages.pages()}
    for name, pages in sets.items():
        for extractor, extract in extractors().items():
            print(json.dumps({"pages": f"{len(pages)} {name}", "extractor": extractor, **score(pages, extract)}))


if __name__ == "__main__":
    main()
