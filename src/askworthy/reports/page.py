"""The parts of a page in; one HTML file that opens from disk and asks nothing of the network out."""

from __future__ import annotations

import base64
from hashlib import sha256
from html import escape

CSS = """
:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--soft:#f1f3f5;--line:#8a8f94;
--link:#0b4f9e;--mark:#ffe680;--mark-ink:#1a1a1a}
@media(prefers-color-scheme:dark){:root{--ink:#f0f0f0;--paper:#15181b;--soft:#22272b;--line:#8a8f94;
--link:#8ec5ff;--mark:#6b5800;--mark-ink:#fff}}
@media(prefers-contrast:more){:root{--line:currentColor;--soft:var(--paper)}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:64rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.25rem;margin-top:2rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse}th,td{overflow-wrap:normal;padding:.3rem .5rem;border-bottom:1px solid var(--line);
text-align:left}
td{max-width:16rem}th.n{text-align:right}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
details{border:1px solid var(--line);border-radius:.4rem;margin:.5rem 0;background:var(--soft)}
summary{padding:.6rem .8rem;cursor:pointer}
details>div{padding:0 .8rem .6rem}
summary .meta{display:block;margin-top:.2rem}
blockquote{margin:.5rem 0;padding:.2rem .8rem;border-left:4px solid var(--line)}
blockquote p{margin:.1rem 0;white-space:pre-line}
mark{background:var(--mark);color:var(--mark-ink)}
cite{font-style:normal;font-size:.9rem}
.tag{border:1px solid currentColor;border-radius:.3rem;padding:0 .4rem;font-size:.9rem;white-space:nowrap}
form{display:flex;flex-wrap:wrap;gap:.4rem 1.5rem}
select,input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);padding:.4rem;
max-width:100%}
.side{display:grid;gap:0 1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
.plots{gap:1rem}
dt{font-weight:bold}dd{margin:0 0 .5rem}
figure{margin:0;background:#fff;color:#1a1a1a;padding:.5rem;border-radius:.4rem;border:1px solid #8a8f94}
figure svg{display:block;width:100%;height:auto}
@media(prefers-color-scheme:dark){figure{filter:invert(.93) hue-rotate(180deg)}}
@media(max-width:30rem){th,td{padding:.25rem .2rem;font-size:.9rem}}
[hidden]{display:none!important}
@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--soft:#fff;--link:#000;--mark:#ffe680;--mark-ink:#000}
figure{filter:none}figure,details,tr{break-inside:avoid}h2{break-after:avoid}mark{print-color-adjust:exact}
form{display:none}main{max-width:none}.side{grid-template-columns:1fr 1fr}}
"""


def page(title: str, body: str, *, script: str = "") -> str:
    """Put a page together.

    Args:
        title: Plain text.
        body: HTML in which every stranger's text went through `text`.
        script: JavaScript of this program's own; the page allows no other, and no request.
    """
    allowed = base64.b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; img-src data:"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">\n'
        f"<title>{text(title)}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n<h1>{text(title)}</h1>\n{body}\n"
        f"</main>\n{f'<script>{script}</script>' if script else ''}\n</body>\n</html>\n"
    )


def text(words: str) -> str:
    """A stranger's text as HTML that says it and does nothing; characters that show nothing are dropped."""
    return escape("".join(char for char in words if char.isprintable() or char in "\n\t"), quote=True)
