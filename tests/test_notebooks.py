import json
import subprocess
import sys
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_story_runs_clean_from_top_to_bottom(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    program = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    ran = subprocess.run([sys.executable, "-c", program], cwd=notebook.parent, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "questions, 19 pages" in ran.stdout


def test_there_is_a_story():
    assert NOTEBOOKS
