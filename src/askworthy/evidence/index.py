"""A company and an encoder in; its passages with their vectors and lexical index out, cached between runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from askworthy.company.company import Company, Extract, Text, assemble, read_file
from askworthy.company.store import Store
from askworthy.evidence.late import TokenTable
from askworthy.evidence.lexical import Lexical
from askworthy.inference.encoder import Encoder, Vectors, encode_tokens
from askworthy.records import Block, Page, Passage, Reading, Skipped

FORMAT = "7"  # of the files below, and of how pages are read: raise it when either changes
ENCODED_AT_ONCE = 256  # passages between two looks at the clock


class Watch(Protocol):
    """Is told how far long work has come."""

    def __call__(self, doing: str, done: int, total: int) -> None:
        """`done` of `total` are done of what is being done."""
        ...


@dataclass(frozen=True)
class Index:
    """One company's passages, ready to be searched."""

    text: Text
    vectors: Vectors  # (passages, d), unit rows
    tokens: TokenTable  # of the same passages
    lexical: Lexical
    encoded: int  # passages that had to be encoded now; the rest came from the cache


def open_index(company: Company, encoder: Encoder, *, watch: Watch | None = None, cache: bool = True) -> Index:
    """Load the company's index, or build it; a changed page alone is read and encoded again.

    Raises:
        BadCompany: Nothing in it can be read.
    """
    store = Store.beside(company.root) if cache else None
    key = company.key(FORMAT, encoder.hash)
    if store and (folder := store.find(key)):
        if index := _load(folder):
            return index
        store.discard(key)
    earlier = list(store.others()) if store else []
    extracts = _extracts(company, earlier, watch)
    text = assemble(company, list(extracts.values()))
    vectors, tokens, encoded = _encoded(text.passages, encoder, earlier, watch)
    index = Index(text, vectors, tokens, Lexical.build([passage.with_heading for passage in text.passages]), encoded)
    if store:
        # A full or read-only disk costs the next run its time, not this one its result.
        with suppress(OSError):
            store.write(key, lambda folder: _save(folder, index, extracts, encoder.hash))
    return index


def _extracts(company: Company, earlier: Sequence[Path], watch: Watch | None) -> dict[str, Extract]:
    """By source and content, what each file holds; taken from an earlier generation where the bytes are the same."""
    known: dict[str, Extract] = {}
    for folder in earlier:
        known = dict(_load_extracts(folder)) | known
    found = {}
    for done, file in enumerate(company.files, start=1):
        name = f"{FORMAT}\n{file.source}\n{file.sha256}"
        found[name] = known.get(name) or read_file(file)
        if watch:
            watch("reading", done, len(company.files))
    return found


def _encoded(
    passages: Sequence[Passage], encoder: Encoder, earlier: Sequence[Path], watch: Watch | None
) -> tuple[Vectors, TokenTable, int]:
    texts = [passage.with_heading for passage in passages]
    names = [_name(text) for text in texts]
    known: dict[str, tuple[Any, Any]] = {}
    for folder in earlier:
        known = dict(_load_vectors(folder, encoder.hash)) | known
    wanted = {name: text for name, text in zip(names, texts, strict=True) if name not in known}
    # Like lengths together, so that little of a batch is padding.
    queue = sorted(wanted, key=lambda name: len(wanted[name]))
    for at in range(0, len(queue), ENCODED_AT_ONCE):
        batch = queue[at : at + ENCODED_AT_ONCE]
        vectors, tokens = encode_tokens(encoder, [wanted[name] for name in batch])
        known.update(zip(batch, zip(vectors, tokens, strict=True), strict=True))
        if watch:
            watch("encoding", at + len(batch), len(queue))
    rows = np.stack([known[name][0] for name in names]).astype(np.float32)
    return rows, TokenTable.of([known[name][1] for name in names]), len(queue)


