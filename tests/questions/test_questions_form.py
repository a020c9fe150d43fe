import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askworthy.questions.form import read_form

# question | kind | number of parts | flags: o asks for an opinion, i shows knowledge first
TABLE = """
Who signs off the safety checks on the crane?             | wh        | 1 |
How many horses does each groom look after?               | wh        | 1 |
At what age do pupils change classrooms?                  | wh        | 1 |
By when must the harvest be in?                           | wh        | 1 |
When does the night crew hand over?                       | wh        | 1 |
When a crew member falls ill, who steps in?               | wh        | 1 |
In a quiet month, how far does the van drive?             | wh        | 1 |
How about weekends on the ward?                           | wh        | 1 |
What's the dress code in the kitchen?                     | wh        | 1 |
how are tips shared                                       | wh        | 1 |
Do you pay for steel-toed boots?                          | yes_no    | 1 |
Don't the pilots rotate bases?                            | yes_no    | 1 |
Is the canteen open at night?                             | yes_no    | 1 |
Are lab coats washed for us?                              | yes_no    | 1 |
Any chance to work from the Porto office?                 | yes_no    | 1 |
If the boiler fails at night, do I drive out?             | yes_no    | 1 |
You close the nursery in August, right?                   | yes_no    | 1 |
Would I drive the gritter alone?                          | yes_no    | 1 |
Tell me about the archive's reading room.                 | statement | 1 |
Walk me through a delivery from dock to shelf             | statement | 1 |
I'd like to know how bookings reach the front desk.       | statement | 1 |
I’d love to hear more about the seed bank                 | statement | 1 |
Please describe the induction for bus drivers.            | statement | 1 |
Give an example of a grievance that was settled.          | statement | 1 |
I was wondering whether you pay overtime                  | yes_no    | 1 |
I wonder if the choir rehearses on site.                  | yes_no    | 1 |
Do you know if the clinic validates parking?              | yes_no    | 1 |
I'm curious how the brewery tests a batch.                | wh        | 1 |
Could you tell me how the rota is made?                   | wh        | 1 |
Can you describe the handover between shifts?             | wh        | 1 |
Would you mind explaining the bonus for scaffolders?      | wh        | 1 |
May I ask who grades the diamonds?                        | wh        | 1 |
Salary?                                                   | other     | 1 |
Parking for cyclists                                      | other     | 1 |
Do surgeons share an office? If so, how many to a room?   | yes_no    | 2 |
Do guards carry radios, and if not, how do they call?     | yes_no    | 2 |
How big is the orchard and who prunes it?                 | wh        | 2 |
What are your values and goals?                           | wh        | 1 |
Who bakes, who sells and who cleans?                      | wh        | 3 |
How old is the fleet, who mends it, and is it insured?    | wh        | 3 |
How much leave is there, and can unused days roll over?   | wh        | 2 |
Is the uniform free, or must trainees pay for it?         | yes_no    | 2 |
How often and for how long do you travel?                 | wh        | 1 |
How do you decide what is sown and who sows it?           | wh        | 1 |
Could your foreman step in and do your job?               | yes_no    | 1 |
Do you sand and varnish in the same hall?                 | yes_no    | 1 |
Which tools do you use? For example, lathes, or mills?    | wh        | 1 |
I have twins. Is part-time possible in the first year?    | yes_no    | 1 |
Thanks for the tour! How is the glass cut?                | wh        | 1 |
I noticed that you moved to Leeds. How did the crew cope? | wh        | 1 | i
I read that the port is growing, so who hires the pilots? | wh        | 1 | i
According to your report, thefts fell. What changed?      | wh        | 1 | i
Your website says trams run all night. Who drives them?   | wh        | 1 | i
On your careers page, you mention mentors. Who are they?  | wh        | 1 | i
The advert lists lambing. How many ewes would be mine?    | wh        | 1 | i
You advertise free meals; do night cooks get them too?    | yes_no    | 1 | i
I know you train guide dogs. Where do they sleep?         | wh        | 1 | i
I understand that tutors are paid by the hour. Why?       | wh        | 1 | i
What would I read in my first week?                       | wh        | 1 |
Can I see the workshop before I sign?                     | yes_no    | 1 |
What keeps you here?                                      | wh        | 1 | o
What do you like most about the harbour?                  | wh        | 1 | o
How did you become a falconer?                            | wh        | 1 | o
Which dish is your favourite?                             | wh        | 1 | o
Do you personally use the company gym?                    | yes_no    | 1 | o
What makes a good midwife, in your opinion?               | wh        | 1 | o
What surprised you about the night shift?                 | wh        | 1 | o
How long have you been at the museum?                     | wh        | 1 | o
What is your background?                                  | wh        | 1 | o
Would you recommend this school to a friend?              | yes_no    | 1 | o
What do you wish you had known before joining?            | wh        | 1 | o
How do you feel about the merger of the two farms?        | wh        | 1 | o
What drew you to forestry?                                | wh        | 1 | o
What does a good season mean to you?                      | wh        | 1 | o
Are you proud of the new bridge?                          | yes_no    | 1 | o
I saw your rescue on the news. What went through you, and what do you enjoy about the job? | wh | 2 | oi
Do you offer dental cover to couriers?                    | yes_no    | 1 |
How do you deploy the ambulances?                         | wh        | 1 |
What do you look for in a candidate?                      | wh        | 1 |
What would you expect of a deputy head by spring?         | wh        | 1 |
Do you have a career path for cooks?                      | yes_no    | 1 |
What are your biggest customers?                          | wh        | 1 |
Do you run a background check on cleaners?                | yes_no    | 1 |
Have you raised prices this year?                         | yes_no    | 1 |
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("text", "kind", "parts", "flags"), ROWS)
def test_the_form_is_seen_from_the_wording(text, kind, parts, flags):
    [form] = read_form([text])
    assert (form.kind, len(form.parts)) == (kind, int(parts)), form
    assert ("o" if form.asks_opinion else "") + ("i" if form.informed else "") == flags


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Do you pair? If so, how often?", ("Do you pair?", "If so, how often?")),
        ("How big is the crew and who leads it?", ("How big is the crew", "who leads it?")),
        ("I saw that you moved. Who packed?", ("Who packed?",)),
        ("I’ve read that you’re growing, so who’s hiring?", ("who’s hiring?",)),
        ("What is sold? For example, bread, or cake?", ("What is sold?",)),
        ("Is it warm (in winter)? (I feel the cold.)", ("Is it warm (in winter)?",)),
        ("In a quiet week, who cooks?", ("In a quiet week, who cooks?",)),
        ("Rota?", ("Rota?",)),
        ("I've been a cook for years. Who leads the kitchen?", ("Who leads the kitchen?",)),
        ("I'd like to learn Greek. Are courses paid, and when?", ("Are courses paid", "when?")),
        ("I'd like to learn Greek. Would that be paid?", ("I'd like to learn Greek.", "Would that be paid?")),
        ("I'd like to hear of the rota. Who makes plans?", ("I'd like to hear of the rota.", "Who makes plans?")),
        ("I want to grow.", ("I want to grow.",)),
        ("What did you want to ask but did not?", ("What did you want to ask but did not?",)),
    ],
)
def test_parts_are_stretches_of_the_text_with_the_main_one_first(text, parts):
    assert read_form([text])[0].parts == parts


def test_a_form_is_the_same_alone_and_among_others():
    asked = [row[0] for row in ROWS]
    assert read_form(asked) == [read_form([one])[0] for one in asked]
    assert read_form([]) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "?",
        "and",
        "if so",
        "👩‍🚒🔥?",
        "\x00\x1b[2J\x07",
        "\ud83d",
        "a" * 100_000,
        "and how " * 12_500,
        ", who is it" * 9_000,
        "?" * 100_000,
        "(" * 100_000,
        "Do you? " * 12_500,
        "i " * 50_000,
    ],
)
def test_any_text_has_a_form_in_good_time(text):
    read_form(["Who warms up?"])
    start = time.perf_counter()
    [form] = read_form([text])
    assert time.perf_counter() - start < 5  # a busy machine may take its time, a quadratic rule takes minutes
    assert form.parts


WORDS = "who when if so not and or , ; ? . you your i do is the saw that keeps for example tell me was wondering like"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join)))
def test_parts_come_from_the_text(text):
    [form] = read_form([text])
    assert form.parts
    at = 0
    for part in form.parts:
        at = text.index(part, at) + len(part)
