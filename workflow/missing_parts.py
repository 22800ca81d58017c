"""A component that is not installed, in words: the program was upgraded, not set up."""

from __future__ import annotations

from pathlib import Path

_OURS = Path(__file__).resolve().parents[1]


def missing_sentence(error: Exception) -> str | None:
    """What to run when a component is missing; None for any other error."""
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return None
    name = error.name.partition(".")[0]
    if (_OURS / name).is_dir() or (_OURS / f"{name}.py").is_file():
        return None
    return (
        f"缺少组件 {name}：程序升级以后还没有装齐，没有启动。"
        "请先运行 make setup（没有 make 的电脑运行 uv sync --frozen），再运行一次"
    )
