# Short names for scripts/, which work without make too.

SHELL := /bin/bash
.PHONY: help serve test lint setup build dev e2e web bench fmt clean

help:
	@echo "make serve   set up what is missing, build, serve with the demo open"
	@echo "make test    set up what is missing, run every check and test"
	@echo "make lint build dev e2e web bench fmt setup clean   see Makefile"

serve:
	@scripts/serve

test:
	@scripts/test

setup:
	@scripts/setup

lint:
	@scripts/setup build lint && scripts/lint

build:
	@scripts/setup build && scripts/build

# Unoptimised, rebuilt and reloaded on every change, without a service worker.
dev:
	@scripts/setup build && . scripts/env && trunk serve --dist target/dev --open

# The journeys on the production build; ARGS=name picks some.
e2e:
	@scripts/test e2e $(ARGS)

web:
	@scripts/test web $(ARGS)

bench:
	@scripts/bench $(ARGS)

fmt:
	@. scripts/env && cargo fmt --all

# The tools stay: `rm -r` the folder that `. scripts/env; echo $$RUNATLAS_TOOLS` names to be rid of them.
clean:
	rm -rf target dist
