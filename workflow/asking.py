"""Questions at the terminal, in Chinese, and what people type there."""

from __future__ import annotations

import typer

from newsroom.errors import NewsroomError
from newsroom.typed_address import typed_address

_YES = frozenset({"是", "是的", "对", "要", "好", "行", "y", "yes", "ｙ", "1"})
_NO = frozenset({"否", "不", "不是", "不要", "不用", "算了", "n", "no", "ｎ", "0"})


def ask_whether(question: str, *, default: bool) -> bool:
    """Ask until the answer is a yes or a no; Enter takes the default."""
    shown = "是" if default else "否"
    while True:
        answer = str(typer.prompt(f"{question}（是/否）", default=shown))
        said = answer.strip().strip("。.！!").lower()
        if said in _YES | _NO:
            return said in _YES
        typer.echo("请写“是”或“否”，y 或 n 也行。")


def meant_address(given: str) -> str:
    """The address that was meant by what was typed.

    Raises:
        NewsroomError: it is none.
    """
    meant = typed_address(given)
    if meant is None:
        said = f"“{given}”不是网址" if given.strip() else "没有写网址"
        raise NewsroomError(
            f"{said}。网址像 http://www.example.cn/xw/ 这样，"
            "请在浏览器里打开那一页，从地址栏里抄"
        )
    return meant
