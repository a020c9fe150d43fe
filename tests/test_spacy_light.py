import subprocess
import sys
from importlib.util import find_spec

import pytest

from askworthy.spacy_light import blank_english


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)


def test_the_pipeline_splits_sentences_and_is_shared():
    assert blank_english() is blank_english()
    assert [sentence.text for sentence in blank_english()("We bake. Who sells?").sents] == ["We bake.", "Who sells?"]


def test_importing_the_module_imports_no_spacy():
    done = run("import sys, askworthy.spacy_light; assert 'spacy' not in sys.modules")
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(find_spec("torch") is None, reason="torch is not installed")
def test_spacy_comes_without_torch_and_torch_can_come_later():
    done = run(
        "import sys\n"
        "from askworthy.spacy_light import blank_english, without_torch\n"
        "with without_torch():\n"
        "    nlp = blank_english()\n"
        "assert 'torch' not in sys.modules\n"
        "assert len(nlp('Who leads?')) == 3\n"
        "import torch\n"
        "assert torch.ones(2).sum() == 2\n"
    )
    assert done.returncode == 0, done.stderr


def test_the_mark_is_taken_away_when_the_block_fails():
    done = run(
        "import sys\n"
        "from askworthy.spacy_light import without_torch\n"
        "try:\n"
        "    with without_torch():\n"
        "        assert sys.modules['torch'] is None\n"
        "        raise KeyError\n"
        "except KeyError:\n"
        "    pass\n"
        "assert 'torch' not in sys.modules\n"
    )
    assert done.returncode == 0, done.stderr


def test_a_torch_that_is_already_there_stays():
    done = run(
        "import sys, types\n"
        "from askworthy.spacy_light import without_torch\n"
        "sys.modules['torch'] = mine = types.ModuleType('torch')\n"
        "with without_torch():\n"
        "    assert sys.modules['torch'] is mine\n"
        "assert sys.modules['torch'] is mine\n"
    )
    assert done.returncode == 0, done.stderr


def test_nothing_happens_once_spacy_is_imported():
    done = run(
        "import sys, types\n"
        "from askworthy.spacy_light import without_torch\n"
        "sys.modules['spacy'] = types.ModuleType('spacy')\n"
        "with without_torch():\n"
        "    assert 'torch' not in sys.modules\n"
    )
    assert done.returncode == 0, done.stderr
