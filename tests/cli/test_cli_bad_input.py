import io
import json
import os
import shutil
import zipfile

import pytest

from askworthy.aspects.labeller import FACTS, NUMBERS
from askworthy.inference.manifest import MANIFEST, model_folder, write_model_folder

PAGE = "# Leave\n\nNew parents take 16 weeks of parental leave at full pay.\n"
DEEP = "<html><body>" + "<div>" * 10_000 + "<p>Everyone has 27 days of holiday a year.</p>" + "</div>" * 10_000


@pytest.fixture
def refused(call, tmp_path):
    """Run `check` on bad input: it must fail with one clear line, and leave nothing. Returns that line."""
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "leave.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "good.txt").write_text("What is the leave policy?\n", encoding="utf-8")
    (tmp_path / "out").mkdir()

    def refused(*options, questions=("good.txt",), company="good", output="out/report.json", stdin=b""):
        asked = [one if one == "-" else tmp_path / one for one in questions]
        target = ("-o", tmp_path / output) if output else ()
        ran = call("check", *asked, "-c", tmp_path / company, *target, *options, stdin=stdin)
        assert (ran.code, ran.out) == (2, "")
        [line] = ran.err.splitlines()
        assert line.startswith("askworthy: ")
        assert line.isprintable()
        assert ";" in line, "it says what to do next"
        assert list((tmp_path / "out").iterdir()) == []
        return line

    return refused


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("none.txt", None, "does not exist"),
        ("empty.txt", b"", "holds no question"),
        ("empty.md", b"# Questions\n\n\n", "holds no question"),
        ("empty.json", b'{"questions": []}', "holds no question"),
        ("headers.csv", b"id,question\n", "holds no question"),
        ("binary.txt", b"What?\0\1\2\3", "is binary, not text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "is not UTF-8 at byte 0; save it as UTF-8"),
        ("list.docx", b"PK\x03\x04" + bytes(100), "is a zip or Office file"),
        ("latin.txt", "Où est le café ?".encode("latin-1"), "is not UTF-8 at byte 1; save it as UTF-8"),
        ("half.txt", "Où".encode()[:-1], "is not UTF-8 at byte 1"),
        ("odd.txt", "What?".encode("utf-16")[:-1], "is not UTF-16-LE"),
        (
            "a.csv",
            b"number,text,\x1b[2Jwho\n1,What?,me\n",
            r"has the columns 'number', 'text', '\x1b[2Jwho' but no column",
        ),
        ("b.csv", b"id,question\n1,Pay, and leave?\n", "has 3 fields, the header has 2"),
        ("c.csv", b'id,question\n1,"' + b"x" * 200_000, "line 2"),
        ("broken.json", b'["What?"', "is not JSON"),
        ("deep.json", b"[" * 100_000, "nested too deeply"),
        ("other.json", b'{"a": 1}', "expected a list of questions"),
        ("one.jsonl", b'{"question": 7}\n', 'a number for "question"'),
        ("long.txt", b"a" * 10_000_000, "line 1 is over 100,000 characters"),
        ("long.md", b"a" * 10_000_000, "line 1 is over 100,000 characters"),
        ("long.json", b'["' + b"a" * 10_000_000 + b'"]', "a question of 10,000,000 characters"),
        ("twice.csv", b"id,question\na,What?\na,Who?\n", "the id 'a' is given twice"),
        ("bad\nname\x1b.txt", b"", "holds no question"),
    ],
)
def test_a_question_list_that_cannot_be_read(refused, tmp_path, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    line = refused(questions=[name])
    assert says in line
    assert len(line) < 500


def test_a_folder_as_question_list(refused):
    assert "is a folder; name the question list in it" in refused(questions=["good"])


def test_standard_input_without_a_question(refused):
    assert "standard input holds no question" in refused(questions=["-"], stdin=b"\n\n")


def test_an_id_given_in_two_lists(refused, tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text('{"id": 7, "question": "What?"}\n', encoding="utf-8")
    assert "the id '7' is given twice" in refused(questions=["a.jsonl", "b.jsonl"])


def encrypted_pdf():
    """A PDF that says it is encrypted, with a key that no empty password opens."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [] /Count 0 >>",
        f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>",
    ]
    data, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "xref\n0 4\n0000000000 65535 f \n" + "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    keys = f"/Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<{'43' * 16}> <{'43' * 16}>]"
    return f"{data}{table}trailer << {keys} >>\nstartxref\n{len(data)}\n%%EOF\n".encode()


def blank_pdf():
    import pypdfium2

    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200)
    document.save(out)
    return out.getvalue()


def zip_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 110_000_000)
    return out.getvalue()


BAD_PAGES = {
    "broken.pdf": (lambda: b"%PDF-1.7\nnothing that follows", "a damaged PDF"),
    "encrypted.pdf": (encrypted_pdf, "an encrypted PDF; save it without a password"),
    "scanned.pdf": (blank_pdf, "a PDF without text"),
    "bomb.docx": (zip_bomb, "it would unpack to 110 MB in 1 files, which is not safe"),
    "broken.docx": (lambda: b"PK\x03\x04 and no more", "a damaged Word file"),
    "binary.txt": (lambda: bytes(1000), "binary data where text was expected"),
    "empty.html": (lambda: b"", "it is empty"),
    "wordless.html": (lambda: b"<html><body><img src=x></body></html>", "no text in it"),
    "broken.json": (lambda: b"[" * 100_000, "not valid JSON"),
    "\x1b[2J.png": (lambda: b"\x89PNG", ".png is not a kind of file that is read"),
}


@pytest.mark.parametrize("name", BAD_PAGES)
def test_a_company_with_nothing_but_one_bad_page(refused, tmp_path, name):
    content, says = BAD_PAGES[name]
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / name).write_bytes(content())
    line = refused(company="bad")
    assert "no readable text in" in line
    assert says in line
    assert "add pages as md, html, txt, pdf, docx or json" in line


def test_a_bad_page_alone_named_as_the_company(refused, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n")
    assert "a damaged PDF" in refused(company="broken.pdf")


def test_bad_pages_among_good_ones_are_named_and_passed_over(run, tmp_path):
    company = tmp_path / "acme"
    company.mkdir()
    (company / "leave.md").write_text(PAGE, encoding="utf-8")
    (company / "deep.html").write_text(DEEP, encoding="utf-8")
    for name, (content, _) in BAD_PAGES.items():
        (company / name).write_bytes(content())
    ran = run("check", "-", "-c", company, "-f", "json", stdin="How many weeks of parental leave do new parents take?")
    assert (ran.code, ran.err) == (0, "")
    report = json.loads(ran.out)
    reasons = {one["source"]: one["reason"] for one in report["reading"]["skipped"]}
    for name, (_, says) in BAD_PAGES.items():
        assert says in reasons.pop(name)
    assert report["reading"]["pages"] + len(reasons) == 2, "the deep page is read, or skipped with a reason"
    assert report["findings"][0]["evidence"][0]["source"] == "leave.md"


def test_a_company_that_is_not_there(refused):
    assert "no file or folder" in refused(company="nowhere")


def test_an_empty_company_folder(refused, tmp_path):
    (tmp_path / "void").mkdir()
    assert "it is empty" in refused(company="void")


def test_an_address_that_is_not_of_the_web_as_company(call, tmp_path, refused):
    ran = call("check", tmp_path / "good.txt", "-c", "ftp://acme.example")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "ftp://acme.example is not a web address; give one like https://www.example.com" in ran.err


def test_an_output_in_a_missing_folder(refused, tmp_path):
    assert "there is no folder" in refused(output="nowhere/report.json")
    assert not (tmp_path / "nowhere").exists()


def test_an_output_that_is_a_folder(refused):
    assert "it is a folder; name a file" in refused(output="out")


def test_a_failed_run_leaves_the_old_output(call, refused, tmp_path):
    (tmp_path / "old.json").write_text("old")
    refused(output="old.json", questions=["nowhere.txt"])
    assert (tmp_path / "old.json").read_text() == "old"


def without_file(folder):
    next(path for path in folder.iterdir() if path.suffix in (".npz", ".json") and path.name != MANIFEST).unlink()


def truncated(folder):
    path = next(path for path in folder.iterdir() if path.suffix in (".npz", ".json") and path.name != MANIFEST)
    os.truncate(path, path.stat().st_size // 2)


def wrong_hash(folder):
    row = json.loads((folder / MANIFEST).read_bytes())
    row["files"] = {name: hash[::-1] for name, hash in row["files"].items()}
    (folder / MANIFEST).write_text(json.dumps(row))


def strange_hash(folder):
    row = json.loads((folder / MANIFEST).read_bytes())
    (folder / MANIFEST).write_text(json.dumps(row | {"files": dict.fromkeys(row["files"], 7)}))


def no_manifest(folder):
    (folder / MANIFEST).unlink()


def deep_manifest(folder):
    (folder / MANIFEST).write_bytes(b"[" * 100_000)


def no_folder(folder):
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["aspects", "verdict"])
@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (without_file, "is missing or unreadable"),
        (truncated, "its manifest says"),
        (wrong_hash, "its manifest says"),
        (strange_hash, "its manifest says"),
        (no_manifest, "no manifest.json in"),
        (deep_manifest, "is damaged"),
        (no_folder, "no manifest.json in"),
    ],
)
def test_a_damaged_model(refused, tmp_path, name, damage, says):
    folder = tmp_path / name
    shutil.copytree(model_folder(name), folder)
    damage(folder)
    assert says in refused(f"--{name}", folder)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY\x01\x00", b"\x80\x04N."])
def test_a_labeller_whose_numbers_are_something_else(refused, tmp_path, content):
    facts = (model_folder("aspects") / FACTS).read_bytes()
    write_model_folder(tmp_path / "aspects", {FACTS: facts, NUMBERS: content}, {})
    assert "holds no labeller" in refused("--aspects", tmp_path / "aspects")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"[" * 100_000, b'{"passage": {"names": [], "mean": 1}}'])
def test_a_verdict_model_that_is_something_else(refused, tmp_path, content):
    write_model_folder(tmp_path / "verdict", {"verdict.json": content}, {})
    assert "is no verdict model" in refused("--verdict", tmp_path / "verdict")


def test_a_labeller_that_was_learned_on_another_encoder(refused, tmp_path):
    facts = json.loads((model_folder("aspects") / FACTS).read_bytes()) | {"encoder_hash": "another"}
    numbers = (model_folder("aspects") / NUMBERS).read_bytes()
    write_model_folder(tmp_path / "aspects", {FACTS: json.dumps(facts).encode(), NUMBERS: numbers}, {})
    assert "was learned on encoder another" in refused("--aspects", tmp_path / "aspects")
