import json
import subprocess
import sys
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


def code_cells(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_story_runs_clean_from_top_to_bottom(notebook, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")  # there is nobody to show the plots to
    program = "\n\n".join("".join(cell["source"]) for cell in code_cells(notebook))
    ran = subprocess.run([sys.executable, "-c", program], cwd=notebook.parent, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    printed = [out for cell in code_cells(notebook) for out in cell["outputs"] if out.get("name") == "stdout"]
    assert "".join(printed[0]["text"]).splitlines()[0] in ran.stdout


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_story_is_saved_with_a_plot_and_without_troubles(notebook):
    outputs = [out for cell in code_cells(notebook) for out in cell["outputs"]]
    assert any("image/png" in out.get("data", {}) for out in outputs)
    assert not [out for out in outputs if out["output_type"] == "error" or out.get("name") == "stderr"]


def test_there_are_stories():
    assert len(NOTEBOOKS) == 4
