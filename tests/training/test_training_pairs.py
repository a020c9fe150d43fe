import gzip
import json

import pytest

from askworthy.errors import BadCorpus
from askworthy.training.pairs import Pair, read_pairs

ROW = {"question": "Who leads?", "passage": "Ada leads the team.", "label": "answers"}


def lines(*rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "pairs.jsonl"


def test_a_pair_is_read_with_its_heading_if_there_is_one(file):
    file.write_bytes(lines(ROW, ROW | {"heading": "Team", "company": "acme"}, ROW | {"heading": None}))
    assert list(read_pairs(file)) == [
        Pair("Who leads?", "Ada leads the team.", 1.0),
        Pair("Who leads?", "Ada leads the team.", 1.0, "Team"),
        Pair("Who leads?", "Ada leads the team.", 1.0, ""),
    ]


@pytest.mark.parametrize(
    ("label", "share"), [("answers", 1.0), ("partly", 0.5), ("topic", 0.0), (0, 0.0), (1, 1.0), (0.25, 0.25)]
)
def test_a_label_is_a_share(file, label, share):
    file.write_bytes(lines(ROW | {"label": label}))
    assert [pair.label for pair in read_pairs(file)] == [share]


def test_gzip_is_read_by_its_name(tmp_path):
    with gzip.open(tmp_path / "pairs.jsonl.gz", "wb") as out:
        out.write(lines(ROW, ROW))
    assert len(list(read_pairs(tmp_path / "pairs.jsonl.gz"))) == 2


def test_pairs_are_read_one_at_a_time(file):
    file.write_bytes(lines(ROW, ROW) + b"nonsense\n")
    pairs = read_pairs(file)
    assert next(pairs) == next(pairs)
    with pytest.raises(BadCorpus, match="line 3"):
        next(pairs)


def test_rare_line_ends_inside_a_passage_do_not_cut_it(file):
    file.write_bytes(lines(ROW | {"passage": "One\u2028two\x85three"}))
    assert [pair.passage for pair in read_pairs(file)] == ["One\u2028two\x85three"]


def test_what_a_model_reads_has_the_heading_or_not():
    pair = Pair("Who?", "Ada.", 1.0, "Team")
    assert pair.text(with_heading=True) == "Team: Ada."
    assert pair.text(with_heading=False) == "Ada."
    assert Pair("Who?", "Ada.", 1.0).text(with_heading=True) == "Ada."


def refused(file):
    with pytest.raises(BadCorpus) as caught:
        list(read_pairs(file))
    assert "\n" not in str(caught.value)
    assert str(file) in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "line",
    [b"", b"nonsense", b"[]", b"3", b'"text"', b"null", b"\xff\xfe", b"[" * 100_000, b"{}"],
    ids=lambda line: line[:12].decode("latin-1") or "empty",
)
def test_a_line_that_is_no_pair_is_named(file, line):
    file.write_bytes(lines(ROW) + line + b"\n" + lines(ROW))
    # Text that is not UTF-8 is found out ahead of its line, as files are read in blocks.
    assert "line 2" in refused(file) or line == b"\xff\xfe"


@pytest.mark.parametrize("missing", ["question", "passage", "label"])
def test_a_missing_field_is_named(file, missing):
    file.write_bytes(lines({name: value for name, value in ROW.items() if name != missing}))
    assert missing in refused(file)


@pytest.mark.parametrize("label", ["maybe", "", None, [], {}, 2, -0.1, float("nan"), float("inf")], ids=repr)
def test_a_label_that_is_no_share_is_refused(file, label):
    file.write_bytes(lines(ROW | {"label": label}))
    assert "line 1" in refused(file)


@pytest.mark.parametrize("damage", ["cut", "changed", "plain", "empty"])
def test_a_damaged_gzip_file_is_one_clear_error(tmp_path, damage):
    file = tmp_path / "pairs.jsonl.gz"
    whole = gzip.compress(lines(*(ROW | {"question": f"Who leads {n * n}?"} for n in range(500))))
    changed = bytearray(whole)
    changed[40] ^= 0xFF
    file.write_bytes({"cut": whole[:300], "changed": bytes(changed), "plain": lines(ROW), "empty": b"\x1f\x8b"}[damage])
    refused(file)


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path):
    refused(tmp_path / "none.jsonl")
    refused(tmp_path / "none.jsonl.gz")
    refused(tmp_path)
