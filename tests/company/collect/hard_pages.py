"""Pages that are hard to read, made by hand, and what people read on them: the text and its list items."""

from __future__ import annotations

from dataclasses import dataclass

COOKIES = '<div class="cookie-banner"><p>We use cookies to improve your experience. Accept all cookies?</p><button>Accept</button></div>'
MENU = '<nav><ul><li><a href="/">Home</a></li><li><a href="/products">Products</a></li><li><a href="/jobs">Jobs</a></li></ul></nav>'
FOOTER = (
    '<footer><a href="/privacy">Privacy policy</a> <a href="/terms">Terms of use</a><p>© 2026 Acme GmbH</p></footer>'
)


@dataclass(frozen=True)
class Hard:
    name: str
    markup: str
    text: str  # everything people read, furniture aside
    items: tuple[str, ...]  # list items, rows and definitions, each to be kept whole


def whole(title: str, body: str, main: str = "main") -> str:
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body>{COOKIES}<header>{MENU}</header>"
        f"<{main}>{body}</{main}>{FOOTER}</body></html>"
    )


COLUMNS = (
    ("Time off", "30 days of paid holiday, plus your birthday."),
    ("Family", "New parents get 20 weeks of leave at full pay."),
    ("Health", "Private health insurance for you and your partner."),
    ("Learning", "A budget of 2,000 euros a year for courses and books."),
)
NESTED = (
    ("Engineering", "Senior Rust Developer", ("Own the billing service from end to end", "Mentor two junior developers", "Join the on-call rota every sixth week")),
    ("Design", "Product Designer", ("Run usability tests every fortnight", "Keep the design system up to date", "Work with three product teams")),
)  # fmt: skip
PERKS = (
    ("Pension", "6 % of salary", "All staff"),
    ("Meal card", "8 euros a day", "All staff in Ghent"),
    ("Sabbatical", "3 months after 5 years", "Permanent staff"),
    ("Bicycle", "Leased, fully paid", "Everyone within 40 km"),
)
TERMS = (
    ("Probation", "Three months, with two weeks of notice on either side."),
    ("Working hours", "38 hours a week, core time from ten to three."),
    ("Home office", "Up to three days a week, more by agreement."),
)
FAQ = (
    ("How long does hiring take?", "Usually three weeks from your application to an offer."),
    ("Will I get feedback?", "Yes, everybody who had an interview gets a call within five days."),
    ("Can I work from abroad?", "For up to 30 days a year within the European Union."),
)


def pages() -> list[Hard]:
    """The hard pages, each with its truth."""
    columns = "".join(
        f'<div class="icon-column"><div class="icon-column__header"><h3>{name}</h3></div>'
        f'<div class="icon-column__footer"><p>{text}</p></div></div>'
        for name, text in COLUMNS
    )
    nested = "".join(
        f'<div class="accordion"><button aria-expanded="false" aria-controls="d{n}">{team}</button><div id="d{n}" hidden>'
        f'<div class="accordion"><button aria-expanded="false" aria-controls="j{n}">{job}</button><div id="j{n}" hidden><ul>'
        + "".join(f"<li>{one}</li>" for one in bullets)
        + "</ul></div></div></div></div>"
        for n, (team, job, bullets) in enumerate(NESTED)
    )
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in PERKS)
    table = f"<table><thead><tr><th>Perk</th><th>What</th><th>Who</th></tr></thead><tbody>{rows}</tbody></table>"
    terms = "<dl>" + "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in TERMS) + "</dl>"
    details = "".join(f"<details><summary>{asked}</summary><p>{answer}</p></details>" for asked, answer in FAQ)
    cards = "".join(
        f'<li class="card"><a href="/jobs/{n}"><span class="card__title">{job}</span><span class="card__footer">{team}</span></a></li>'
        for n, (team, job, _) in enumerate(NESTED)
    )
    footered = "".join(f'<div class="section-footer-cta"><p>{text}</p></div>' for _, text in COLUMNS)
    return [
        Hard("icon columns", whole("Benefits", f"<h1>Benefits</h1>{columns}", "div"),
             "Benefits " + " ".join(f"{a} {b}" for a, b in COLUMNS), tuple(b for _, b in COLUMNS)),
        Hard("nested accordions", whole("Jobs", f"<h1>Open jobs</h1>{nested}"),
             "Open jobs " + " ".join(f"{a} {b} {' '.join(c)}" for a, b, c in NESTED), tuple(one for _, _, c in NESTED for one in c)),
        Hard("table of perks", whole("Perks", f"<h1>Perks</h1><p>What we offer, and to whom.</p>{table}"),
             "Perks What we offer, and to whom. Perk What Who " + " ".join(" ".join(row) for row in PERKS),
             tuple(cell for row in PERKS for cell in row)),
        Hard("definition list", whole("Conditions", f"<h1>Conditions</h1>{terms}", "div"),
             "Conditions " + " ".join(f"{a} {b}" for a, b in TERMS), tuple(b for _, b in TERMS)),
        Hard("details", whole("Questions", f"<h1>Questions</h1>{details}"),
             "Questions " + " ".join(f"{a} {b}" for a, b in FAQ), tuple(b for _, b in FAQ)),
        Hard("list of jobs as cards", whole("Jobs", f"<h1>Jobs</h1><p>We have two openings.</p><ul>{cards}</ul>"),
             "Jobs We have two openings. " + " ".join(f"{job} {team}" for team, job, _ in NESTED), tuple(job for _, job, _ in NESTED)),
        Hard("sections that are called footers", whole("Life here", f"<h1>Life here</h1>{footered}", "div"),
             "Life here " + " ".join(text for _, text in COLUMNS), tuple(text for _, text in COLUMNS)),
    ]  # fmt: skip
