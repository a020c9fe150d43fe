"""A page's text in; whether it says some words out, as long as that does not take too long."""

from __future__ import annotations

MAX_SEARCHED = 5_000_000_000  # characters of one page, over and over: some seconds


class Said:
    """What a page says. A page of megabytes can be made to be searched a million times, which would take hours."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = MAX_SEARCHED

    def says(self, words: str, *, unsure: bool) -> bool:
        """Whether the words stand in the text; `unsure` where it was searched too often already."""
        self._left -= len(self._text)
        return words in self._text if self._left >= 0 else unsure
