# Every target makes its own .venv from the lock file first; only Python 3.11+ and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
.DEFAULT_GOAL := help
# Packages are installed without byte code: what is imported is compiled once, and kept.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help report report-en test test-unit test-all lab lint docs bench bench-full lock pictures clean

help:  ## what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "sosei needs Python 3.11 or later: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

report: $(READY)  ## run every notebook on data/ and write outputs/index.html
	$(BIN)/sosei run

report-en: $(READY)  ## the same reports in English, into outputs/en
	$(BIN)/sosei run --language en

CORES := $(shell $(PYTHON) -c 'import os; print(os.cpu_count())')
WAITING := $(shell expr $(CORES) + 1)
PYTEST := $(BIN)/python -m pytest --dist=loadfile --no-loadscope-reorder --durations=5

test: $(READY)  ## the tests, but for the slow ones; the units come first
	$(PYTEST) --numprocesses=$(WAITING)

test-unit: $(READY)  ## the units only: tests that start no run and no browser (two minutes)
	$(PYTEST) --numprocesses=$(CORES) -m "not process and not slow"

test-all: $(READY)  ## all tests, also the slow ones (every night)
	$(PYTEST) --numprocesses=$(WAITING) -m ""

lab: $(READY)  ## open JupyterLab in the project, at the researcher's notebook
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks/explore.ipynb

lint: $(READY)  ## formatting, style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb

$(VENV)/.docs: requirements-docs.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements-docs.lock
	@touch $@

docs: $(VENV)/.docs  ## the API, a gallery of all figures and the pages of docs/ as a site -> outputs/docs/index.html
	$(BIN)/sphinx-build --quiet --fresh-env --fail-on-warning docs outputs/docs

bench: $(READY)  ## the measurements, side by side (a quarter of an hour)
	$(BIN)/python benchmarks/cli_start.py
	$(BIN)/python benchmarks/measures.py
	$(BIN)/python benchmarks/runner.py

bench-full: $(READY)  ## long runs: reading, growth, memory, nothing to do, a whole nation (an hour)
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/full.py

COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes \
	--upgrade --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet

lock: $(READY)  ## renew both lock files (needs uv); that of the docs follows the other
	$(COMPILE) pyproject.toml --group dev -o requirements.lock
	$(COMPILE) --group docs --constraint requirements.lock -o requirements-docs.lock

pictures: report report-en  ## renew docs/images from the reports in outputs/
	$(BIN)/python docs/take_pictures.py

clean:  ## remove outputs/ (they can be made again)
	rm -rf outputs
