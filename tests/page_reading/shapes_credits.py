"""Pages that tempt to a wrong date, an invented name, or words that are no text."""

from __future__ import annotations

from reading_shapes import FIRST, NEWS, PARAGRAPHS, SECOND, TEXT, TITLE, Shape, html

_TITLE = f"<h1>{TITLE}</h1>"
_HEAD = f"{_TITLE}<p>2026-09-21 08:05</p>"
_URL = "http://www.example.cn/a/2.html"


def _info(family: str, info: str, **expected) -> Shape:
    return Shape(family, html(f"{_TITLE}<p>{info}</p><div>{PARAGRAPHS}</div>"), **expected)  # fmt: skip


def _end(family: str, end: str, **expected) -> Shape:
    return Shape(family, html(f"{_HEAD}<div>{PARAGRAPHS}{end}</div>"), **expected)


def _kept(family: str, line: str, **expected) -> Shape:
    return _end(family, f"<p>{line}</p>", text=(*TEXT, line), **expected)


CREDITS = (
    _info("发布时间和最后更新", "发布时间：2026-09-21 08:05 最后更新：2026-10-02 09:00"),
    _info("更新时间在前", "更新时间：2026-10-02 09:00　发布时间：2026-09-21 08:05"),
    _info("只有方括号里的日期", "[2026-09-21]", date="2026-09-21"),
    _info("作者佚名，来源网络", "2026-09-21 08:05 作者：佚名 来源：网络"),
    _info(
        "今天几点", "发布日期：今天 08:05", url=_URL, date="2026-11-22T08:05"
    ),
    _info("上午几点", "发布时间：2026年9月21日 上午8:05"),
    _info("几点几分", "2026年9月21日8点05分　来源：港区网", source="港区网"),
    _info("星期夹在中间", "2026年09月21日 星期一 08:05 来源：港区网", source="港区网"),
    _info(
        "竖线之间的单位",
        "2026-09-21 | 港区总工会 | 浏览 33",
        date="2026-09-21",
        source="港区总工会",
    ),
    _info("发布者是部门", "发布者：宣教部 发布时间：2026-09-21 08:05"),
    Shape(
        "通知里的活动时间不是发布日期",
        html(f"{_TITLE}<div>{PARAGRAPHS}<p>时间：2026年9月30日</p><p>地点：实训基地</p></div>"),
        url=_URL,
        date=None,
        text=(*TEXT, "时间：2026年9月30日", "地点：实训基地"),
    ),
    Shape(
        "评论的时间不是发布日期",
        html(f"{_TITLE}<div>{PARAGRAPHS}</div><div>最新评论</div><div>网友 2026-09-22 10:00</div><div>好</div>"),
        url=_URL,
        date=None,
    ),
    Shape(
        "下方列表的日期不是发布日期",
        html(f"{_TITLE}<div>{PARAGRAPHS}</div><div><h3>最新动态</h3><ul>{NEWS.replace('09-1', '2026-09-1')}</ul></div>"),
        url=_URL,
        date=None,
    ),
    Shape(
        "摄影者不是作者",
        html(f"{_HEAD}<div><p>{FIRST}</p><p><img src=/u/1.jpg></p><p>现场。（新华社记者 王海燕 摄）</p><p>{SECOND}</p></div>"),
        text=(FIRST, SECOND),
        captions=("现场。",),
        credits=("新华社记者 王海燕",),
    ),
    _kept("据新华社电不是来源", "据新华社北京9月21日电，全国各地工会开展竞赛活动。"),
    _end(
        "公众号的竖线标签",
        "<p>来源丨港区日报</p><p>编辑丨李红</p><p>审核丨陈静</p>",
        source="港区日报",
        editors="李红",
    ),
    _end(
        "公众号的竖线标签写成一行",
        "<p>来源 | 港区日报　编辑 | 李红　审核 | 陈静</p>",
        source="港区日报",
        editors="李红",
    ),
    _end(
        "公众号的斜线标签",
        "<p>来源/港区日报</p><p>编辑/李红</p>",
        source="港区日报",
        editors="李红",
    ),
    _end(
        "文字丨图片丨编辑丨",
        "<p>文字丨王海燕</p><p>图片丨李志强</p><p>编辑丨李红</p>",
        author="王海燕",
        editors="李红",
    ),
    _end("END 和在看", "<p>END</p><p>—END—</p><p>点亮“在看”，分享给更多人</p>"),
    _end(
        "往期推荐",
        "<p>往期推荐</p><p><a href=/1.html>夏送清凉走进物流园</a></p><p><a href=/2.html>职工书屋里的读书时光</a></p>",
    ),
    _kept("作者单位不是作者", "（作者单位：港区总工会）"),
    _kept("作者系某单位主席，没有姓名", "（作者系港区总工会主席）"),
    _end("记者和通讯员各带冒号", "<p>记者：王海燕 通讯员：张晓梅</p>", author="王海燕、张晓梅"),
    _kept(
        "文和图各有其人",
        "（港区融媒体记者 王海燕 通讯员 张晓梅 李志强/文 周涛/图）",
        author="王海燕、张晓梅、李志强",
    ),
    _kept("姓名当中有空格", "（王 莉 张晓梅）", author="王莉、张晓梅"),
    _end(
        "附件在正文末",
        "<p>附件：<a href='/P/1.doc'>1.报名表</a></p><p><a href='/P/2.xls'>2.汇总表.xls</a></p>",
        text=(*TEXT, "附件：1.报名表", "2.汇总表.xls"),
        attachments=("1.报名表", "2.汇总表.xls"),
    ),
)  # fmt: skip
