# demo · test · check · hostile · fuzz · soak · matrix · bench · screenshots · reference: everything is installed into .venv and js/node_modules.
PYTHON ?= python3

PY := .venv/bin/python
INSTALLED := .venv/.installed
MODULES := js/node_modules/.package-lock.json
BUNDLE := sigmic_jupyter/static/widget.js
SOURCES := $(shell find js/src -type f) $(wildcard js/*.mjs)

.DELETE_ON_ERROR:
.PHONY: demo test check unit js-test kernel-test browser-test hostile fuzz soak matrix bench screenshots reference build format clean tools

demo: $(INSTALLED)
	@exec $(PY) scripts/demo.py $(if $(PORT),--port $(PORT))

test: check js-test unit kernel-test browser-test

check: $(INSTALLED)
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	cd js && npm run --silent check

unit: $(INSTALLED)
	$(PY) -m pytest -q -m "not browser and not kernels"

kernel-test: $(INSTALLED)
	$(PY) -m pytest -q -m kernels

js-test: $(BUNDLE)
	cd js && npm run --silent test

browser-test: $(INSTALLED)
	@CHROMIUM="$$(scripts/chromium)" && export CHROMIUM && $(PY) -m pytest -q -m browser

hostile: $(INSTALLED)
	@CHROMIUM="$$(scripts/chromium)" && export CHROMIUM && HOSTILE=all $(PY) -m pytest -q tests/browser/hostile

fuzz: $(INSTALLED)
	FUZZ=$(or $(EXAMPLES),10000) $(PY) -m pytest -q tests/unit/fuzz

soak: $(INSTALLED)
	$(PY) scripts/soak.py $(or $(MINUTES),30)

matrix: $(INSTALLED)
	$(PY) scripts/matrix.py $(VERSIONS)

bench: $(INSTALLED)
	@CHROMIUM="$$(scripts/chromium)" && export CHROMIUM && $(PY) benchmarks/run.py $(WORKLOADS)

screenshots: $(INSTALLED)
	@CHROMIUM="$$(scripts/chromium)" && export CHROMIUM && $(PY) scripts/screenshots.py

reference: $(INSTALLED)
	$(PY) scripts/reference.py

build: $(INSTALLED)
	rm -rf dist
	$(PY) -m build

format: $(INSTALLED)
	$(PY) -m ruff check --fix-only
	$(PY) -m ruff format
	cd js && npm run --silent format

clean:
	rm -rf .venv js/node_modules dist build sigmic_jupyter/static

tools:
	@scripts/require python "$(PYTHON)"
	@scripts/require node

$(INSTALLED): pyproject.toml js/package.json | tools $(BUNDLE)
	[ -x $(PY) ] || "$(PYTHON)" -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(MODULES): js/package-lock.json | tools
	cd js && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUNDLE): $(SOURCES) $(MODULES)
	cd js && npm run --silent build
	@touch $@
