"""`askworthy schema`: the JSON Schema of one finding out."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of one line of `check --format jsonl`."""
    import json

    from askworthy.reports.schema import finding_schema

    typer.echo(json.dumps(finding_schema(), indent=1))
