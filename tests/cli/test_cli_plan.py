"""`askworthy plan` makes an agenda from a list and a company."""

from __future__ import annotations

import json


def test_a_plan_fits_the_time_and_names_what_it_leaves_out(run, questions, company_folder):
    ran = run("plan", questions, "--company", company_folder, "--minutes", "6", "--for", "manager", "-f", "json")
    assert (ran.code, ran.err) == (0, "")
    made = json.loads(ran.out)
    assert made["available_minutes"] == 6
    assert 0 < made["minutes"] <= 6
    assert made["missing_aspects"] == []
    asked = [one["question"] for one in made["agenda"]]
    assert "How many weeks of parental leave do new parents take?" not in asked
    assert "What would my first project be?" in asked


def test_gaps_are_filled_from_the_bank(call, questions, company_folder):
    made = json.loads(call("plan", questions, "-c", company_folder, "-m", "60", "-f", "json", "-q").out)
    suggested = [one for one in made["agenda"] if one["kind"] == "suggested"]
    assert suggested
    assert all("fills a gap" in one["reason"] for one in suggested)


def test_minutes_that_nobody_has_are_refused_before_any_work(call, company_folder):
    ran = call("plan", "no-such-list.md", "--company", company_folder, "--minutes", "0")
    assert ran.code == 2
    assert "1 to 240 were expected" in ran.err


def test_a_model_that_is_not_there_is_told(call, questions, company_folder, tmp_path):
    ran = call("plan", questions, "--company", company_folder, "--verdict", tmp_path / "none")
    assert ran.code == 2
    assert ran.err.startswith("askworthy: ")
