from askworthy.company.blocks import Part, build_page
from askworthy.company.clean import clean


def page(number, *texts, kind="paragraph"):
    parts = [*(Part(kind, text) for text in texts), Part("paragraph", f"Only page {number} says this.")]
    return build_page(parts, f"{number}.md")


def kept(page):
    return [page.text[block.start : block.end] for block in page.blocks]


def test_a_copy_of_a_page_is_dropped_and_the_first_is_kept():
    found = clean([page(1), page(2), build_page([Part("item", "only  PAGE 1 says this.")], "copy.md")])
    assert [one.source for one in found.pages] == ["1.md", "2.md"]
    assert found.duplicate_pages == 1


def test_a_menu_on_many_pages_is_kept_nowhere_and_the_text_stays():
    pages = [page(number, "Careers", "Contact us") for number in range(5)]
    found = clean(pages)
    assert all(kept(one) == [f"Only page {number} says this."] for number, one in enumerate(found.pages))
    assert found.boilerplate_blocks == 10
    assert [one.text for one in found.pages] == [one.text for one in pages]


def test_a_fact_on_every_job_posting_survives_once():
    facts = ("25 days of holiday", "Private health insurance for your family", "Dogs are welcome.")
    found = clean([page(number, *facts, kind="item") for number in range(6)])
    assert [text for one in found.pages for text in kept(one) if not text.startswith("Only")] == list(facts)
    assert kept(found.pages[0])[:3] == list(facts)


def test_headings_are_never_dropped():
    found = clean([page(number, "Benefits", kind="heading") for number in range(6)])
    assert found.boilerplate_blocks == 0


def test_few_pages_cannot_tell_a_menu():
    assert clean([page(number, "Careers") for number in range(3)]).boilerplate_blocks == 0


def test_what_a_tenth_of_the_pages_say_is_no_menu():
    pages = [page(number, *(["Remote"] if number < 4 else []), "Lead", f"Pad {number}") for number in range(40)]
    found = clean(pages)
    assert all("Remote" in kept(one) for one in found.pages[:4])
    assert not any("Lead" in kept(one) for one in found.pages)


def test_a_run_that_half_of_the_pages_end_with_is_dropped():
    pages = [page(number) for number in range(3)]
    pages += [
        build_page(
            [Part("paragraph", f"Text {number}."), Part("item", "Imprint"), Part("item", "Terms")], f"{number}.md"
        )
        for number in range(3, 6)
    ]
    assert clean(pages).boilerplate_blocks == 6


def test_nothing_in_nothing_out():
    assert clean([]).pages == ()
