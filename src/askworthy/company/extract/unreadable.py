"""Why a file holds nothing to read, where its reader alone can tell it from a damaged one."""

from __future__ import annotations

from askworthy.errors import PageUnreadable


class Locked(PageUnreadable):
    """It is encrypted."""


class Scanned(PageUnreadable):
    """It has pages, and no text on them."""


class TooHeavy(PageUnreadable):
    """It takes more memory or time to read than one file may."""
