# `make site` builds the site, `make test` proves it; both set up what they need.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
# One more than there are cores on a small machine: a test that waits for a page or a program leaves its core free.
WORKERS ?= 3
VENV := .venv
BIN := $(VENV)/bin
BIOME := tests/node/node_modules/.bin/biome
LOCK := -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
# Hundreds of processes start in the tests: none of them should compile the modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help site serve check quick test lint unit texts golden golden-heard docs bench lock clean

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null || \
	 sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1  \2/p' Makefile

site: $(VENV)/site.done ## Build the site to site/
	$(BIN)/stufenweise build --wait 600

serve: $(VENV)/site.done ## Show the site in the browser and follow every save
	$(BIN)/stufenweise serve --open

check: $(VENV)/site.done ## Say everything that is wrong with the content
	$(BIN)/stufenweise check

quick: $(VENV)/quick.done ## Check the code, run the tests that need nothing but Python: a minute
	$(BIN)/python tools/quick.py

test: $(VENV)/test.done lint unit ## Check the code, run all tests

lint: $(VENV)/test.done ## Check form and types of the code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 -p stufenweise
	PATH="$(abspath $(BIN)):$$PATH" $(BIOME) ci --error-on-warnings .

unit: $(VENV)/test.done ## Run all tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

# What a change of texts alone can break.
TEXTS := tests/content tests/reference tests/project/test_documents.py tests/i18n/test_one_word.py tests/handouts/test_built_handouts.py
texts: $(VENV)/quick.done ## Run the tests of the texts: voice, spelling, lengths, documents, handouts
	sh tools/debian.sh hunspell hunspell-de-de hunspell-en-gb
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(TEXTS)

golden: $(VENV)/test.done ## Write the golden files of pages and messages anew; read the difference before you commit it
	$(BIN)/python -m pytest tests/assemble/test_golden.py tests/test_mistakes.py tests/editor/test_editor_folder.py --write-golden

golden-heard: $(VENV)/test.done ## Write anew what a screen reader is given; read the difference as you would hear it
	$(BIN)/python -m pytest tests/browser/test_heard.py --write-golden

docs: $(VENV)/test.done ## Write the reference, the schemas and the examples of problems anew
	$(BIN)/python tools/reference.py

bench: $(VENV)/test.done ## Measure, as ratios against stock Material
	$(BIN)/python benchmarks/run.py

lock: $(VENV)/test.done ## Lock the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile $(LOCK) --upgrade --group build --group test --all-extras pyproject.toml -o requirements-test.lock
	$(BIN)/uv pip compile $(LOCK) --group build -c requirements-test.lock pyproject.toml -o requirements.lock

clean: ## Remove everything that was made
	rm -rf $(VENV) .stufenweise site dist traces tests/node/node_modules tests/.materialx

$(VENV)/bin/python:
	sh tools/venv.sh "$(PYTHON)" $(VENV)

$(VENV)/site.done: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/quick.done: $(VENV)/site.done requirements-test.lock
	$(BIN)/python -m pip install -q --require-hashes -r requirements-test.lock
	touch $@

$(VENV)/test.done: $(VENV)/quick.done tests/node/package-lock.json requirements-materialx.lock
	sh tools/debian.sh apache2-bin chromium-headless-shell default-jre-headless firefox-esr fonts-dejavu-core gir1.2-webkit2-4.1 \
	 hunspell hunspell-de-de hunspell-en-gb nginx-light python3-gi webkit2gtk-driver xauth xvfb
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/npm ci --ignore-scripts --silent --no-audit --no-fund --prefix tests/node
	$(BIN)/python -m pip install -q --no-deps --upgrade --require-hashes --target tests/.materialx -r requirements-materialx.lock
	touch $@
