"""The JSON Schema of a finding, as programs read it; a golden file freezes it."""

from __future__ import annotations

from typing import Any

from askworthy.records import SCHEMA_VERSION

_PROBABILITY = {"type": "number", "minimum": 0, "maximum": 1}
_TEXT_OR_NULL = {"type": ["string", "null"]}


def finding_schema() -> dict[str, Any]:
    """Describe one line of `check --format jsonl` (JSON Schema 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "askworthy finding",
        **_object(
            {
                "schema": {"const": SCHEMA_VERSION},
                "id": {"type": "string", "minLength": 1},
                "question": {"type": "string"},
                "aspect": {"type": "string", "description": "role, organisation, team or other; or one of your own"},
                "aspect_probability": _PROBABILITY,
                "topic": {"type": "string"},
                "topic_probability": _PROBABILITY,
                "unsure": {"type": "boolean", "description": "the aspect is the best guess and no more"},
                "verdict": {"enum": ["published", "partly", "open"]},
                "probability": {**_PROBABILITY, "description": "that the text answers the main point, calibrated"},
                "evidence": {
                    "type": "array",
                    "maxItems": 3,
                    "description": "best first; of an open question, the nearest misses",
                    "items": _evidence(),
                },
                "form": _object(
                    {
                        "kind": {"enum": ["wh", "yes_no", "statement", "other"]},
                        "parts": {"type": "integer", "minimum": 1},
                        "asks_opinion": {"type": "boolean"},
                        "informed": {"type": "boolean"},
                    }
                ),
                "follow_ups": {"type": "array", "items": {"type": "string"}},
                "hints": {
                    "type": "array",
                    "description": "what would make the wording better",
                    "items": _object(
                        {
                            "kind": {"enum": ["yes_no", "leading", "several", "too_early", "long"]},
                            "told": {"type": "string"},
                            "better": {**_TEXT_OR_NULL, "description": "a better wording, where rules can give one"},
                        }
                    ),
                },
                "extra": {"type": "object", "additionalProperties": {"type": "string"}},
            },
            optional=("extra",),
        ),
    }


def _evidence() -> dict[str, Any]:
    return _object(
        {
            "source": {"type": "string", "description": "path below the company folder, or URL"},
            "url": _TEXT_OR_NULL,
            "link": {**_TEXT_OR_NULL, "description": "the url with a text fragment that opens it at the quote"},
            "title": _TEXT_OR_NULL,
            "heading": _TEXT_OR_NULL,
            "quote": {"type": "string", "description": "exactly the page's text from start to end"},
            "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer", "minimum": 0},
            "fetched_at": _TEXT_OR_NULL,
            "probability": _PROBABILITY,
        }
    )


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }
