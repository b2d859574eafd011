# Two commands do all set-up by themselves: `make demo` and `make test`.
VENV := .venv
PY := $(VENV)/bin/python
UV := $(shell command -v uv 2>/dev/null)
STAMP := $(VENV)/.ready
LIGHT := $(VENV)/.light

.PHONY: demo test check docs notebooks licences audit wheel-check sbom lock clean
.DELETE_ON_ERROR:

$(STAMP): pyproject.toml requirements.lock src/communique/__init__.py
ifeq ($(UV),)
	python3 -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
else
	$(UV) venv --quiet --allow-existing --python 3.11 $(VENV)
	$(UV) pip install --quiet --python $(PY) --requirement requirements.lock
	$(UV) pip install --quiet --python $(PY) --no-deps --editable .
endif
	touch $@

# What a user needs, without the tools of those who change the program: a sixth of the packages.
$(LIGHT): pyproject.toml requirements.lock src/communique/__init__.py
ifeq ($(UV),)
	python3 -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[archive,explore]'
else
	$(UV) venv --quiet --allow-existing --python 3.11 $(VENV)
	$(UV) pip install --quiet --python $(PY) --constraint requirements.lock --editable '.[archive,explore]'
endif
	touch $@

demo: $(if $(wildcard $(STAMP)),$(STAMP),$(LIGHT))
	$(VENV)/bin/communique demo

test: $(STAMP)
	$(PY) -m pytest

check: $(STAMP)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) benchmarks/licences.py

# The site in docs/_build; a warning is an error. Examples are run by `make test`.
docs: $(STAMP)
	$(PY) -m sphinx -q -W --keep-going -b html docs docs/_build

# Runs the example notebooks, offline, and keeps what they show.
notebooks: $(STAMP)
	$(PY) docs/notebooks/run.py

# Which packages Communique needs at run time, under which licences; fails on copyleft ones.
licences: $(STAMP)
	$(PY) benchmarks/licences.py --list

# The same as a bill of materials (CycloneDX).
sbom: $(STAMP)
	mkdir -p dist
	$(PY) benchmarks/licences.py --sbom dist/communique.cdx.json

# Known weaknesses of the pinned packages; says so where no database can be asked.
audit: $(STAMP)
	$(PY) benchmarks/audit.py

# Builds the wheel twice to the same bytes, installs it in an empty environment, measures that, and runs the demo there without a network.
wheel-check: $(STAMP)
	$(PY) benchmarks/wheel.py

# Pins every package, development tools included; needs uv.
lock:
	uv pip compile --quiet --universal --no-header --python-version 3.11 --group dev --extra all --extra docs --extra scale pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
