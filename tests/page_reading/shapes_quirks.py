"""Pages with the quirks that readers of Chinese pages stumble over, family by family."""

from __future__ import annotations

from reading_shapes import (  # fmt: skip
    FIRST,
    FOOT,
    MENU,
    NEWS,
    PARAGRAPHS,
    SECOND,
    TEXT,
    THIRD,
    TITLE,
    Shape,
    html,
)

_SITE = "枝城港区管理委员会门户网站"
_LOGIN = (
    "<div class='dlg'><p>您好，请登录后再发表评论，登录即表示同意用户协议。</p><p>密码由8至16位字母和数字组成，请妥善保管，不要告诉他人。</p></div>"
    "<div class='dlg2'><p>您访问的链接即将离开“枝城港区”门户网站，是否继续？</p></div>"
)
_COMMENT = (
    "<form><h3>发表评论</h3><p>请自觉遵守互联网相关的政策法规，严禁发布色情、暴力、反动的言论。</p>"
    "<textarea></textarea><p>用户名：<input> 匿名 <input type='submit' value='发表评论'></p></form>"
)

QUIRKS = (
    Shape(
        "title 元素只有网站名，眉题在上、副题在下",
        html(
            f"<div class='a'><div class='b1'>劳动和技能竞赛</div><div class='b2'>{TITLE}</div><div class='b3'>——12家企业186名选手比武</div><div class='b4'>2026-09-21 08:05　来源：港区总工会</div>{PARAGRAPHS}</div>",
            title=_SITE,
        ),
        source="港区总工会",
    ),
    Shape(
        "副题是 h2，标题是 h1，title 元素两者都有",
        html(
            f"<h1>{TITLE}</h1><h2>——12家企业186名选手比武</h2><p>2026-09-21 08:05　来源：港区总工会</p><div>{PARAGRAPHS}</div>",
            title=f"{TITLE}——12家企业186名选手比武_{_SITE}",
        ),
        source="港区总工会",
    ),
    Shape(
        "标题被 br 和空格断开",
        html(
            f"<div class='t' style='font-size:22px'>{TITLE[:8]}<br>{TITLE[8:]}</div><p>2026-09-21 08:05</p><div>{PARAGRAPHS}</div>"
        ),
        title=f"{TITLE[:8]} {TITLE[8:]}",
    ),
    Shape(
        "日期和来源在正文后",
        html(
            f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div><div class='z'>来源：港区总工会　编辑：李红　2026-09-21 08:05</div>"
        ),
        url="http://www.example.cn/a/2.html",
        source="港区总工会",
        editors="李红",
    ),
    Shape(
        "网址里的日期和页面显示的不同：信显示的",
        html(f"<h1>{TITLE}</h1><p>发布时间：2026-09-21</p><div>{PARAGRAPHS}</div>"),
        url="http://www.example.gov.cn/xw/202611/t20261112_1.html",
        date="2026-09-21",
    ),
    Shape(
        "登录框、离站提示整句在正文前",
        html(
            f"{_LOGIN}<h1>{TITLE}</h1><p>[日期：2026-09-21 08:05] [来源：港区总工会] [字体：大 中 小]</p><div>{PARAGRAPHS}</div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "评论表单在来源行前",
        html(
            f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>{_COMMENT}<p>来源：港区总工会 时间：2026-09-21 08:05</p>"
        ),
        url="http://www.example.cn/a/2.html",
        source="港区总工会",
    ),
    Shape(
        "来源标签空着",
        html(
            f"<h1>{TITLE}</h1><p>来源：　　作者：　　发布时间：2026-09-21 08:05　　点击：</p><div>{PARAGRAPHS}</div>"
        ),
    ),
    Shape(
        "媒体名和日期粘在一起",
        html(
            f"<h1>{TITLE}</h1><p>港区新闻网2026年09月21日08:05</p><div>{PARAGRAPHS}</div>"
        ),
        source="港区新闻网",
    ),
    Shape(
        "没有年份：09-2108:05，年份在网址里",
        html(f"<h1>{TITLE}</h1><p>港区网　09-2108:05</p><div>{PARAGRAPHS}</div>"),
        url="http://www.example.cn/2026/09-21/88.shtml",
        source="港区网",
    ),
    Shape(
        "比例号当冒号：08∶05",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08∶05 来源∶港区总工会</p><div>{PARAGRAPHS}</div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "全角数字和全角括号",
        html(
            f"<h1>{TITLE}</h1><p>（２０２６年９月２１日）　来源：港区总工会</p><div>{PARAGRAPHS}</div>"
        ),
        date="2026-09-21",
        source="港区总工会",
    ),
    Shape(
        "汉字日期",
        html(
            f"<h1>{TITLE}</h1><p>二〇二六年九月二十一日　港区日报</p><div>{PARAGRAPHS}</div>"
        ),
        date="2026-09-21",
        source="港区日报",
    ),
    Shape(
        "先星期后日期的页眉，不是发布日期",
        html(
            f"<div>星期日 2026年11月22日 农历十月十三</div><h1>{TITLE}</h1><p>发布：2026-09-21　阅读：5</p><div>{PARAGRAPHS}</div>"
        ),
        date="2026-09-21",
    ),
    Shape(
        "正文里全是日期，信息行没有日期",
        html(
            f"<h1>{TITLE}</h1><p>来源：港区总工会　字号：大 中 小</p><div>{PARAGRAPHS}<p>2025年3月1日，港区工会印发方案；2026年5月1日，方案修订。</p></div>"
        ),
        date=None,
        url="http://www.example.cn/a/2.html",
        source="港区总工会",
        text=(*TEXT, "2025年3月1日，港区工会印发方案；2026年5月1日，方案修订。"),
    ),
    Shape(
        "图片故事：图和一行文字交替",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div>"
            + "".join(
                f"<p><img src='/u/{n}.jpg'></p><p>选手在进行第{n}项操作。</p>"
                for n in range(1, 6)
            )
            + "</div>"
        ),
        text=tuple(f"选手在进行第{n}项操作。" for n in range(1, 6)),
        captions=(None,) * 5,
    ),
    Shape(
        "正文被空 span 拆碎防复制",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div>"
            + "".join(
                f"<p>{''.join(f'<span></span><span>{c}</span>' for c in one)}</p>"
                for one in TEXT
            )
            + "</div>"
        ),
    ),
    Shape(
        "正文段落都在 li 里",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><ul>{''.join(f'<li>{one}</li>' for one in TEXT)}</ul>"
        ),
    ),
    Shape(
        "正文是 pre",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><pre>　　{FIRST}\n　　{SECOND}\n　　{THIRD}</pre>"
        ),
    ),
    Shape(
        "正文 textarea 里有一份源码副本",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><textarea style='display:none'>{PARAGRAPHS}</textarea><div>{PARAGRAPHS}</div>"
        ),
    ),
    Shape(
        "热点新闻带摘要，和正文一样长",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05 来源：港区总工会</p><div class='k'>{PARAGRAPHS}</div>"
            "<div class='m'><h3>热点新闻</h3>"
            + "".join(
                f"<dl><dt><a href='/x/{n}.html'>夏送清凉活动走进第{n}家企业</a></dt><dd>连日来，港区各级工会走进一线，把防暑降温用品送到职工手中，受到欢迎。</dd></dl>"
                for n in range(6)
            )
            + "</div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "左边栏在正文前，有成句的公告",
        html(
            "<div class='side'><h3>通知公告</h3><p>为做好服务，本网将于近期升级改版，敬请广大职工群众谅解并继续关注支持。</p><ul>"
            f"{NEWS}</ul></div><div class='r'><h1>{TITLE}</h1><p>2026-09-21 08:05 来源：港区总工会</p><div class='k'>{PARAGRAPHS}</div></div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "h1 是网站名，标题是 h2",
        f"<html><head><meta charset=utf-8><title>{TITLE} - {_SITE}</title></head><body><h1><a href='/'>{_SITE}</a></h1><ul>{MENU}</ul><h2>{TITLE}</h2><p>2026-09-21 08:05 来源：港区总工会</p><div>{PARAGRAPHS}</div>{FOOT}</body></html>",
        source="港区总工会",
    ),
    Shape(
        "标题里有书名号、竖线和破折号",
        html(
            f"<h1>《工匠》第3期|港区职工说：技能竞赛——赛出真本领</h1><p>2026-09-21 08:05</p><div>{PARAGRAPHS}</div>",
            title=f"《工匠》第3期|港区职工说：技能竞赛——赛出真本领_{_SITE}",
        ),
        title="《工匠》第3期|港区职工说：技能竞赛——赛出真本领",
    ),
    Shape(
        "meta 的 ArticleTitle 是栏目名",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div>{PARAGRAPHS}</div>",
            head="<meta name='ArticleTitle' content='工作动态'>",
        ),
    ),
    Shape(
        "生成日期和发布日期都在，前者在前",
        html(
            f"<h1>{TITLE}</h1><p>生成日期：2026-09-18　发布日期：2026-09-21　来源：港区总工会</p><div>{PARAGRAPHS}</div>"
        ),
        date="2026-09-21",
        source="港区总工会",
    ),
    Shape(
        "记者署名在第一段段首，无括号",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div><p>　　港区日报记者 王海燕 通讯员 张晓梅</p>{PARAGRAPHS}</div>"
        ),
        author="王海燕、张晓梅",
        text=("港区日报记者 王海燕 通讯员 张晓梅", *TEXT),
    ),
    Shape(
        "文/王海燕 图/李志强 在文末",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div>{PARAGRAPHS}<p>文/王海燕 图/李志强</p></div>"
        ),
        author="王海燕",
    ),
    Shape(
        "来源行在正文第一行",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div><p>来源：港区总工会</p>{PARAGRAPHS}</div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "iframe 与 noscript 里的提示",
        html(
            f"<noscript><p>您的浏览器不支持 JavaScript，请开启后继续浏览本网站的全部内容。</p></noscript><h1>{TITLE}</h1><p>2026-09-21 08:05</p><div>{PARAGRAPHS}<iframe src='/v.html'></iframe></div>"
        ),
    ),
    Shape(
        "标题前的栏目标签在 h1 里",
        html(
            f"<h1><span>要闻</span>{TITLE}</h1><p>2026-09-21 08:05</p><div>{PARAGRAPHS}</div>"
        ),
    ),
    Shape(
        "h1 是栏目名，标题是普通 div，title 元素只有网站名",
        html(
            f"<h1>工作动态</h1><div>{TITLE}</div><p>2026-09-21 08:05</p><div>{PARAGRAPHS}</div>",
            title=_SITE,
        ),
    ),
    Shape(
        "人民网的网址：/n1/2026/0921/c1-1.html",
        html(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>"),
        url="http://www.example.cn/n1/2026/0921/c1-1.html",
        date="2026-09-21",
    ),
    Shape(
        "网址里的八位数字不是日期",
        html(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>"),
        url="http://www.example.cn/content/20260931_12.html",
        date=None,
    ),
    Shape(
        "图片只有 srcset，文末有二维码",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div>{PARAGRAPHS}<p><img srcset='/u/1.jpg 1x, /u/2.jpg 2x'></p>"
            "<p><img src='/u/qrcode_for_gh_1.jpg'></p><p>长按二维码关注我们</p></div>"
        ),
        captions=(None,),
    ),
)
