# One set of commands for people and CI. Python 3.11 or newer, git and make are all that is needed first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Extra words for the installation of torch, for example an index of CPU or CUDA builds.
TORCH_FLAGS ?=
OUT ?= clip.mp4
ARGS ?=
define EIFFEL
巴黎铁塔是法国巴黎的标志性建筑，也是世界著名的旅游景点之一。它由设计师埃菲尔于1889年设计，高324米。游客可以登上铁塔，欣赏巴黎美景。
endef
TEXT ?= $(EIFFEL)
export TEXT
# Neither pip nor a user's settings of other projects shall leak in.
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup setup-dev clip serve test check format cover bench lock clean

help:  ## This list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.setup-runtime  ## Create or update .venv with what the default clip needs
setup-dev: $(VENV)/.setup-dev  ## The same with the tools for tests and checks

$(VENV)/.setup-runtime: requirements/torch.txt requirements/runtime.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("textreel needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(TORCH_FLAGS) -r requirements/torch.txt
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements/runtime.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.setup-dev: $(VENV)/.setup-runtime requirements/dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements/dev.lock
	@touch $@

clip: setup  ## Render a clip: make clip TEXT="..." OUT=x.mp4 ARGS="--seed 7"
	@printf '%s' "$$TEXT" | $(BIN)/textreel render - --out $(OUT) $(ARGS)

serve: setup  ## Run the bot with the adapters that config.toml enables
	$(BIN)/textreel serve $(ARGS)

test: setup-dev  ## The whole test suite with branch coverage
	$(BIN)/python -m pytest --cov --cov-report=term $(ARGS)

check: setup-dev  ## Lint, format, types, import contract, architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/architecture

format: setup-dev  ## Put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-dev  ## Measure; figures go to docs/benchmarks.md
	$(BIN)/python -m tests.bench $(ARGS)

lock: setup-dev  ## Make the locks anew after a change of requirements/*.in
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-emit-package torch --no-header -o requirements/runtime.lock requirements/runtime.in
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-emit-package torch --no-header -o requirements/dev.lock requirements/dev.in

clean:  ## Remove what was built or cached, but no data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*
