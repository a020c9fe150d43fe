import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "corpus" / "baselines.py"


@pytest.fixture
def script():
    spec = importlib.util.spec_from_file_location("baselines", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Looked(Exception):
    """Ends the script before anything is scored or written."""


def test_the_labels_are_measured_with_the_encoder_that_they_were_learned_on(script, monkeypatch):
    def look(corpus, labeller, encoder):
        assert corpus.is_file()
        assert labeller.encoder_hash == encoder.hash
        raise Looked

    monkeypatch.setattr(script, "evaluate_aspects", look)
    with pytest.raises(Looked):
        script.main(["questions"])