def _name(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


# What a generation holds: facts.json, extracts.jsonl, text.jsonl, vectors.npy, tokens.npy, token_starts.npy, lexical/.


def _save(folder: Path, index: Index, extracts: dict[str, Extract], encoder_hash: str) -> None:
    text = index.text
    numbers = {id(page): number for number, page in enumerate(text.pages)}
    with (folder / "extracts.jsonl").open("w", encoding="utf-8") as lines:
        for name, extract in extracts.items():
            row = {"name": name, "pages": [_page_out(page) for page in extract.pages]}
            row["skipped"] = [asdict(skip) for skip in extract.skipped]
            lines.write(json.dumps(row) + "\n")
    with (folder / "text.jsonl").open("w", encoding="utf-8") as lines:
        for page in text.pages:
            lines.write(json.dumps(_page_out(page, blocks=False)) + "\n")
    passages = [
        [numbers[id(one.page)], one.start, one.end, one.heading, _name(one.with_heading)] for one in text.passages
    ]
    facts = {"encoder": encoder_hash, "reading": text.reading.to_dict(), "passages": passages}
    np.save(folder / "vectors.npy", index.vectors, allow_pickle=False)
    np.save(folder / "tokens.npy", index.tokens.rows, allow_pickle=False)
    np.save(folder / "token_starts.npy", index.tokens.starts, allow_pickle=False)
    index.lexical.save(folder / "lexical")
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")


def _load(folder: Path) -> Index | None:
    """Load a generation; a damaged one counts as none, since it can be built again."""
    try:
        facts = json.loads((folder / "facts.json").read_bytes())
        with (folder / "text.jsonl").open(encoding="utf-8") as lines:
            pages = tuple(_page_in(json.loads(line)) for line in lines)
        passages = tuple(
            Passage(pages[page], start, end, heading) for page, start, end, heading, _ in facts["passages"]
        )
        vectors, tokens = _load_encoded(folder)
        lexical = Lexical.load(folder / "lexical", len(passages))
        reading = facts["reading"]
        reading["skipped"] = tuple(Skipped(**skip) for skip in reading["skipped"])
        reading["fetched"] = tuple(reading["fetched"]) if reading["fetched"] else None
        if len(vectors) != len(passages):
            return None
        return Index(Text(pages, passages, Reading(**reading)), vectors, tokens, lexical, encoded=0)
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError):
        return None


def _load_extracts(folder: Path) -> Iterator[tuple[str, Extract]]:
    try:
        with (folder / "extracts.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                pages = tuple(_page_in(page) for page in row["pages"])
                yield row["name"], Extract(pages, tuple(Skipped(**skip) for skip in row["skipped"]))
    except (OSError, ValueError, KeyError, TypeError):
        return


def _load_encoded(folder: Path) -> tuple[Vectors, TokenTable]:
    vectors = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
    rows = np.load(folder / "tokens.npy", mmap_mode="r", allow_pickle=False)
    starts = np.load(folder / "token_starts.npy", allow_pickle=False)
    if len(starts) != len(vectors) + 1 or starts[0] != 0 or starts[-1] != len(rows) or (np.diff(starts) < 1).any():
        raise ValueError("the token vectors are not those of the passages")
    return vectors, TokenTable(rows, starts)


def _load_vectors(folder: Path, encoder_hash: str) -> Iterator[tuple[str, tuple[Any, Any]]]:
    try:
        facts = json.loads((folder / "facts.json").read_bytes())
        if facts["encoder"] != encoder_hash:
            return
        vectors, tokens = _load_encoded(folder)
        names = [passage[4] for passage in facts["passages"]]
        yield from zip(names, zip(vectors, tokens, strict=True), strict=True)
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return


def _page_out(page: Page, *, blocks: bool = True) -> dict[str, Any]:
    row = asdict(page)
    row["blocks"] = [[one.start, one.end, one.kind, one.level] for one in page.blocks] if blocks else []
    return row


def _page_in(row: dict[str, Any]) -> Page:
    return Page(**{**row, "blocks": tuple(Block(*block) for block in row["blocks"])})
