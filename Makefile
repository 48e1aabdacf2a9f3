# `make demo` and `make test` set up all they need: Python 3.11+, make, and for the Neo4j tests Java and Maven.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Torch is only needed to train, and is most of a gigabyte: it has an environment of its own.
TRAIN_VENV := .venv-train
TRAINER := $(TRAIN_VENV)/bin/python
# Every committed page, model and template is found from the checkout, so the commands run in it.
UV := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)

.DEFAULT_GOAL := help
.PHONY: help demo test check format lock bench train curve accuracy clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): pyproject.toml requirements/dev.txt package-lock.json hatch_build.py
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit("dealgraph needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x "$(UV)" || $(BIN)/python -m pip install --quiet uv
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	$(BIN)/python hatch_build.py
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## read the sample articles, print the deals, draw graph.html
	$(BIN)/dealgraph demo

test: $(READY) ## run every test, with a real Neo4j server
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: $(READY) ## formatting, lint, strict types, import direction
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY) ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(READY) ## renew requirements/*.txt from pyproject.toml
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 --group train -o requirements/train.txt

accuracy: $(READY) ## measure accuracy: ARTICLES=dev.jsonl GOLD=dev.gold.jsonl CORE=core/test.json
	$(BIN)/python -m benchmarks.accuracy $(ARTICLES) $(GOLD) $(if $(CORE),--core $(CORE)) --ablate --write docs/accuracy.md

TRAIN = $(TRAINER) -m pipeline.models.train $(ARTICLES) --core $(CORE)
FIT := $(BIN)/python -m pipeline.models.train

# A network that is finished in build/ is not trained again: `make clean` first, to begin anew.
train: $(READY) $(TRAINER) ## train the reader: ARTICLES=train.jsonl CORE=core/train.json
	$(FIT).terms $(ARTICLES)
	$(TRAIN) --checkpoints build/all --out build/unfitted.zip
	$(FIT).fit $(ARTICLES) build/unfitted.zip
	$(TRAIN) --checkpoints build/all

# After a head start on what is ours and CORE, the pair network learns from ever more articles in always as many steps,
# beside the finished tagger.
curve: $(READY) $(TRAINER) ## a learning curve, after `make train`, and with its ARTICLES and CORE
	$(TRAIN) --articles-used 0 --pairs-only --pair-epochs 3 --checkpoints build/start
	mkdir -p build/curve-0 && cp build/all/names.pt build/start/pairs.pt build/curve-0/
	for articles in 0 100 200 400 640; do \
	  mkdir -p build/curve-$$articles && cp build/all/names.pt build/curve-$$articles/ && \
	  $(TRAINER) -m pipeline.models.train $(ARTICLES) --start build/start --no-passages \
	    --articles-used $$articles --pair-steps 150 --checkpoints build/curve-$$articles --out build/curve-$$articles.zip || exit 1; \
	done
	$(FIT).curve $(ARTICLES) $(foreach articles,0 100 200 400 640,build/curve-$(articles).zip)

$(TRAINER): requirements/train.txt | $(READY)
	$(PYTHON) -m venv $(TRAIN_VENV)
	$(UV) pip install --quiet --python $@ --require-hashes -r $<
	@touch $@

bench: $(READY) ## measure speed: ARTICLES=dev.jsonl
	$(BIN)/python -m benchmarks.resolve
	$(if $(ARTICLES),$(BIN)/python -m benchmarks.extract $(ARTICLES))

clean: ## remove what was built, keep the data
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
