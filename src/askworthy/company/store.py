"""A company's place in; the folder where its index is kept, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

FOLDER = ".askworthy"
GENERATIONS_KEPT = 3  # a company asked about with two encoders keeps both
_KEY = re.compile(r"[0-9a-f]{32}")  # as `Company.key` makes it
STALE_AFTER_S = 24 * 3600  # an aside folder this old was left by a killed run


class Store:
    """Generations of one company's index, each a folder named by the hash of what went into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def beside(cls, root: Path) -> Store:
        """Keep it in the company's folder, or in the user's cache folder when that is read-only.

        So too when the folder is a link: a company that came from elsewhere could name any place of the user's with it.
        """
        above = (root if root.is_dir() else root.parent) / FOLDER
        home = above if root.is_dir() else above / _short_hash(root.name)
        if not above.is_symlink() and not home.is_symlink() and _writable(home):
            return cls(home)
        from platformdirs import user_cache_path

        return cls(user_cache_path("askworthy") / _short_hash(str(root.resolve())))

    def find(self, key: str) -> Path | None:
        """The finished generation of that key."""
        found = self.folder / key
        return found if _is_generation(found) else None

    def discard(self, key: str) -> None:
        """Throw a damaged generation away."""
        shutil.rmtree(self.folder / key, ignore_errors=True)

    def others(self) -> Iterator[Path]:
        """All finished generations, newest first: what has not changed can be taken from them."""
        try:
            finished = [path for path in self.folder.iterdir() if _is_generation(path)]
        except OSError:
            return
        yield from sorted(finished, key=_age)

    def write(self, key: str, fill: Callable[[Path], None]) -> Path:
        """Fill a folder aside, then rename it to its key; of two runs that write the same, one wins and both are right.

        Raises:
            OSError: Neither the company's folder nor the cache can be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        ignored = self.folder / ".gitignore"
        if not os.path.lexists(ignored):  # nor a link, whose target would be written
            ignored.write_text("*\n", encoding="utf-8")
        aside = Path(tempfile.mkdtemp(dir=self.folder, prefix=".aside-"))
        try:
            fill(aside)
            try:
                aside.rename(self.folder / key)
            except OSError:
                if self.find(key) is None:
                    raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        self._tidy(key)
        return self.folder / key

    def _tidy(self, key: str) -> None:
        for old in list(self.others())[GENERATIONS_KEPT:]:
            if old.name != key:
                shutil.rmtree(old, ignore_errors=True)
        for aside in self.folder.glob(".aside-*"):
            if _age(aside) > STALE_AFTER_S:
                shutil.rmtree(aside, ignore_errors=True)


def _is_generation(path: Path) -> bool:
    """Whether it is ours, by its name: only that may be thrown away."""
    return _KEY.fullmatch(path.name) is not None and path.is_dir() and not path.is_symlink()


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return float("inf")


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)
