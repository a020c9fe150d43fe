"""The styles of a Word file in; what each says of a paragraph out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_BASES = 10  # styles that one is based on, which may go round in a circle


@dataclass(frozen=True, slots=True)
class Style:
    """One style of paragraphs."""

    name: str = ""
    level: str = ""  # of the outline, from "0" on; its own or that of a style it is based on


class Styles:
    """Looks styles up. python-docx goes over all of them anew for each paragraph, which takes minutes for a book."""

    def __init__(self, element: Any) -> None:
        self._found: dict[str, Any] = {}
        self._known: dict[str | None, Style] = {}
        self._default: Any = None
        for style in element.iter(f"{WORD}style"):
            if style.get(f"{WORD}type", "paragraph") == "paragraph":
                self._found.setdefault(style.get(f"{WORD}styleId", ""), style)
                if style.get(f"{WORD}default") in ("1", "true", "on"):
                    self._default = style

    def of(self, name: str | None) -> Style:
        """The style of that id; the default style if there is none."""
        if name not in self._known:
            self._known[name] = self._read(self._found.get(name or "", self._default))
        return self._known[name]

    def _read(self, style: Any) -> Style:
        name, level = _value(style, "name"), ""
        for _ in range(MAX_BASES):
            level = level or _value(style, f"pPr/{WORD}outlineLvl")
            style = self._found.get(_value(style, "basedOn"))
        return Style(name, level)


def _value(style: Any, path: str) -> str:
    found = style.find(WORD + path) if style is not None else None
    return "" if found is None else found.get(f"{WORD}val", "")
