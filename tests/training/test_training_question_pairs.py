import json

import pytest

from askworthy.errors import BadCorpus
from askworthy.training.question_pairs import read_question_pairs


def jsonl(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_readers_words_are_shares_and_a_near_miss_may_be_close(tmp_path):
    file = jsonl(
        tmp_path / "pairs.jsonl",
        {"first": "A?", "second": "B?", "same": True, "read": ["same", "close"]},
        {"first": "A?", "second": "C?", "same": False, "read": ["different", "close", "different", "different"]},
        {"first": "A?", "second": "D?", "same": True},
        {"first": "A?", "second": "E?", "same": False},
    )
    assert [(one.same, one.close) for one in read_question_pairs([file])] == [
        (0.5, 1.0), (0.0, 0.25), (1.0, 1.0), (0.0, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        "no json",
        '{"first": "A?", "second": "B?"}',
        '{"first": "A?", "second": "B?", "same": "yes"}',
        '{"first": "A?", "second": "B?", "read": ["perhaps"]}',
        '{"first": "A?", "second": "B?", "read": []}',
        '{"first": "A?", "same": true}',
        "[]",
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path, row):
    (tmp_path / "pairs.jsonl").write_text(f'{{"first": "A?", "second": "B?", "same": true}}\n{row}\n')
    with pytest.raises(BadCorpus, match=r"pairs\.jsonl, line 2: .*each line needs first, second, and same or read"):
        read_question_pairs([tmp_path / "pairs.jsonl"])


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadCorpus, match=r"cannot read .*none\.jsonl: no such file"):
        read_question_pairs([tmp_path / "none.jsonl"])


def test_no_pairs_are_refused(tmp_path):
    (tmp_path / "pairs.jsonl").write_text("")
    with pytest.raises(BadCorpus, match="no pairs in"):
        read_question_pairs([tmp_path / "pairs.jsonl"])
