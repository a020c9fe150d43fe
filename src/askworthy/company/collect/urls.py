"""A link and the page it stands on in; one normal form of the address it leads to out."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit

MAX_URL = 2_000
# Who clicked where, and whose visit it is: nothing that a page's text depends on.
TRACKING = re.compile(
    r"(utm_\w+|gclid|fbclid|msclkid|dclid|yclid|mc_[ce]id|_hs\w+|igshid|trk|gh_src|lever-(?:source|origin)\W?.*"
    r"|sid|session_?id|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|sessid|s_id)",
    re.IGNORECASE,
)
PATH_SESSION = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/?;]*", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
DOTS = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")


@lru_cache(maxsize=4096)
def normal(link: str, base: str = "") -> str | None:
    """The address a link leads to, so that two spellings of one address are the same text.

    Fragments, session ids and tracking parameters are dropped, and the other parameters sorted.

    Args:
        link: As it stands in a page; may be anything.
        base: The address of the page, itself in normal form.

    Returns:
        An http or https address of ASCII characters; None for what is none.
    """
    link = re.sub(r"[\t\r\n]", "", link.strip())
    if not link or len(link) > MAX_URL:
        return None
    try:
        parts = urlsplit(urljoin(base, link))
        host, port = _host(parts.hostname or ""), parts.port
        path, query = _path(parts.path), _query(parts.query)
    except ValueError:  # also of half a character, as bytes that are no UTF-8 become
        return None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host or parts.username or parts.password or port == 0:
        return None
    netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    url = f"{scheme}://{netloc}{path}{'?' if query else ''}{query}"
    return url if len(url) <= MAX_URL else None


def host_of(url: str) -> str:
    """The host and port of a normal address: what is asked one request at a time."""
    return url.split("/", 3)[2]


def origin_of(url: str) -> str:
    """The scheme, host and port of a normal address."""
    return "/".join(url.split("/", 3)[:3])


def _host(name: str) -> str:
    name = name.rstrip(".").lower()
    if ":" in name:
        return f"[{name}]"
    if not name.isascii():
        name = name.encode("idna").decode("ascii")  # a ValueError where it cannot be
    return name if re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", name) and len(name) <= 253 else ""


def _path(path: str) -> str:
    path = PATH_SESSION.sub("", path) or "/"
    if DOTS.search(path):
        # What is left of "..", when the base's path was shorter; and those of a link that is a whole address.
        kept: list[str] = []
        for piece in path.split("/")[1:]:
            if piece == "..":
                del kept[-1:]
            elif piece != ".":
                kept.append(piece)
        path = "/" + "/".join(kept) + ("/" if path.endswith(("/.", "/..")) and kept and kept[-1] else "")
    return _requoted(path, "/:@!$&'()*+,;=~-._")


def _query(query: str) -> str:
    pairs = [pair for pair in query.split("&") if pair and not TRACKING.fullmatch(unquote(pair.partition("=")[0]))]
    return "&".join(sorted(_requoted(pair, "/:@!$'()*,;=~-._+?") for pair in pairs))


def _requoted(text: str, safe: str) -> str:
    if re.fullmatch(r"[\w/.~=-]*", text, re.ASCII):  # nearly all
        return text
    # Escapes stay as they are, save those of letters and digits, which need none: %2F is not a slash.
    text = re.sub(r"%([0-9a-fA-F]{2})", lambda found: _unescaped(found[0]), text)
    return quote(text, safe=safe + "%") if not re.search(r"%(?![0-9A-F]{2})", text) else _quoted_percent(text, safe)


def _unescaped(escape: str) -> str:
    char = chr(int(escape[1:], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else escape.upper()


def _quoted_percent(text: str, safe: str) -> str:
    return quote(re.sub(r"%(?![0-9A-F]{2})", "%25", text), safe=safe + "%")
