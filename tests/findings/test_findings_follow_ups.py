"""Follow-ups repeat what the evidence says and nothing else."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from askworthy.aspects.taxonomy import ASPECT_OF
from askworthy.findings import follow_ups, matters
from askworthy.findings.coverage import cover
from askworthy.findings.follow_ups import add_follow_ups
from askworthy.findings.frames import PENDING, after
from askworthy.findings.indirect import clause, in_third_person
from askworthy.findings.matters import broad_matters, deeper_questions, fine_matters, topic_questions
from askworthy.findings.naming import speakable, subject
from askworthy.findings.openings import openings
from askworthy.findings.own_topic import on_own_topic
from askworthy.findings.patterns import fitting, patterns
from askworthy.findings.revoice import acknowledge, is_pending, is_state, is_whole, retell, sayable
from askworthy.findings.suggestion import bank
from askworthy.inference.encoder import load_encoder
from askworthy.inference.pair_reader import PairReader
from askworthy.records import Evidence, Finding, Form, Label, Question

BANK = Path(__file__).parents[2] / "corpus" / "bank"


def evidence(quote, probability=0.9, title="Leave"):
    return Evidence("a.md", quote, 0, len(quote), probability, title=title)


ASKED = "How many days of holiday do you give each year?"


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(threads=1)


@pytest.fixture(scope="module")
def reader():
    return PairReader(threads=1)


def all_open(texts):
    return ["open"] * len(texts)


def finding(
    verdict="published", parts=(ASKED,), quote="We give 27 days of holiday a year.", probability=0.9, title="Leave"
):
    form = Form("wh", parts, False, False)
    label = Label("organisation", 0.9, "rewards", 0.9)
    return Finding(
        Question(" ".join(parts), id="q1"), label, form, verdict, 0.9, (evidence(quote, probability, title),)
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We give 27 days of holiday a year.", "you give 27 days of holiday a year"),
        ("Our leads never see what you earn.", None),
        ("Our trust has held 61 % of our shares since 2021.", "your trust has held 61 % of your shares since 2021"),
        ("They meet in Leeds every single month.", None),
        ("We sell to the US and to our friends.", None),
        ("It was paid for out of earnings.", None),
        ("We moved here in 2019 with the team.", None),
        ("We help people; they help us back.", None),
        ("We’ve run an academy since 2019, and it’s free.", None),
        ("We’ve run an academy of our own since 2019.", "you've run an academy of your own since 2019"),
        ("Every job ad names its salary, please refer to that.", None),
        ("Employees choose their own hours.", "employees choose their own hours"),
        ("The board and the staff choose their own hours.", None),
        ("Each clinic has two leads (a vet and a manager).", "each clinic has two leads (a vet and a manager)"),
    ],
)
def test_only_what_is_safe_is_retold(said, told):
    assert retell(said) == told


def test_what_is_not_retold_is_quoted_as_it_stands():
    said = "Tell your lead three weeks before you leave."
    assert acknowledge(evidence(said), said) == f"On your page “Leave”, I read: “{said}”"


def test_a_sentence_that_is_too_long_to_be_read_out_is_named_by_its_page(encoder, reader):
    long = "We give each year 27 days of holiday (28 from the fifth year, 30 from the tenth) to all who work full time."
    assert acknowledge(evidence(long), long) is None
    [one] = add_follow_ups([finding(quote=long)], all_open, encoder, reader)
    assert all(text.startswith("I have read your page “Leave”. ") for text in one.follow_ups)


def test_a_long_sentence_is_cut_where_a_semicolon_ends_a_statement():
    said = "Everyone is free on Fridays; " + "but not " * 30 + "in May."
    assert sayable(said) == ["Everyone is free on Fridays …"]


def test_a_title_is_not_taken_for_a_statement():
    assert sayable("Best practices and guidelines for writing code") == []


def test_what_is_said_to_customers_is_not_repeated_as_said_to_staff(encoder):
    row, heading = finding(), "Leave > Days of holiday"
    for told, said in ((heading, True), (f"For customers > {heading}", False)):
        told_so = replace(row, evidence=(replace(row.evidence[0], heading=told),))
        assert bool(openings([told_so], encoder)[0]) is said


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("The salary is £52,000 a year.", True),
        ("Our system dates from 2008.", True),
        ("Handover: at eight, and again at six.", True),
        ("Managers run their own home.", False),
        ("Managers will run their own home.", True),
        ("We release every Friday.", True),
    ],
)
def test_what_is_so_is_told_from_what_people_do(said, state):
    assert is_state(said) is state


def test_a_state_is_not_asked_for_its_last_time():
    kinds = {one.asks for one in fitting(finding(), state=True)}
    assert kinds and kinds.isdisjoint({"example", "conflict", "rule"})


def test_what_cannot_be_said_aloud_or_alone_is_not_quoted():
    assert sayable("Benefit: Holiday | What it is: 27 days") == []
    assert sayable("They meet every second week in Leeds.") == []
    assert sayable("What I do is mostly plan the routes.") == []
    assert sayable("Courses and books: within the team's budget") == ["Courses and books: within the team's budget"]


def test_a_follow_up_that_is_published_itself_is_dropped(encoder, reader):
    [kept] = add_follow_ups([finding()], all_open, encoder, reader)
    assert len(kept.follow_ups) == 2
    assert all(one.startswith("I read that you give 27 days of holiday a year. ") for one in kept.follow_ups)
    [none] = add_follow_ups([finding()], lambda texts: ["published"] * len(texts), encoder, reader)
    assert none.follow_ups == ()


def test_an_open_question_gets_none(encoder, reader):
    [same] = add_follow_ups([finding("open")], all_open, encoder, reader)
    assert same.follow_ups == ()


@pytest.mark.parametrize(
    ("quote", "probability"),
    [
        ("We give 27 days of holiday a year.", 0.2),
        ("Holiday snaps of our first days in a shed beside the canal:", 0.9),
        ("We have not set the days of holiday for next year.", 0.9),
        ("Days of holiday, as everywhere.", 0.9),
    ],
)
def test_without_a_sure_sentence_nothing_is_cited_and_the_question_is_not_repeated(encoder, quote, probability, reader):
    [one] = add_follow_ups([finding(quote=quote, probability=probability)], all_open, encoder, reader)
    assert len(one.follow_ups) == 2
    assert all("I read" not in text and "27" not in text and ASKED not in text for text in one.follow_ups)


@pytest.mark.parametrize(
    ("asked", "quote"),
    [
        ("How many days of holiday do your pilots get?", "Cabin crew get 27 days of holiday a year."),
        ("How many days of holiday do people in Japan get?", "All staff in Bristol get 27 days of holiday a year."),
    ],
)
def test_what_is_said_of_another_group_or_place_is_not_cited(encoder, asked, quote, reader):
    [one] = add_follow_ups([finding(parts=(asked,), quote=quote)], all_open, encoder, reader)
    assert one.follow_ups and not any("I read" in text for text in one.follow_ups)


def test_after_a_mere_plan_nobody_is_asked_for_practice(encoder, reader):
    [one] = add_follow_ups(
        [finding(quote="Another two days of holiday each year are planned for all staff.")], all_open, encoder, reader
    )
    assert all("I read" in text and text.endswith(PENDING) for text in one.follow_ups)


@pytest.mark.parametrize(
    ("question", "written_for"),
    [
        ("Why do people leave here?", "reasons people leave"),
        ("Is it possible to take a sabbatical?", "sabbatical"),
        ("How frequently would it be my turn to be on call?", "on-call frequency"),
        ("What is your e-mail address?", None),
    ],
)
def test_what_was_written_for_a_matter_is_found_by_what_is_asked(encoder, reader, question, written_for):
    [found] = deeper_questions([question], encoder, reader)
    wanted = [set(one.questions) for one in fine_matters() if one.name == written_for]
    assert any(set(found) & some for some in wanted) if wanted else not found


def test_a_broad_matter_is_told_by_its_words(encoder, reader):
    [found] = deeper_questions(["Are the visas of the jugglers' dogs in order?"], encoder, reader)
    of_visas = {one for matter in broad_matters() if matter.name == "visas" for one in matter.questions}
    assert set(found) <= of_visas


def test_nothing_is_found_for_no_questions(encoder, reader):
    assert deeper_questions([], encoder, reader) == []


def test_every_matter_and_topic_has_questions_that_can_be_said_alone():
    assert set(topic_questions()) == set(ASPECT_OF)
    some = [one for matter in (*fine_matters(), *broad_matters()) for one in matter.questions]
    some += [one for questions in topic_questions().values() for one in questions]
    assert not [one for one in some if not re.fullmatch(r"[A-Z][\w ,;:'-]+\?|Tell me about [\w ,;'-]+\.", one)]
    assert not [one for one in some if re.search(r"\b(?:these|those(?! who| above| of)|such(?! as))\b", one)]
    assert all(len(set(one.questions)) > 1 for one in (*fine_matters(), *broad_matters()))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("How do you track clock towers?",), "how you track clock towers"),
        (("What is your lantern ritual?",), "your lantern ritual"),
        (("How are lamplighters chosen?",), "how lamplighters are chosen"),
    ],
)
def test_a_subject_on_no_matter_is_named_only_where_it_is_clean(parts, said):
    row = finding(parts=parts, quote="Lamplighters who track clock towers are chosen for the lantern ritual.")
    assert all(said in one for one in on_own_topic(row)[:3])


def test_nothing_is_said_to_be_there_that_only_the_question_speaks_of():
    asked = "How do you track clock towers?"
    unread = on_own_topic(finding(parts=(asked,), quote="We have ladders."))
    assert all(
        one.startswith("I was going to ask how you track clock towers, and have read your page “Leave”.")
        for one in unread[:3]
    )


def test_a_section_is_named_where_its_heading_is_on_the_matter(encoder, reader):
    quote = "As it says in the handbook."  # nothing that could be cited
    on = replace(evidence(quote, title="Benefits"), heading="Benefits > 3.1 Holidays")
    off = replace(evidence(quote, title="Benefits"), heading="Benefits > 3.2 Parking")
    row = finding(parts=("How are holidays handled?",))
    [one] = add_follow_ups([replace(row, evidence=(on,))], all_open, encoder, reader)
    assert all(
        text.startswith("I have read the section “Holidays” on your page “Benefits”. ") for text in one.follow_ups
    )
    [one] = add_follow_ups([replace(row, evidence=(off,))], all_open, encoder, reader)
    assert one.follow_ups and not any("I have read" in text for text in one.follow_ups)


@pytest.mark.parametrize(
    "name", ["how often I should row", "lanterns / lamps", "why you row", "lamps incl", "N3 lamps"]
)
def test_what_is_not_clean_is_not_said(name):
    assert not speakable(name)


def test_what_was_taken_for_no_topic_is_still_asked_about_in_its_own_words():
    row = finding(parts=("What is the rule on babies in the nursery?",))
    row = replace(row, label=replace(row.label, topic="other"))
    assert "rule on babies" in on_own_topic(row)[0]


def test_marks_of_speech_inside_a_quoted_question_are_single():
    row = finding(parts=("I like snow.",))
    row = replace(row, question=replace(row.question, text='Is a "snow room" there for warm boots?'))
    assert "“Is a 'snow room' there for warm boots" in on_own_topic(row)[0]


@pytest.mark.parametrize(
    ("said", "pending"),
    [("A staff mentoring programme is on the work plan.", True), ("We plan our weeks on Monday.", False)],
)
def test_plans_are_told_from_facts(said, pending):
    assert is_pending(said) is pending


def test_a_sentence_that_points_elsewhere_is_not_whole():
    assert is_whole("Everyone here gets two days for courses.")
    assert not is_whole("Leave may be granted in those situations as well.")
    assert not is_whole("Weeks two to four.")


def test_spare_follow_ups_are_checked_only_where_one_was_dropped(encoder, reader):
    asked = []

    def first_is_published(texts):
        asked.append(len(texts))
        return ["published" if len(asked) == 1 and place == 0 else "open" for place, _ in enumerate(texts)]

    [one] = add_follow_ups([finding()], first_is_published, encoder, reader)
    assert len(one.follow_ups) == 2
    assert asked == [2, 1]


def test_the_missing_part_is_asked_for_only_where_no_quote_touches_it(encoder, reader):
    parts = (ASKED, "who approves longer absences?")
    [one] = add_follow_ups([finding("partly", parts)], all_open, encoder, reader)
    assert one.follow_ups[0].endswith("What I would still like to know: who approves longer absences?")
    touched = finding("partly", parts, quote="We give 27 days of holiday, and a director approves absences.")
    [other] = add_follow_ups([touched], all_open, encoder, reader)
    assert not any("still like to know" in text for text in other.follow_ups)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is your parental leave policy", "your parental leave policy"),
        ("How is on-call organised in the summer", "on-call"),
        ("Overtime pay", "overtime pay"),
        ("Salary range for the engineer", None),
        ("What is the best way to grow here", None),
        ("What is the starting salary for a baker", "the starting salary for a baker"),
        ("How does product work with engineers", None),
        ("Do you have a target salary range", None),
        ("What salary range do you offer", None),
        ("What benefits do you offer", "benefits"),
        ("How is the work organised", None),
        ("How do designers review each other's work", None),
    ],
)
def test_the_subject_is_named_only_where_it_is_surely_a_name(question, name):
    assert subject(question) == name


@pytest.mark.parametrize(
    ("question", "turned"),
    [
        ("Who would I report to", "who I would report to"),
        ("How fast do code reviews happen", "how fast code reviews happen"),
        ("Do you use AI on manuscripts", "whether you use AI on manuscripts"),
        ("May I change a plan alone", "whether I may change a plan alone"),
        ("How does the team plan its work", "how the team plans its work"),
        ("How does the team plan work", "how the team plan works"),
        ("What would I do first", "what I would do first"),
        ("How would you describe your culture", None),
        ("How do you decide on rooms - could they grow", "how you decide on rooms"),
        ("How are disagreements between chefs settled", "how disagreements between chefs are settled"),
        ("How are newly hired nurses trained", "how newly hired nurses are trained"),
        ("How is it decided that a boat sails", None),
        ("Where are the newly", None),
        ("How do you feel about unions", None),
        ("How's a rota drawn up", "how a rota is drawn up"),
        ("How does a book get approved for print", "how a book gets approved for print"),
        ("How does the chef let people know", "how the chef lets people know"),
        ("When does a knot go through", "when a knot goes through"),
        ("How long does the full set of tests run", "how long the full set of tests runs"),
        ("How often would my boss sit down with me", "how often my boss would sit down with me"),
        ("What does a review look like here", "what a review looks like here"),
        ("What are the hours like in summer", "what the hours are like in summer"),
        ("What's pay been like", None),
        ("What do you not like", None),
        ("Who are the selectors, and may I join them", "who the selectors are"),
        ("Who picks the season", "who picks the season"),
        ("How are marks agreed, and who is told?", "how marks are agreed"),
        ("Could you tell me how the rota is made", "how the rota is made"),
        ("Could you tell me how is the rota made", None),
        ("I was wondering who decides on menus", "who decides on menus"),
        ("How does one apply", "how one applies"),
        ("What kind of equity would a new hire get", "what kind of equity a new hire would get"),
        ("How does a baker apply for leave", "how a baker applies for leave"),
        ("Who pays, and what does the firm pay for", None),
        ("How much does the firm pay towards travel", "how much the firm pays towards travel"),
        ("I would like to know how rooms are shared", "how rooms are shared"),
        ("Is there a canteen", "whether there is a canteen"),
        ("What support is there after a serious incident", "what support there is after a serious incident"),
        ("How long am I expected to stay", "how long a newcomer is expected to stay"),
        ("Am I expected to answer my messages at night", None),
        ("What would my role at the company be", "what my role at the company would be"),
        (
            "What opportunities for growth will your team provide",
            "what opportunities for growth your team will provide",
        ),
        ("What resources does the company have for new hires", "what resources the company has for new hires"),
        ("Who has the last say on a cover", "who has the last say on a cover"),
        ("How is a carer's pay decided each year", "how a carer's pay is decided each year"),
        ("How is the pay", "how the pay is"),
        ("Is it possible to work from abroad", "whether it is possible to work from abroad"),
        ("Is remote work possible", "whether remote work is possible"),
        ("Are parking spaces available at the office", "whether parking spaces are available at the office"),
        ("Are seats assigned", "whether seats are assigned"),
        ("Does the firm pay for meals", "whether the firm pays for meals"),
        ("Is the firm going to be sold", None),
        ("How does a day look like in the mill", None),
        ("Do you personally feel that pay is fair", None),
        ("Is it cold", None),
        ("How are the goals picked and do ordinary staff have a say", "how the goals are picked"),
    ],
)
def test_a_question_becomes_a_clause_only_by_moving_words(question, turned):
    assert clause(question) == turned


@pytest.mark.parametrize(
    ("said", "of_anybody"),
    [
        ("how often I would sit with my boss", "how often a newcomer would sit with their boss"),
        ("how my appraisal would work", "how a newcomer's appraisal would work"),
        ("who would tell me about my rota", "who would tell a newcomer about their rota"),
        ("what I would do if I could", "what a newcomer would do if they could"),
        ("how long I have to stay", "how long I have to stay"),
        ("what I've to do", "what I've to do"),
        ("how you review code", "how you review code"),
    ],
)
def test_what_is_asked_for_oneself_is_said_of_a_newcomer(said, of_anybody):
    assert in_third_person(said) == of_anybody


def test_a_question_that_is_no_clause_is_quoted():
    asked = on_own_topic(finding(parts=("What, in sum, is cold?",)))[:2]
    lead = "I was going to ask “What, in sum, is cold?”, and have read your page “Leave”."
    assert all(one.startswith(lead) for one in asked)


@pytest.mark.parametrize(
    ("text", "fits", "does_not"),
    [
        ("Why, then, do folk leave?", "your colleagues", "find hardest"),
        ("Did folk, say, leave?", "the story behind", "that changed"),
        ("I live in Ghent, so could I row to work?", "Who decides that", "find hardest"),
        ("How, then, do folk leave?", "find hardest", "that changed"),
        ("When, then, do folk leave?", "that changed", "find hardest"),
        ("Could I, say, row to work?", "Who decides that", "find hardest"),
        ("Could I, say, row to work?", "within the next year", "find hardest"),
        ("How is the orchestra organised?", "that changed", "find hardest"),
        ("How is snow cleared?", "that changed", "find hardest"),
        ("If two foxes fall out, how is it settled?", "up to you", "that changed"),
        ("How many, say, foxes have you?", "depend on", "feel about"),
        ("What would success as a baker look like?", "your colleagues", "find hardest"),
        ("Describe the ovens", "find hardest", "your colleagues"),
        ("How much sugar did you use last year?", "the story behind", "find hardest"),
        ("Is there a palace coming?", "the thinking behind", "find hardest"),
        ("how the snow will be cleared", "that changed", "find hardest"),
    ],
)
def test_what_is_asked_about_a_question_fits_its_kind(text, fits, does_not):
    said = after(text, "process")
    assert any(fits in one for one in said) and not any(does_not in one for one in said)


def test_of_what_was_not_read_nothing_is_asked_that_takes_it_for_granted():
    row = finding(parts=("How do you track clock towers?",), quote="We have ladders.")
    said = [one for one in on_own_topic(row) if "clock towers" in one]
    assert len(said) == 3 and not any("hardest" in one or "up to you" in one for one in said)


def test_what_it_is_asked_whether_there_is_is_no_name_for_what_is_there():
    asked = "Do you have a snow plan?"
    own = on_own_topic(finding("partly", parts=(asked,), quote="A snow plan is being written."))
    assert own[0].startswith("Do you have a snow plan? And ") and not any("about a snow plan" in one for one in own)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "Please could you describe how the snow office is organised?",
            "going to ask how the snow office is organised",
        ),
        ("Could you tell me which unions sit at the table?", "going to ask which unions sit at the table"),
        ("Could you kindly tell me which unions sit at the table?", "going to ask which unions sit at the table"),
        ("Could you tell me what the union wants?", "going to ask what the union wants"),
        (
            "Can you tell me about a plan that went wrong, and how?",
            "going to ask you to tell me about a plan that went wrong",
        ),
        ("Describe the ovens.", "going to ask you to describe the ovens"),
    ],
)
def test_a_request_is_said_as_one(asked, said):
    own = on_own_topic(finding("partly", parts=(asked,)))[:2]
    assert all(re.match(rf"I was {said}, and have read", one) for one in own)


def test_what_leads_up_to_a_question_and_asks_nothing_is_not_repeated():
    row = finding(parts=("I saw the snow. When will it melt?",))
    assert not any("snow" in one for one in on_own_topic(row))


@pytest.mark.parametrize(
    "asked",
    [
        "Can you share snow across teams?",
        "Would you give new starters a sledge?",
        "Would you describe the snow as deep?",
        "Can you walk to work from the lift?",
    ],
)
def test_a_yes_or_no_is_no_request(asked):
    own = on_own_topic(finding("partly", parts=(asked,)))[:2]
    assert all(asked.strip("?") in one for one in own)


def test_any_apostrophe_is_one():
    said = [on_own_topic(finding("partly", parts=(f"I{mark}m wondering how snow is made.",))) for mark in "'’"]
    assert {*said[0][:3]} == {*said[1][:3]} and "how snow is made" in said[0][0]


def test_where_a_change_was_read_nobody_is_asked_what_has_changed():
    asked = "Which hours does everybody work in summer?"
    told = finding(parts=(asked,), quote="Everybody has worked shorter hours in summer since 2024.")
    plain = finding(parts=(asked,), quote="Everybody works shorter hours in summer.")
    own = [[one for one in on_own_topic(row) if "hours" in one] for row in (told, plain)]
    assert own[0] and not any("changed" in one for one in own[0])
    assert any("changed" in one for one in own[1])


def test_what_was_is_not_asked_about_as_if_it_could_be_changed():
    row = finding(parts=("Were staff asked when the plan was written?",), quote="Staff were asked about the plan.")
    assert not any("up to you alone" in one for one in on_own_topic(row) if "asked" in one)


def test_what_was_written_for_its_matter_comes_before_its_own_words(encoder, reader, monkeypatch):
    written = ["Who would you ask for help?", "How do people here feel about that?"]
    monkeypatch.setattr(follow_ups, "deeper_questions", lambda texts, *_: [written for _ in texts])
    [one] = add_follow_ups([finding(quote="Tea is free.")], all_open, encoder, reader)
    assert list(one.follow_ups) == written


def test_of_what_was_written_the_plainest_is_asked_first_and_what_is_far_from_what_was_read_never(
    encoder, reader, monkeypatch
):
    strange = "How does a sprint, a standby rota or a subsidiary get on?"
    written = [strange, "How do those on standby get on?", "How do people here get on?"]
    monkeypatch.setattr(follow_ups, "deeper_questions", lambda texts, *_: [written for _ in texts])
    [one] = add_follow_ups([finding(quote="Tea is free.")], all_open, encoder, reader)
    assert list(one.follow_ups) == [written[2], written[1]]


def test_what_is_left_of_a_question_that_was_read_in_part_is_asked_and_more():
    own = on_own_topic(
        finding("partly", parts=("Which hats may a diver wear, if any?",), quote="A diver may wear hats.")
    )
    assert own[0].startswith("Which hats may a diver wear, if any? And ")
    own = on_own_topic(finding("partly", parts=("Which hats may a diver wear, if any?",), quote="Tea is free."))
    assert own[0].startswith("I was going to ask “Which hats may a diver wear, if any?”, and")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("I like snow. Are boots paid for? And gloves?", "Are boots paid for"),
        ("Snow falls at noon. When will it melt?", "Snow falls at noon. When will it melt"),
        ("Is this job new? If so, why did people leave?", "Is this job new"),
        ("Is it new? If so, why did people leave?", "Is it new? If so, why did people leave"),
        ("Is the crew, e.g. the cooks, well fed?", "Is the crew, e.g. the cooks, well fed"),
        ("I'd lead two crews: who would be in them?", "Who would be in them"),
        ("And is the crew big, and who leads it?", "Is the crew big"),
        ("If the crew is big, who leads it?", "If the crew is big, who leads it"),
        ("How do crews mix: who sails with whom?", "How do crews mix"),
        ("R&R - how often, on the ice?", "R&R - how often, on the ice"),
        ("As soon as it snows, who shovels and who pays?", "As soon as it snows, who shovels"),
    ],
)
def test_of_several_sentences_the_first_that_can_be_asked_alone_is_quoted(text, quoted):
    row = finding(parts=("I like snow.",))
    row = replace(row, question=replace(row.question, text=text))
    said = on_own_topic(row)[0]
    assert f"“{quoted}?”" in said or re.search(rf"(?:looked up|going to ask) {clause(quoted)}, and", said)


def test_a_figure_is_asked_about_as_a_figure():
    own = on_own_topic(finding(parts=("How many days do you row to work?",), quote="We row to work."))
    said = "I have read on your page “Leave” how many days you row to work."
    assert f"{said} What does that depend on?" in own


def test_what_only_those_who_hire_can_tell_is_asked_about_the_last_time_they_did():
    row = finding(parts=("What days do you row to work?",), quote="We row to work.")
    hiring = replace(row, label=replace(row.label, aspect="role", topic="candidacy"))
    assert any("since you last hired somebody" in one for one in on_own_topic(hiring)[:3])
    assert not any("since you last filled" in one for one in on_own_topic(row))


def test_what_is_possible_is_asked_about_in_its_own_words():
    asked = on_own_topic(finding(parts=("Is it possible to row to work?",)))
    assert any("whether it is possible to row to work" in one for one in asked[:2])


def test_a_sentence_that_leans_on_the_one_before_is_quoted_with_it():
    whole = Question("Two rowers fall out over a boat. How do you handle it?", id="q1")
    row = replace(finding(parts=("How do you handle it?",)), question=whole)
    assert any("“Two rowers fall out over a boat. How do you handle it" in one for one in on_own_topic(row))


def test_a_yes_or_no_is_asked_about_whatever_the_answer_is():
    assert all(" whether you row to work" in one for one in on_own_topic(finding(parts=("Do you row to work?",)))[:2])


def test_what_leans_on_something_said_before_is_not_said_alone():
    row = finding(parts=("How do you handle that?",))
    quoted = "“How do you handle that"
    assert not any("you handle that" in one.replace(quoted, "") for one in on_own_topic(row))
    whole = Question("I live in Ghent, so could I work from there?", id="q1")
    row = replace(finding(parts=("Could I work from there?",)), question=whole)
    asked = on_own_topic(row)
    assert not any("whether a newcomer could work from there" in one for one in asked)
    assert "“I live in Ghent, so could I work from there?”" in asked[0]
    row = finding(parts=("How do two crews settle it?",), quote="Two crews settle it with oars.")
    assert any("how two crews settle it" in one for one in on_own_topic(row))


def test_every_topic_has_twelve_different_patterns():
    assert set(patterns()) == set(ASPECT_OF)
    assert all(len({one.text for one in some}) >= 12 for some in patterns().values())
    assert all(one.text.endswith("?") for some in patterns().values() for one in some)


def test_a_topic_with_only_published_questions_is_a_gap():
    assert "rewards" in cover([finding("published")]).missing_topics
    assert "rewards" not in cover([finding("open")]).missing_topics


def test_the_bank_is_what_its_card_says():
    found = hashlib.sha256((BANK / "bank.jsonl").read_bytes()).hexdigest()
    assert re.search(r"sha256: (\w+)", (BANK / "CARD.md").read_text(encoding="utf-8"))[1] == found
    assert len({one.question for one in bank()}) >= 300


def test_the_kept_vectors_of_typical_questions_are_todays(encoder):
    """Make them with `python -m askworthy.training.matters` after a change of the matters or of the encoder."""
    with np.load(Path(matters.__file__).with_name(matters.VECTORS), allow_pickle=False) as kept:
        assert str(kept["made_from"]) == matters.made_from(matters.typical_questions(), encoder)
        some = matters.typical_questions()[:20]
        assert kept["vectors"][:20] / matters.STEP == pytest.approx(encoder.encode(some), abs=0.006)
