# 工会之声: the two commands of a newcomer are `make demo` and `make test`.
UV_VERSION := 0.13.9
UV := .uv/bin/uv
PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3 python,$(shell command -v $(p) >/dev/null 2>&1 && $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv

.PHONY: help setup demo test sweep soak fuzz morning check clean

help: ## 显示这份说明
	@echo "工会之声 常用命令："
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1	\2/'

$(UV):
	@test -n "$(PYTHON)" || { echo "没有找到 Python 3.11 或更高版本。请先安装（https://www.python.org/），再运行一次。"; exit 1; }
	@echo "正在准备安装工具……"
	@$(PYTHON) -m venv .uv || { echo "缺少 venv 组件。Debian/Ubuntu 请装 python3-venv，再运行一次。"; exit 1; }
	@.uv/bin/python -m pip --quiet --disable-pip-version-check install "uv==$(UV_VERSION)"

.venv/.ready: uv.lock pyproject.toml $(UV)
	@echo "正在安装组件（按 uv.lock 固定的版本）……"
	@$(UV) sync --frozen --quiet --python "$(PYTHON)"
	@touch $@

setup: .venv/.ready ## 安装全部组件到 .venv

demo: setup ## 用内置的样板网站演示十个早晨；看效果：make demo ARGS=--serve
	@.venv/bin/gonghui demo $(ARGS)

morning: setup ## 按 config.toml 跑一次早晨任务
	@.venv/bin/gonghui morning $(ARGS)

test: setup ## 检查与测试；GONGHUI_ALL=1 先装齐浏览器、字体，缺一不可
	@GONGHUI_ALL="$(GONGHUI_ALL)" sh scripts/test $(ARGS)

sweep: setup ## 断电与写满磁盘的扫描：320 处，约十分钟（需要 Linux 和 strace）
	@.venv/bin/python -m tests.durability.sweep --points 320 $(ARGS)
	@.venv/bin/python -m tests.durability.sweep --table disks --points 40 $(ARGS)

soak: setup ## 连续 200 个早晨，随机出错，看内存和句柄是否平稳
	@.venv/bin/python -m tests.durability.soak --runs 200 $(ARGS)

fuzz: setup ## 网页读法的模糊测试：编码、日期、列表、正文各一分钟（Linux、Python 3.11）
	@for one in charset dates lists bodies; do .venv/bin/python fuzz/reading.py $$one --seconds 60 $(ARGS) || exit 1; done

check: setup ## 只做静态检查（ruff、mypy）
	@sh scripts/check

clean: ## 删除安装的组件与缓存（不动 data/ 和 output/）
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis
