"""The text of two staff documents in; `staff-handbook-extract.pdf` and `flexible-working.docx` out.

Run it with python-docx and reportlab installed: `python make_documents.py [FOLDER]`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "company" / "policies"

# `# ` opens a heading, `- ` a list item, an empty line parts paragraphs; `|` is where the end of a line breaks a word.
HANDBOOK = """
# 1. About this extract
These are the chapters of our staff handbook that people ask about most before they join. The full handbook has
nineteen chapters and is kept on the staff pages. If this extract and your contract differ, your contract counts.
# 2. Probation
Everyone starts with a probationary period. Its length is set out in your contract and depends on the band. During this
time either side may end the em|ployment with one week's notice; afterwards the notice is two months.

Your lead tells you halfway through how it is go|ing, in writing, so that the end holds no surprises.
# 3. When you are ill
Please ring or write to your lead before your shift, or by half past nine if you keep office hours. From the eighth day
on we need a doctor's note. Sick pay is described in chapter 11 of the full handbook.

If you fall ill on holiday, tell us, and the days go back on your account. Hours for a doctor or a den|tist are working
time, up to two hours a visit.
# 4. Time away
Holiday is booked in the calendar, and leads answer within two days. Up to five unused days may be taken into the next
year, until the end of March.

When someone close to you dies, you have ten paid days, and you decide who was close. Carers have five paid days a
year. Jury service is paid in full, and so are two days a year for the lifeboat or an|other voluntary crew.

After six years you may take six weeks off in one piece, half of them paid. We call it shore leave. Twelve people have
taken it so far.
# 5. Chart talks
In February and September each of us has a chart talk: an hour about where you are, where you would like to go, and
what stands in the way. You write the notes and keep them. Beforehand you ask two colleagues for their view; they
answer you di|rectly and not your lead.

Chart talks do not set pay. There are no grades and no ranking.
# 6. Expenses and travel
We travel by train and ferry. For nights away we book the room, and pay 38 pounds a day for meals without receipts.
Travel to another hub counts as working time from your own door.

Flights need the consent of a director. There were three last year.
# 7. Raising a concern
Anyone may stop a machine, a release or a meeting that looks unsafe. Say what you saw; you need not be right. For
things that are harder to say there are two confidants, elected by the staff council, whose names hang in the canteen.

We take every concern seriously, and whoever raises one in good faith is protected. The procedure with its time limits
is in chapter 17.
# 8. The staff council
Nine members are elected every two years, at least two of them from the hubs. The council meets the directors each
month and must agree to changes in hours, shifts and pay bands. Minutes are readable by all staff.
"""
POLICY = """
# Purpose
Work should fit around tides, school gates and bad backs. This policy says what is fixed and what you may arrange. It
is valid from 1 January 2026 for all staff with a permanent or fixed-term contract.
# Where and when
Everyone works 36 hours a week, or fewer by agreement. The table shows what each team has settled on.

[table]

Nobody is expected to read or answer messages outside their hours. People on call have a phone for it.
# Part-time work
Any job may be done at 24 hours or more, and two people may share one. Pay, holiday and training money follow the
hours, except for the bike. At present one in five of us works part-time, among them two crew leads.

The Monday to Thursday pattern was agreed with the workshop crews in 2023 after a trial of six months. It is looked at
again with them every other year.
# Working from elsewhere
In jobs that do not need the site, you may work from another country for up to ten days a year. Tell the people team
three weeks before, because of insurance. Equipment at home is covered by a separate guideline.
# How to ask
- Talk to your crew first; they know what it would take.
- Send the form to your lead with the date you would like to begin.
- You have an answer within 14 days. A no comes with its reasons.
- If you disagree, the staff council looks at it with you.
# Review
The people team and the staff council review this policy each autumn. Next review: October 2026.
"""
PLACES = (
    ("Team", "Days on site", "Core hours"),
    ("Workshops", "All working days", "Set by shift"),
    ("Hire hubs", "All working days", "Set by rota"),
    ("Software and data", "Tuesdays and Thursdays at the Ropewalk; other days as you like", "10.00 to 15.00"),
    ("Office", "Agreed in the team, at least one day a week", "10.00 to 15.00"),
)


def write_handbook(path: Path) -> None:
    """Write the handbook extract as a PDF with narrow lines, hyphenated ends and numbered pages."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Flowable, Paragraph, SimpleDocTemplate

    def number(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(95, 30, "Hollin & Tide: staff handbook, extract for applicants")
        canvas.drawRightString(A5[0] - 95, 18, f"Page {document.page}")

    styles = getSampleStyleSheet()
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13.5, embeddedHyphenation=1)
    story: list[Flowable] = [Paragraph("Staff handbook", styles["Title"]), Paragraph("Extract", styles["Heading1"])]
    for mark, text in blocks(HANDBOOK):
        story.append(Paragraph(text.replace("|", "\u00ad"), styles["Heading2"] if mark == "#" else body))
    title, author = "Staff handbook, extract", "Hollin & Tide"
    document = SimpleDocTemplate(
        str(path), pagesize=A5, leftMargin=95, rightMargin=95, title=title, author=author, invariant=1
    )
    document.build(story, onFirstPage=number, onLaterPages=number)


def write_policy(path: Path) -> None:
    """Write the flexible working policy as a Word document with a table and a list."""
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = "Flexible working policy", "Hollin & Tide"
    document.add_heading("Flexible working policy", level=0)
    for mark, text in blocks(POLICY):
        if text == "[table]":
            table = document.add_table(rows=len(PLACES), cols=len(PLACES[0]), style="Table Grid")
            for row, values in zip(table.rows, PLACES, strict=True):
                for cell, value in zip(row.cells, values, strict=True):
                    cell.text = value
        else:
            document.add_paragraph(text, {"#": "Heading 1", "-": "List Bullet"}.get(mark, "Normal"))
    document.save(str(path))


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield each block as its mark (`#`, `-` or nothing) and its text on one line."""
    for block in re.findall(r"[#-] .+|(?:[^#\n-].*\n)+", text):
        mark = block[0] if block[0] in "#-" else ""
        yield mark, " ".join(block.removeprefix(mark).split())


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    write_handbook(folder / "staff-handbook-extract.pdf")
    write_policy(folder / "flexible-working.docx")
