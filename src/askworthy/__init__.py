"""Which of the questions I prepared are worth asking? The public names; importing them loads nothing heavy."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from askworthy.check import Models as Models
    from askworthy.check import check as check
    from askworthy.check import suggestions_for as suggestions_for
    from askworthy.company import Company as Company
    from askworthy.company.collect import Settings as Settings
    from askworthy.company.collect import collect as collect
    from askworthy.errors import AskworthyError as AskworthyError
    from askworthy.findings.plan import plan as plan
    from askworthy.questions.reading import read_questions as read_questions
    from askworthy.records import Evidence as Evidence
    from askworthy.records import Finding as Finding
    from askworthy.records import Question as Question
    from askworthy.records import Report as Report
    from askworthy.reports import render as render

__version__ = "0.1.0"

_HOMES = {
    "check": "askworthy.check",
    "Models": "askworthy.check",
    "suggestions_for": "askworthy.check",
    "Company": "askworthy.company",
    "collect": "askworthy.company.collect",
    "Settings": "askworthy.company.collect",
    "AskworthyError": "askworthy.errors",
    "read_questions": "askworthy.questions.reading",
    "Evidence": "askworthy.records",
    "Finding": "askworthy.records",
    "Question": "askworthy.records",
    "Report": "askworthy.records",
    "plan": "askworthy.findings.plan",
    "render": "askworthy.reports",
}
__all__ = sorted([*_HOMES, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'askworthy' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return list(__all__)


class _Package(ModuleType):
    # Python sets every submodule on its package, where the module `check` would hide the function `check`.
    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value.check if name == "check" and isinstance(value, ModuleType) else value)


sys.modules[__name__].__class__ = _Package
