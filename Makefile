# `make demo` and `make test` each do all the set-up that they need; `make help` lists the rest.

VENV    := .venv
BIN     := $(VENV)/bin
READY   := $(VENV)/.ready
DEMO    := out/demo

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow lint docs bench bench-peers fuzz mutants

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: $(READY) ## install what is missing: Tesseract, its Vietnamese data, Python packages in .venv

# Done again only when what is to be installed has changed.
$(READY): pyproject.toml constraints.txt scripts/apt.sh scripts/setup-system.sh scripts/setup-python.sh
	@scripts/setup-system.sh
	@scripts/setup-python.sh $(VENV)
	@touch $@

demo: $(READY) ## run the batch over samples/ and show what came out
	@rm -rf $(DEMO)
	$(BIN)/phuluc batch --inbox samples --out $(DEMO)
	@$(BIN)/python scripts/show_dataset.py $(DEMO)

lint: $(READY) ## rules, format, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Files in their own order: those with few tests, which xdist leaves for the end, take longest.
test: $(READY) lint ## lint, then all tests but the slow ones
	@scripts/setup-tests.sh
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-slow: $(READY) ## the slow tests: schedules that really fire, long files
	@scripts/setup-tests.sh
	$(BIN)/python -m pytest -m slow

docs: $(READY) ## make docs/ and samples/expected/ anew: data dictionary, pictures, expected output
	@scripts/setup-tests.sh
	$(BIN)/python -m pipeline.dataset.dictionary > docs/data-dictionary.md
	PYTHONPATH=. $(BIN)/python scripts/make_pictures.py docs/images
	PYTHONPATH=. $(BIN)/python scripts/make_page_picture.py docs/images
	scripts/make_expected.sh $(BIN)/python

BENCH := out/bench

bench: $(READY) ## make a corpus with known truth, measure accuracy on it, then memory and speed
	@scripts/setup-bench.sh
	$(BIN)/python -m tests.benchmarks.corpus --out $(BENCH)/corpus --seed 11
	$(BIN)/python -m tests.benchmarks.measure --corpus $(BENCH)/corpus --seed 11 --out $(BENCH)/report.md
	$(BIN)/python -m tests.benchmarks.letters --corpus $(BENCH)/corpus
	$(BIN)/python -m tests.benchmarks.corpus.twists
	$(BIN)/python -m tests.benchmarks.agencies
	$(BIN)/python -m tests.benchmarks.phrases
	$(BIN)/python -m tests.benchmarks.text_layers
	$(BIN)/python -m tests.benchmarks.memory --corpus $(BENCH)/corpus
	$(BIN)/python -m tests.benchmarks.store --corpus $(BENCH)/corpus --files
	$(BIN)/python -m tests.benchmarks.orchestration samples/chi-lang-papi-2024-scan.pdf
	$(BIN)/python -m tests.benchmarks.speed samples/chi-lang-papi-2024-scan.pdf samples/chi-lang-papi-2024.pdf \
		--corpus $(BENCH)/corpus

fuzz: $(READY) ## the property tests, with many more examples
	$(BIN)/python -m pytest --hypothesis-profile=fuzz -m hypothesis tests

mutants: $(READY) ## put 200 small faults into stitching, tables and interpreting: do the unit tests find them?
	$(BIN)/python -m tests.mutation

PEERS_VENV := out/peers-venv

bench-peers: $(READY) ## the same files through pdfplumber, camelot and img2table: table, and chart for the README
	@scripts/setup-bench.sh
	@scripts/setup-peers.sh $(PEERS_VENV)
	$(BIN)/python -m tests.benchmarks.corpus --out $(BENCH)/corpus --seed 11
	$(BIN)/python -m tests.benchmarks.peers --corpus $(BENCH)/corpus --venv $(PEERS_VENV) \
		--out $(BENCH)/peers.md --chart docs/images/peers.svg
