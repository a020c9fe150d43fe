"""A folder or file of public text in; the company, ready to be searched, out."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from askworthy.company.clean import clean
from askworthy.company.collect.pages import NAME as PAGES
from askworthy.company.collected import MAX_PAGES_BYTES, is_collected, read_summary
from askworthy.company.extract import extract_with_skips
from askworthy.company.files import SourceFile, list_files, look_at, stands_within
from askworthy.company.passages import split_passages
from askworthy.company.sentences import sentence_spans
from askworthy.errors import BadCompany, PageUnreadable
from askworthy.records import Page, Passage, Reading, Skipped


@dataclass(frozen=True)
class Text:
    """What a company says: the pages as read, and the passages that are searched."""

    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    reading: Reading


@dataclass(frozen=True)
class Extract:
    """What one file holds; kept under the hash of its bytes, so that it is read once."""

    pages: tuple[Page, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True)
class Company:
    """One employer's public text on disk.

    Open one with `Company.open`; nothing is read before `text` or `check` asks for it.
    """

    name: str
    root: Path
    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...] = field(default=(), repr=False)

    @classmethod
    def open(cls, source: str | Path, *, without: Collection[Path] = ()) -> Company:
        """Find the files of a company.

        Args:
            source: A folder of files, one that `collect` made, or one file.
            without: Files in the folder that are not the company's: the questions, which would answer themselves.

        Raises:
            BadCompany: It does not exist, or holds no file of a kind that is read.
        """
        root = Path(source)
        if not str(source).strip():
            raise BadCompany("found an empty name for the company; name a folder, a file or a web address")
        if "://" in str(source):
            raise BadCompany(
                f"{source} is a web address; collect its pages with `askworthy collect` and name the folder"
            )
        if not os.path.exists(root):  # noqa: PTH110 - a Path raises for a name that is too long
            raise BadCompany(
                f"no file or folder {root}; name the folder that holds the company's pages, "
                f"or a web address with its beginning, as https://www.example.com"
            )
        if is_collected(root):
            return cls._open_collected(root)
        found, skipped = list_files(root, without)
        if not found:
            raise BadCompany(_nothing_readable(root, skipped))
        return cls(name=root.resolve().name, root=root, files=tuple(found), skipped=tuple(skipped))

    @classmethod
    def _open_collected(cls, root: Path) -> Company:
        summary = read_summary(root)
        pages = (
            look_at(PAGES, root / PAGES, MAX_PAGES_BYTES)
            if stands_within(root / PAGES, root.resolve())
            else Skipped(PAGES, "a link that leads out of the folder")
        )
        if not isinstance(pages, SourceFile):
            raise BadCompany(_nothing_readable(root, [pages, *summary.skipped]))
        return cls(name=summary.site or root.resolve().name, root=root, files=(pages,), skipped=summary.skipped)

    def key(self, *more: str) -> str:
        """Name this state of the text, and whatever else a cache depends on."""
        facts = [
            list(more),
            [[file.source, file.sha256] for file in self.files],
            [[skip.source, skip.reason] for skip in self.skipped],
        ]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]

    def text(self, progress: Callable[[int], None] | None = None) -> Text:
        """Read every file and split it into passages.

        Raises:
            BadCompany: No file holds readable text.
        """
        return assemble(self, [_counted(read_file(file), progress) for file in self.files])


def read_file(file: SourceFile) -> Extract:
    """Read one file; if it cannot be read, the reason is the result."""
    try:
        pages, skipped = extract_with_skips(file)
    except PageUnreadable as reason:
        return Extract(skipped=(Skipped(file.source, str(reason)),))
    return Extract(tuple(pages), tuple(skipped))


def assemble(company: Company, extracts: Sequence[Extract]) -> Text:
    """Drop what repeats over the pages, then cut what is left into passages.

    Raises:
        BadCompany: There is no text in any of them.
    """
    skipped = [*company.skipped, *(skip for extract in extracts for skip in extract.skipped)]
    cleaned = clean([page for extract in extracts for page in extract.pages])
    passages = tuple(passage for page in cleaned.pages for passage in split_passages(page, sentence_spans))
    if not passages:
        raise BadCompany(_nothing_readable(company.root, skipped))
    return Text(
        pages=tuple(cleaned.pages),
        passages=passages,
        reading=Reading(
            pages=len(cleaned.pages),
            passages=len(passages),
            words=sum(len(passage.text.split()) for passage in passages),
            skipped=tuple(skipped),
            fetched=_fetched(cleaned.pages),
            duplicate_pages=cleaned.duplicate_pages,
            boilerplate_blocks=cleaned.boilerplate_blocks,
        ),
    )


def _fetched(pages: Sequence[Page]) -> tuple[str, str] | None:
    times = sorted(page.fetched_at for page in pages if page.fetched_at)
    return (times[0], times[-1]) if times else None


def _counted(extract: Extract, progress: Callable[[int], None] | None) -> Extract:
    if progress:
        progress(1)
    return extract


def _nothing_readable(root: Path, skipped: Sequence[Skipped]) -> str:
    found = "; ".join(f"{one.source}: {one.reason}" for one in skipped[:3]) or "it is empty"
    more = f" and {len(skipped) - 3} more" if len(skipped) > 3 else ""
    return f"no readable text in {root} ({found}{more}); add pages as md, html, txt, pdf, docx or json"
