"""Why an address was not read, as a code for programs and as words for people."""

from __future__ import annotations

from askworthy.errors import AskworthyError


class FetchFailed(AskworthyError):
    """One address could not be fetched. The message is the reason alone; `code` is the same for programs."""

    def __init__(self, code: str, reason: str, *, again: bool = False, wait: float | None = None) -> None:
        self.code = code
        self.again = again  # whether another try may help
        self.wait = wait  # seconds that the server asked to wait before it
        super().__init__(reason)


REASONS = {
    "account": "an account or shopping page",
    "bad_address": "not an address that can be asked for",
    "bad_http": "the server does not keep to HTTP",
    "bad_type": "not a kind of page that is read",
    "calendar": "a calendar without end",
    "connect": "no connection",
    "damaged": "damaged, or not what it says it is",
    "depth": "too many links away from the first page",
    "dns": "its name cannot be resolved",
    "document": "a kind of document that is not read",
    "empty": "no text in it",
    "gone": "no longer there",
    "limit": "past the limits of this collection",
    "locked": "encrypted",
    "lost": "its text is no longer in the folder",
    "needs_browser": "needs a browser: it is empty without JavaScript",
    "off_site": "leads to another site",
    "private_address": "leads into a private network",
    "query_trap": "one of too many variants of an address",
    "redirect_loop": "redirects without end",
    "retry_after": "the server asks to wait for too long",
    "robots": "robots.txt forbids it",
    "robots_unreachable": "robots.txt cannot be read, which forbids everything",
    "scanned": "a PDF without text (scanned pages?)",
    "timeout": "no full answer in time",
    "tls": "no secure connection",
    "too_large": "larger than the limit",
    "url_trap": "an address that repeats itself or runs too deep",
}


def in_words(code: str) -> str:
    """A reason code for people."""
    if code.startswith("http_"):
        return f"the server answers {code[5:]}"
    return REASONS.get(code, code.replace("_", " "))
