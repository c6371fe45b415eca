# 两条命令：make run 启动工作台；make test 运行全部检查与测试。
# Two commands: `make run` serves the workbench, `make test` runs every check. README.md has both without make.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 7860
KB ?= kb-data
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run test install clean

run: $(VENV)/.installed
	$(BIN)/python app.py --kb $(KB) --port $(PORT)

test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

install: $(VENV)/.installed

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install --quiet torch -c constraints.txt
	$(PIP) install --quiet --editable . -c constraints.txt
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PIP) install --quiet --editable ".[test]" -c constraints.txt
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info
