from urllib.parse import unquote

import pytest

from askworthy.records import Evidence
from askworthy.text_fragment import fragment_link

URL = "https://acme.example/leave"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Everyone has 27 days of holiday.", "Everyone has 27 days of holiday."),
        ("New parents take 16 weeks at full pay, and may split them.", "New parents take 16,and may split them."),
        ("You get:\n27 days of holiday\na travel card for the whole country", "You get:,for the whole country"),
        ("Benefit: Pension | Share: 6 % of your salary from the first day on", "6 % of your,the first day on"),
        ("Pension: we pay six per cent", "Pension,pay six per cent"),
    ],
)
def test_a_link_names_the_quotes_words_as_they_stand_on_the_page(quote, text):
    link = fragment_link(URL, quote)
    assert link.startswith(f"{URL}#:~:text=")
    assert ",".join(map(unquote, link.partition("text=")[2].split(","))) == text


def test_what_means_something_in_a_fragment_is_escaped():
    assert fragment_link(URL, "part-time, 80 & more") == f"{URL}#:~:text=part%2Dtime%2C%2080%20%26%20more"


def test_an_anchor_of_the_address_stays():
    assert fragment_link(f"{URL}#pay", "Full pay.") == f"{URL}#pay:~:text=Full%20pay."


def test_evidence_without_an_address_has_no_link():
    assert Evidence("leave.md", "Full pay.", 0, 9, 0.5).link is None
    assert Evidence("leave.md", "Full pay.", 0, 9, 0.5, url=URL).to_dict()["link"] == f"{URL}#:~:text=Full%20pay."
