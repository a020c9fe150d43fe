"""Options that several commands have in common."""

from __future__ import annotations

from typing import Annotated

import typer

MaxFalseFlags = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=1.0,
        help="Share of open questions that may be called published: 0.01, 0.02, 0.03, 0.05, 0.1 or 0.2; "
        "in between the stricter counts.",
    ),
]
