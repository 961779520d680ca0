# Everything runs in the project's own virtual environment; nothing but Python 3.11+ is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test fuzz soak check format lock clean
.DEFAULT_GOAL := help

help:            ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "xunjian needs Python 3.11 or newer; say which with: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)   ## inspect the built-in simulated site over real SSH and print where the PDF is
	$(BIN)/xunjian demo

# Half of the tests wait most of their time for simulated devices; those of one file share what is costly to make.
test: WORKERS := $(shell $(PYTHON) -c 'import os; print(2 * (os.cpu_count() or 1))')
test: $(READY)   ## run every test
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

fuzz: SECONDS := 600
fuzz: $(READY)   ## throw damaged outputs at the parsers for SECONDS=600
	$(BIN)/python -m tests.parsers.fuzz --seconds $(SECONDS) $(if $(START),--start $(START))

soak: SECONDS := 1800
soak: $(READY)   ## inspect 200 simulated switches full of faults, again and again, for SECONDS=1800
	$(BIN)/python -m tests.soak --seconds $(SECONDS) $(if $(START),--start $(START))

check: $(READY)  ## lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY) ## let ruff format and fix
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(READY)   ## pin the newest versions that pyproject.toml allows
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --extra demo --extra dev --extra keyring --extra postgresql --upgrade \
	    --no-annotate --no-header --quiet -o requirements.lock pyproject.toml

clean:           ## remove the virtual environment and what tools leave behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
