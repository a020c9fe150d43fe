import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import askworthy

PACKAGE = Path(askworthy.__file__).parent
GOLDEN = Path(__file__).parent / "golden" / "names.txt"
HEAVY = ("torch", "spacy", "sklearn", "onnxruntime", "sentence_transformers", "transformers")


def python(code):
    """Run code in a fresh Python, and return what it prints."""
    env = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_public_names_are_the_golden_ones():
    assert askworthy.__all__ == GOLDEN.read_text(encoding="utf-8").split(), "other programs rely on them"


def test_every_public_name_is_there_and_none_else():
    assert all(getattr(askworthy, name) for name in askworthy.__all__)
    assert dir(askworthy) == askworthy.__all__
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = askworthy.nonsense


@pytest.mark.parametrize("code", ["import askworthy", "from askworthy import check, Company", "import askworthy.cli"])
def test_an_import_loads_nothing_heavy(code):
    assert python(f"{code}\nimport sys\nprint([name for name in {HEAVY} if name in sys.modules])") == "[]"


@pytest.mark.parametrize(
    "code",
    [
        "from askworthy import check",
        "import askworthy.check\nfrom askworthy import check",
        "from askworthy.check import Models\nfrom askworthy import check",
        "from askworthy import check\nfrom askworthy.check import Models\nfrom askworthy import check",
        "import askworthy\naskworthy.check\ncheck = askworthy.check",
    ],
)
def test_check_is_the_function_and_not_the_module_of_that_name(code):
    assert python(f"{code}\nprint(type(check).__name__)") == "function"


def public_without_docstring(module):
    """Yield the names in a module that people may use and that say nothing of themselves."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    if not ast.get_docstring(tree):
        yield "the module"
    waiting = [("", node) for node in tree.body]
    while waiting:
        prefix, node = waiting.pop()
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield prefix + node.name
            if isinstance(node, ast.ClassDef):
                waiting += [(f"{node.name}.", child) for child in node.body]


def test_everything_public_says_what_it_is():
    modules = sorted(PACKAGE.rglob("*.py"))
    assert len(modules) > 50
    silent = [
        f"{module.relative_to(PACKAGE)}: {name}" for module in modules for name in public_without_docstring(module)
    ]
    assert silent == []
