"""A Markdown file in; a page without its marks out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from askworthy.company.blocks import Part, build_page, table_parts, tidy
from askworthy.company.extract.decoding import decode
from askworthy.company.extract.html import fragment_parts
from askworthy.company.extract.text import plain_parts
from askworthy.records import Page

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# The parser's time grows with the square of a line's length at worst; no page written by hand has such lines.
MAX_LINE = 20_000
MAX_CHARACTERS = 3_000_000
MAX_NESTING = 60
FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
YAML_LINE = re.compile(r"([A-Za-z_]\w*)\s*:\s+(\S.*?)\s*")
MDX_STATEMENT = re.compile(
    r"""import\s+(?:[\w{},*\s]{1,200}\s+from\s+)?['"][^'"\n]{1,300}['"]|export\s+(?:default|const|let|function|async|class|\{)"""
)
JSX = re.compile(r"</?[A-Z][\w.]*(?:\s(?:[^<>{}\"']|\"[^\"]*\"|'[^']*'|\{[^{}]*\})*)?/?>")
MARKS = (
    (re.compile(r"\{%.{0,500}?%\}|\{\{[<%].{0,500}?[>%]\}\}|\{/\*.{0,2000}?\*/\}", re.DOTALL), " "),  # template tags
    (re.compile(r"\s*\{:?\s*[#.][\w\s.#=\"'-]{1,100}\}"), ""),  # anchors and classes
    (re.compile(r"\[\^[^\]\s]{1,50}\]:?"), ""),  # footnotes
    (re.compile(r"^\s*\[!\w+\][+-]?"), ""),  # call-outs
    (re.compile(r"^\s*:::+\s*\w*|:::+\s*$"), ""),  # admonitions
    (re.compile(r"!?\[\[(?:[^\]|\n]{1,200}\|)?([^\]|\n]{1,200})\]\]"), r"\1"),  # wiki links
)
TASK = re.compile(r"\s*\[[ xX]\]\s+")


def read(data: bytes, source: str) -> Page:
    """Read a Markdown page; MDX, front matter and the usual dialects' extras are understood enough to be left out.

    Raises:
        PageUnreadable: It is not text.
    """
    facts, body = _front_matter(decode(data).replace("\r\n", "\n").replace("\r", "\n"))
    parts = markdown_parts(body)
    first = next((part.text for part in parts if part.kind == "heading" and part.level == 1), None)
    url = facts.get("url") or facts.get("canonical") or ""
    return build_page(
        parts,
        source,
        title=facts.get("title") or first,
        url=url if url.startswith(("http://", "https://")) else None,
        fetched_at=facts.get("fetched_at") or facts.get("date"),
    )


def markdown_parts(body: str) -> list[Part]:
    """Find headings, paragraphs, items and rows."""
    from markdown_it import MarkdownIt

    if len(body) > MAX_CHARACTERS or max(map(len, body.split("\n"))) > MAX_LINE:
        return plain_parts(body)
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    parts = list(_Walk(parser).parts(parser.parse(JSX.sub(" ", body))))
    return parts if any(part.text for part in parts) else plain_parts(body)  # nested deeper than the parser goes


class _Walk:
    """Goes through a document's tokens once, and keeps where in the lists it is."""

    def __init__(self, parser: MarkdownIt) -> None:
        self.parser = parser
        self.lists = 0
        self.item_opens = False
        self.level = 0  # of the heading last seen

    def parts(self, tokens: Sequence[Token]) -> Iterator[Part]:
        rows: list[list[str]] = []
        container = ""
        for token in tokens:
            match token.type:
                case "heading_open" | "paragraph_open" | "th_open" | "td_open":
                    container = token.tag
                case "bullet_list_open" | "ordered_list_open":
                    self.lists += 1
                case "bullet_list_close" | "ordered_list_close":
                    self.lists -= 1
                case "list_item_open":
                    self.item_opens = True
                case "list_item_close":
                    self.item_opens = False
                case "table_open":
                    rows = []
                case "tr_open":
                    rows.append([])
                case "table_close":
                    yield from table_parts(rows, header=any(rows[0]) if rows else None)
                case "inline" if container in ("th", "td"):
                    rows[-1].append(inline_text(token.children or ()))
                case "inline":
                    yield from self._text(token, container)
                case "fence" | "code_block":
                    yield from (Part("paragraph", stretch) for stretch in token.content.split("\n\n"))
                case "html_block":
                    yield from self._html(token.content)

    def _text(self, token: Token, container: str) -> Iterator[Part]:
        if MDX_STATEMENT.match(token.content):
            return
        text = inline_text(token.children or ())
        if container.startswith("h"):
            self.level = int(container[1])
            yield Part("heading", text, self.level)
        elif self.lists and self.item_opens:
            self.item_opens = False
            yield Part("item", TASK.sub("", text, count=1), self.lists - 1)
        else:
            yield Part("paragraph", text)

    def _html(self, markup: str) -> Iterator[Part]:
        # Markdown between tags that stand alone on their line is not parsed, so its marks are still in there.
        for part in fragment_parts(markup, self.level):
            inline = self.parser.parseInline(part.text)
            text = inline_text(inline[0].children or ()) if inline else part.text
            yield Part(part.kind, text, part.level)


def inline_text(tokens: Sequence[Token]) -> str:
    """The words of a paragraph, without links' targets, images and marks."""
    pieces: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            pieces.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or token.content.startswith("<br"):
            pieces.append("\n")
    text = "".join(pieces)
    for mark, instead in MARKS:
        text = mark.sub(instead, text)
    return text


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    text = text.lstrip("\ufeff")
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text
    facts = _toml(found[2]) if found[1] == "+++" else _yaml(found[2])
    if facts is None:  # two rules with text between them
        return {}, text
    return facts, text[found.end() :]


def _toml(text: str) -> dict[str, str]:
    try:
        return _strings(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _yaml(text: str) -> dict[str, str] | None:
    # Only single lines are understood: enough for a title, an address and a date, and nothing there can run.
    lines = text.split("\n")
    facts: dict[str, str] = {}
    keys = 0
    for line in lines:
        keys += bool(re.match(r"[\w-]+\s*:(\s|$)", line))
        if found := YAML_LINE.fullmatch(line):
            value = re.sub(r"\s+#.*", "", found[2]) if found[2][0] not in "\"'" else found[2]
            facts[found[1].lower()] = tidy(re.sub(r"\A(['\"])(.*)\1\Z", r"\2", value))
    return facts if keys else None


def _strings(found: Mapping[str, Any]) -> dict[str, str]:
    return {
        key.lower(): value if isinstance(value, str) else value.isoformat()
        for key, value in found.items()
        if isinstance(value, str | date)
    }
