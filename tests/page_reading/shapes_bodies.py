"""Pages whose text is hard to tell from what stands around it."""

from __future__ import annotations

from reading_shapes import (  # fmt: skip
    FIRST,
    NEWS,
    PARAGRAPHS,
    SECOND,
    TEXT,
    THIRD,
    TITLE,
    Shape,
    html,
)

_HEAD = f"<h1>{TITLE}</h1><p class='i'>2026-09-21 08:05　来源：港区总工会</p>"
_DISCLAIMER = (
    "<div class='ds'><p>凡本网注明“来源：港区网”的所有作品，版权均属于港区网，未经授权不得转载、摘编或利用其它方式使用。</p>"
    "<p>凡本网注明“来源：XXX（非港区网）”的作品，均转载自其它媒体，转载目的在于传递更多信息，并不代表本网赞同其观点。</p>"
    "<p>如因作品内容、版权和其它问题需要同本网联系的，请在30日内进行。</p></div>"
)
_NOTICE = (
    "各基层工会：",
    "根据工作安排，现将2026年港区职工技能竞赛有关事项通知如下。",
    "一、比赛时间",
    "9月20日至22日",
    "二、比赛地点",
    "港区实训基地",
    "三、参赛对象",
    "港区各企业在职职工，每个工种限报三人。",
    "附件：1.报名表",
    "港区总工会",
    "2026年9月10日",
)
_NAMES = ("李明", "王芳", "张三丰", "赵小龙", "周涛", "陈静", "刘洋", "孙丽")
_LONG = "".join(TEXT) * 3


