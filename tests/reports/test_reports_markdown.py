import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from askworthy.reports import Format, render


def text_of(token):
    return "".join(child.content for child in token.children or [] if child.type in ("text", "text_special"))


def test_each_question_is_an_item_under_its_aspect_with_its_quotes(report):
    assert render(report, Format.markdown).splitlines() == [
        "# Which questions are worth asking?",
        "",
        "4 questions for acme: 1 already answered, 1 partly, 2 open.",
        "",
        "Read 12 pages, 9,876 words, 240 passages; dropped 1 duplicate page and 30 repeated menu and footer blocks.",
        "",
        "## Organisation",
        "",
        "- **What is the parental leave policy?** (rewards; already answered, 96%)",
        "  > New parents take 16 weeks at full pay.",
        "  > ([Parental leave](<https://acme.example/leave#:~:text=New%20parents%20take%2016%20weeks%20at%20full%20pay.>))",
        "  >",
        "  > Each level has a band.",
        "  > (pay.md)",
        "  - dig deeper: How many people took all of it last year?",
        "- **What is the band for this level, and who sets it?** "
        "(rewards; answered in part or nearly: read the quote, ask for the rest, 50%)",
        "  > Each level has a band.",
        "  > (pay.md)",
        "  >",
        "  > New parents take 16 weeks at full pay.",
        "  > ([Parental leave](<https://acme.example/leave#:~:text=New%20parents%20take%2016%20weeks%20at%20full%20pay.>))",
        "",
        "## Team",
        "",
        "- **What keeps you here?** (people; worth asking, 2%)",
        "",
        "## Other",
        "",
        "- **Is a hot dog a sandwich?** (other?; worth asking, 0%)",
        "",
        "“?” after a topic: the label is the best guess and no more",
        "",
        "## Not read",
        "",
        "- logo.png (.png is not a kind of file that is read)",
    ]


@pytest.mark.parametrize(
    "quote",
    ["- one", "+ one", "* one", "1. one", "2) one", "# one", "> one", "~~~", "```", "---", "===", "***",
     "<script>x</script>", "[a](b)", "![a](b)", "_a_ *b* `c`", "a | b", "&lt;b&gt;", "\\", "a\n\n# b"],
)  # fmt: skip
def test_a_quote_is_shown_as_it_is_and_marks_nothing_up(report, quote):
    def tokens(of):
        first, *others = report.findings
        changed = replace(first, evidence=(replace(first.evidence[0], quote=of),))
        return MarkdownIt("commonmark").parse(render(replace(report, findings=(changed, *others)), Format.markdown))

    plain, shown = tokens("PLAIN"), tokens(quote)
    assert [token.type for token in shown] == [token.type for token in plain]
    at = next(place for place, token in enumerate(plain) if token.content.startswith("PLAIN"))
    assert text_of(shown[at]).startswith(" ".join(quote.split()))
    kinds = {child.type for child in shown[at].children}
    assert kinds <= {"text", "text_special", "softbreak", "link_open", "link_close"}


def test_a_hostile_page_makes_no_markup_and_no_link(hostile):
    written = render(hostile, Format.markdown)
    inline = [child for token in MarkdownIt("commonmark").parse(written) for child in token.children or []]
    assert not {child.type for child in inline} & {"html_inline", "link_open", "em_open", "code_inline", "image"}
    assert not [char for char in written if char != "\n" and not char.isprintable()]


def test_an_address_cannot_leave_its_link(report):
    first = report.findings[0]
    bent = replace(first.evidence[0], url="https://a.example/>)\n\n# Sold <b>")
    written = render(replace(report, findings=(replace(first, evidence=(bent,)),)), Format.markdown)
    [link] = re.findall(r"\(<(.*)>\)", written)
    assert link.startswith("https://a.example/%3E) # Sold %3Cb%3E:~:text=") and not set(link) & set("<>\n")
    assert "\n# Sold" not in written
