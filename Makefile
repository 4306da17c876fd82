# The one front door. `make` checks everything that a change must pass; the environment is made when it is missing.

BIN ?= .venv/bin

.PHONY: all lint test kernels docs ci clean

all: lint test

lint: $(BIN)/huntui
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python docs/generate.py --check

test: $(BIN)/huntui
	$(BIN)/pytest -n auto

# The kernels as plain Python: slower, with readable tracebacks.
kernels: $(BIN)/huntui
	NUMBA_DISABLE_JIT=1 $(BIN)/pytest -n auto -m 'not slow' tests/packets tests/alerts tests/features

docs: $(BIN)/huntui
	$(BIN)/python docs/generate.py

ci:
	.ci/run

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/huntui: pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install --quiet --editable '.[dev]'
	.venv/bin/pre-commit install || true
	touch $@
