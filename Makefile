# `make demo` and `make test` set up everything they need in .venv; nothing else has to be installed but Python and make.
PYTHON ?= python3
TORCH ?= 2.13.0
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help setup demo test lint benchmarks clean
help:
	@echo "make demo        check an example list against an example company"
	@echo "make test        run the tests"
	@echo "make lint        ruff and mypy"
	@echo "make benchmarks  speed and memory beside the script one would write oneself; how collecting behaves"

setup: .venv/.ready

# A CPU build of torch is taken where there is one: the default build brings gigabytes of CUDA that nothing here uses.
.venv/.ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("askworthy needs Python 3.11 or later, this is " + sys.version.split()[0] + "; try make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet "torch==$(TORCH)+cpu" 2>/dev/null || $(BIN)/python -m pip install --quiet "torch==$(TORCH)"
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch .venv/.ready

demo: setup
	$(BIN)/askworthy check corpus/demo/questions.md --company corpus/demo/company

test: setup
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

benchmarks: setup
	$(BIN)/python tests/benchmarks/run.py --repeat 3
	$(BIN)/python tests/benchmarks/aspects.py
	$(BIN)/python tests/benchmarks/collect_politeness.py
	$(BIN)/python tests/benchmarks/collect_kills.py
	$(BIN)/python tests/benchmarks/collect_extraction.py

clean:
	rm -rf .venv build dist
