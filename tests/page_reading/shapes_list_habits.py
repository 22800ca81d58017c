"""List pages whose rows stand beside other things that look like rows."""

from __future__ import annotations

from reading_shapes_lists import TITLES, ListShape, page, rows

_PAPER = "http://paper.example.com/html/2026-09/21/"
_NOTICES = "".join(
    f"<li><a href='/tzgg/{n}.html'>{title}</a><span>2026-08-{n}</span></li>"
    for n, title in (
        (11, "关于放假安排的通知"),
        (12, "关于征集职工作品的通知"),
        (13, "采购项目结果公示公告"),
    )
)
_STORIES = "".join(
    f"<tr><td><a href='content_{n}.htm'><div style='display:inline'>{title}</div></a></td></tr>"
    for n, title in enumerate(TITLES)
)
_EDITIONS = "".join(
    f"<tr><td><a href='node_{n}.htm'>第0{n}版：{name}</a></td></tr>"
    for n, name in enumerate(("头版", "要闻", "综合", "副刊"), 1)
)
_WRITTEN = (
    "<li><a href='{url}'>{title}</a><span>"
    "<script>var d = '2026-09-{day} 08:05:00'; document.write(d.substr(0,10))</script></span></li>"
)

LIST_HABITS = (
    ListShape(
        "列表在注释里，旁边是另一个栏目带日期的小框",
        page(
            f"<div><!-- <ul>{rows('<li><a href={url!r}>{title}</a><span>2026-09-{day}</span></li>')}</ul> --></div>"
            f"<div class='box'><h3>通知公告</h3><ul>{_NOTICES}</ul></div>"
        ),
    ),
    ListShape(
        "注释里是改版前的列表，看得见的才是",
        page(
            f"<!-- <ul>{_NOTICES}</ul> --><ul>{rows('<li><a href={url!r}>{title}</a><span>2026-09-{day}</span></li>')}</ul>"
        ),
    ),
    ListShape(
        "数字报：版面目录不是稿件",
        f"<html><body><table><tr><td>2026年09月21日 星期一</td></tr></table><table>{_STORIES}</table><table>{_EDITIONS}</table></body></html>",
        url=f"{_PAPER}node_3.htm",
        addresses=tuple(f"{_PAPER}content_{n}.htm" for n in range(len(TITLES))),
        dates=None,
    ),
    ListShape(
        "日期由 document.write 写出，用 substr 截短",
        page(f"<ul>{rows(_WRITTEN)}</ul>"),
    ),
)
