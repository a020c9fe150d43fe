"""Bytes in; text out, or the reason why they are not text."""

from __future__ import annotations

import codecs
import re

from askworthy.errors import PageUnreadable

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is how this one begins
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,30})", re.IGNORECASE)
# Python knows codecs that are slow, or no encodings at all; only those that pages are written in are allowed.
KNOWN = re.compile(r"(iso-8859|iso-2022|windows-|cp\d|latin|koi8|shift_?jis|sjis|euc|gb|big5|mac)", re.IGNORECASE)
HEAD_BYTES = 4096
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.01


def decode(data: bytes, *, markup: bool = False, charset: str = "") -> str:
    """Decode by byte order mark, as UTF-8, by the server's charset, by what markup says of itself, or as Windows-1252.

    UTF-8 comes before what anybody says: servers are often wrong, and other text is hardly ever valid UTF-8.

    Raises:
        PageUnreadable: The bytes are not text.
    """
    text = _decode(data, markup=markup, charset=charset)
    if "\0" in text or len(CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise PageUnreadable("binary data where text was expected")
    return text


def _decode(data: bytes, *, markup: bool, charset: str) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = META_CHARSET.search(data[:HEAD_BYTES]) if markup else None
    for name in (charset, declared[1].decode("ascii") if declared else ""):
        if not KNOWN.match(name):
            continue
        try:
            # Pages that say Latin-1 mean Windows-1252, as every browser knows.
            return data.decode("cp1252" if re.fullmatch(r"(iso-8859-1|latin-?1)", name, re.I) else name, "replace")
        except (LookupError, UnicodeError):
            pass
    return _utf8_or_windows(data)


def _utf8_or_windows(data: bytes) -> str:
    # A UTF-8 page with a few broken bytes is still a UTF-8 page.
    text = data.decode("utf-8", "replace")
    foreign = sum(character > "\x7f" for character in text)
    broken = text.count("\ufffd")
    return text if foreign - broken > broken else data.decode("cp1252", "replace")