def _p(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


BODIES = (
    Shape(
        "通知：短行、序号、落款、日期",
        html(f"{_HEAD}<div class='n'>{_p(*_NOTICE)}</div>"),
        source="港区总工会",
        text=_NOTICE,
    ),
    Shape(
        "通知：每行一个 div",
        html(
            f"{_HEAD}<div class='n'>{''.join(f'<div>{line}</div>' for line in _NOTICE)}</div>"
        ),
        source="港区总工会",
        text=_NOTICE,
    ),
    Shape(
        "公示：一段话和名单表格各在一个 div",
        html(
            f"{_HEAD}<div class='o'><div><p>{SECOND}</p></div><div><table><tr><td>姓名</td><td>工种</td></tr>"
            + "".join(f"<tr><td>{name}</td><td>叉车</td></tr>" for name in _NAMES)
            + "</table></div></div>"
        ),
        source="港区总工会",
        text=(SECOND, "姓名\t工种", *(f"{name}\t叉车" for name in _NAMES)),
    ),
    Shape(
        "一段很长，其余很短，都是 div",
        html(
            f"{_HEAD}<div class='o'><div>{FIRST}</div><div>{_LONG}</div><div>特此报道。</div><div>港区总工会</div></div>"
        ),
        source="港区总工会",
        text=(FIRST, _LONG, "特此报道。", "港区总工会"),
    ),
    Shape(
        "版权与免责声明三段，没有标题，在正文框后",
        html(f"<div class='q'>{_HEAD}<div>{PARAGRAPHS}</div>{_DISCLAIMER}</div>"),
        source="港区总工会",
    ),
    Shape(
        "版权与免责声明三段，在正文框里",
        html(f"<div class='q'>{_HEAD}<div>{PARAGRAPHS}{_DISCLAIMER}</div></div>"),
        source="港区总工会",
    ),
    Shape(
        "网友评论比正文长",
        html(
            f"<div class='q'>{_HEAD}<div><p>{FIRST}</p></div></div><div class='cm'><h3>网友评论</h3>"
            + "".join(
                f"<div class='u'><b>网友{n}</b><p>说得太好了，我们车间去年也参加过这样的比赛，收获很大，希望每年都办。第{n}楼。</p></div>"
                for n in range(8)
            )
            + "</div>"
        ),
        source="港区总工会",
        text=(FIRST,),
    ),
    Shape(
        "正文中间插一框相关报道",
        html(
            f"{_HEAD}<div><p>{FIRST}</p><div class='rl'><p>相关报道：</p><p><a href='/a/1.html'>港区工会驿站增添防暑药品</a></p><p><a href='/a/2.html'>港区劳模宣讲进车间</a></p></div><p>{SECOND}</p><p>{THIRD}</p></div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "（来源：某报）在末段句末",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}（来源：港区日报）</p></div>"
        ),
        source="港区日报",
        text=(FIRST, SECOND, f"{THIRD}（来源：港区日报）"),
    ),
    Shape(
        "正文全是加粗",
        html(
            f"{_HEAD}<div>{''.join(f'<p><strong>{one}</strong></p>' for one in TEXT)}</div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "正文段落是 h3",
        html(f"{_HEAD}<div>{''.join(f'<h3>{one}</h3>' for one in TEXT)}</div>"),
        source="港区总工会",
    ),
    Shape(
        "每段各套四层 section（公众号编辑器）",
        html(
            f"{_HEAD}<div>{''.join(f'<section><section><section><section><p>{one}</p></section></section></section></section>' for one in TEXT)}</div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "视频页：只有一句话",
        html(
            f"{_HEAD}<div class='v'><video src='/a.mp4'></video><p>{FIRST}</p></div><div class='t'><h3>推荐视频</h3><ul>{NEWS}</ul></div>"
        ),
        source="港区总工会",
        text=(FIRST,),
    ),
    Shape(
        "前面的侧栏是带摘要的文章，比正文长",
        html(
            "<div class='lf'><h3>专题</h3>"
            + "".join(
                f"<div><h4><a href='/x/{n}.html'>夏送清凉活动走进第{n}家企业</a></h4><p>连日来，港区各级工会走进一线，把防暑降温用品送到职工手中，受到广大职工的热烈欢迎和一致好评。</p></div>"
                for n in range(6)
            )
            + f"</div><div class='rt'>{_HEAD}<div><p>{FIRST}</p><p>{SECOND}</p></div></div>"
        ),
        source="港区总工会",
        text=(FIRST, SECOND),
    ),
    Shape(
        "问答访谈：问答交替",
        html(
            f"{_HEAD}<div>{_p('问：竞赛有哪些工种？', '答：门机、叉车、焊工三个。', f'问：{FIRST}', f'答：{SECOND}')}</div>"
        ),
        source="港区总工会",
        text=(
            "问：竞赛有哪些工种？",
            "答：门机、叉车、焊工三个。",
            f"问：{FIRST}",
            f"答：{SECOND}",
        ),
    ),
    Shape(
        "作者简介与参考资料之后是分享和推荐",
        html(
            f"<div class='w'>{_HEAD}<div class='z'>{PARAGRAPHS}</div><div>微信 微博 QQ空间</div><div>阅读原文</div><div>最新评论</div><div>暂无评论</div><div>热门标签：<a href='/t/1'>工会</a> <a href='/t/2'>竞赛</a></div></div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "诗歌：短行",
        html(
            f"{_HEAD}<div class='z'><p>{FIRST}</p>{_p('塔吊举起朝霞', '焊花点亮港湾', '我们的双手', '把日子擦得发亮')}</div>"
        ),
        source="港区总工会",
        text=(FIRST, "塔吊举起朝霞", "焊花点亮港湾", "我们的双手", "把日子擦得发亮"),
    ),
    Shape(
        "正文在表格布局里，右栏在同一行",
        html(
            f"<table><tr><td width='70%'><table><tr><td><b>{TITLE}</b></td></tr><tr><td>2026-09-21 08:05 来源：港区总工会</td></tr><tr><td>{PARAGRAPHS}</td></tr></table></td><td><table><tr><td>本周热点</td></tr><tr><td><ul>{NEWS}</ul></td></tr></table></td></tr></table>"
        ),
        source="港区总工会",
    ),
    Shape(
        "正文每段带链接词",
        html(
            f"{_HEAD}<div>{''.join(f'<p>{one[:10]}<a href=/k/>{one[10:22]}</a>{one[22:]}</p>' for one in TEXT)}</div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "h1 在文章框外很远，中间隔着分享条",
        html(
            f"<div><h1>{TITLE}</h1></div><div>分享到 微信 微博</div><div><span>2026-09-21 08:05</span> <span>来源：港区总工会</span></div><div>{PARAGRAPHS}</div>"
        ),
        source="港区总工会",
    ),
)
