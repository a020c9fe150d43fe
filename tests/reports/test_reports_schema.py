import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from askworthy.reports import Format, render
from askworthy.reports.schema import finding_schema

GOLDEN = Path(__file__).parents[1] / "golden" / "schema.json"


@pytest.fixture
def validator():
    Draft202012Validator.check_schema(finding_schema())
    return Draft202012Validator(finding_schema())


@pytest.fixture
def row(report):
    return copy.deepcopy(report.findings[0].to_dict())


def test_the_schema_is_the_golden_one():
    assert finding_schema() == json.loads(GOLDEN.read_text(encoding="utf-8")), "other programs rely on it"


def test_every_finding_fits_the_schema(validator, report, hostile):
    for one in (report, hostile):
        for line in render(one, Format.jsonl).split("\n")[:-1]:
            validator.validate(json.loads(line))


def test_the_schema_says_every_field_there_is(row):
    assert list(finding_schema()["properties"]) == list(row)
    assert list(finding_schema()["properties"]["evidence"]["items"]["properties"]) == list(row["evidence"][0])
    assert list(finding_schema()["properties"]["form"]["properties"]) == list(row["form"])
    [hint] = row["hints"]
    assert list(finding_schema()["properties"]["hints"]["items"]["properties"]) == list(hint)


@pytest.mark.parametrize("field", ["schema", "id", "verdict", "evidence", "form"])
def test_a_missing_field_does_not_fit(validator, row, field):
    del row[field]
    with pytest.raises(ValidationError):
        validator.validate(row)


@pytest.mark.parametrize(
    ("field", "value"), [("schema", 2), ("id", ""), ("verdict", "maybe"), ("probability", 1.5), ("surprise", 1)]
)
def test_a_wrong_value_does_not_fit(validator, row, field, value):
    with pytest.raises(ValidationError):
        validator.validate(row | {field: value})
