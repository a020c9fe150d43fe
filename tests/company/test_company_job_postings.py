import json
import time

import pytest

from askworthy.company.extract.html import read

POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Welder",
    "description": "<p>Shifts run from 7.30 to 17.00.</p><ul><li>You weld.</li></ul>",
    "jobBenefits": ["27 days of holiday", "A bike"],
    "employmentType": "FULL_TIME",
    "hiringOrganization": {"name": "Acme"},
    "jobLocation": {"address": {"addressLocality": "Pell", "addressCountry": {"name": "GB"}}},
    "baseSalary": {"currency": "GBP", "value": {"minValue": 29400, "maxValue": "33000", "unitText": "YEAR"}},
    "datePosted": "2026-03-02T10:00",
    "validThrough": "2026-04-12",
}


def text(script, body="<h1>Welder</h1>"):
    return read(f'<script type="application/ld+json">{script}</script>{body}'.encode(), "a.html").text


def test_a_posting_becomes_headed_text():
    assert text(json.dumps(POSTING)).split("\n") == [
        *("Welder", "", "Job description", "Shifts run from 7.30 to 17.00.", "You weld."),
        *("", "Benefits", "27 days of holiday", "A bike"),
        *("", "Job details", "Employer: Acme", "Employment type: full time", "Location: Pell, GB"),
        *("Salary: GBP 29,400 to 33,000 per year", "Posted on: 2026-03-02", "Apply by: 2026-04-12"),
    ]


def test_what_the_page_says_itself_is_not_said_twice():
    found = text(json.dumps(POSTING), "<h1>Welder</h1><p>Shifts run from 7.30 to 17.00.</p>")
    assert found.count("7.30") == 1
    assert "You weld." in found


@pytest.mark.parametrize(
    "broken",
    [
        json.dumps(POSTING)[:-1] + ",}",
        json.dumps(POSTING).replace("You weld", "You\nweld"),
        f"//<![CDATA[\n{json.dumps(POSTING)}\n//]]>",
        f"<!-- {json.dumps(POSTING)} -->",
        json.dumps({"@graph": [{"@type": "WebPage"}, POSTING]}),
        json.dumps([[POSTING]]),
        json.dumps(POSTING) + ";",
        json.dumps(POSTING).replace('"', "&quot;"),
        json.dumps({**POSTING, "description": "&lt;p&gt;Shifts run from 7.30 to 17.00.&lt;/p&gt; You weld."}),
        json.dumps(POSTING).replace('"employmentType": ', '"employmentType" '),
        json.dumps({**POSTING, "@type": ["Thing", "JobPosting"]}),
    ],
)
def test_what_was_meant_to_be_json_is_read(broken):
    found = text(broken)
    assert "Shifts run from 7.30 to 17.00." in found
    assert "<p>" not in found


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "[" * 100_000,
        '"' * 100_001,
        "{" * 50_000,
        '{"@type":"JobPosting","description":"' + "\\" * 100_001,
        "null",
    ],
)
def test_hopeless_scripts_are_passed_over(script):
    assert text(script) == "Welder"


@pytest.mark.parametrize(
    "script",
    [
        '{"a": "' + r"\"" * 450_000,
        "\n" * 900_000 + "{",
        "-->" + " " * 900_000 + "x",
        "<!--" * 200_000,
    ],
    ids=["quotes", "lines", "spaces", "comments"],
)
def test_a_megabyte_of_hopeless_script_takes_seconds(script):
    began = time.monotonic()
    assert text(script) == "Welder"
    assert time.monotonic() - began < 30


def test_a_script_that_is_very_long_is_read_and_not_mended():
    long = json.dumps({**POSTING, "identifier": "x" * 1_000_000})
    assert "You weld." in text(long)
    assert "You weld." not in text(long[:-1] + ",}")


def test_a_number_of_thousands_of_digits_stands_for_no_character():
    posting = {
        **POSTING,
        "description": f"&lt;p&gt;You weld.&#{'9' * 5_000};",
        "hiringOrganization": f"A&#{'9' * 5_000}",
    }
    assert "You weld." in text(json.dumps(posting))
    assert "You weld." in text(json.dumps(posting).replace('"', "&quot;"))


@pytest.mark.parametrize("value", [None, 5, [], {}, [[]], {"value": []}, "x", [{"address": 5}], True])
def test_values_of_the_wrong_shape_do_no_harm(value):
    posting = {"@type": "JobPosting", "description": "You weld."} | {
        key: value for key in POSTING if key not in ("@type", "description")
    }
    assert "You weld." in text(json.dumps(posting))


def test_a_posting_of_many_paragraphs_on_a_long_page_takes_seconds_and_loses_none(monkeypatch):
    monkeypatch.setattr("askworthy.company.extract.said.MAX_SEARCHED", 10_000_000)
    posting = {"@type": "JobPosting", "description": "".join(f"<p>zq{number}</p>" for number in range(20_000))}
    script = f"<script type='application/ld+json'>{json.dumps(posting)}</script>"
    page = f"<p>{'many words of text. ' * 100_000}</p>{script}"
    began = time.monotonic()
    assert read(page.encode(), "a.html").text.count("zq") == 20_000
    assert time.monotonic() - began < 30
