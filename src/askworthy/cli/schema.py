"""`askworthy schema`: the JSON Schema of one finding out."""

from __future__ import annotations


def schema() -> None:
    """Print the JSON Schema of one line of `check --format jsonl`."""
    import json

    from askworthy.cli.output import check_target, put
    from askworthy.reports.schema import finding_schema

    check_target(None)
    put(json.dumps(finding_schema(), indent=1) + "\n", None)
