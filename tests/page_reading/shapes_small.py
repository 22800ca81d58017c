"""Pages after the habits of small CMS, blogs, forums and site kits."""

from __future__ import annotations

from reading_shapes import (
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

SMALL = (
    Shape(
        "帝国 CMS：日期、来源、浏览次数、字体一行",
        html(
            f"<div class='box'><h1 class='title'>{TITLE}</h1><p class='info'>发布日期：2026-09-21 08:05:00　来源：港区总工会　浏览次数：<script src='/e/public/ViewClick/?id=1'></script></p><div id='text'>{PARAGRAPHS}</div>"
            "<div class='pagelist'>责任编辑：admin</div><p>上一篇：<a href='/a/1.html'>夏送清凉活动走进物流园区</a></p></div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "织梦 DedeCMS：时间 来源 作者 点击，带小号标签",
        html(
            f"<div class='viewbox'><div class='title'><h2>{TITLE}</h2></div><div class='info'><small>时间:</small>2026-09-21 08:05<small>来源:</small>港区总工会 <small>作者:</small>王海燕 <small>点击:</small>12次</div>"
            f"<div class='content'><table width='100%'><tr><td>{PARAGRAPHS}</td></tr></table></div><div class='dede_pages'></div><div class='handle'>顶一下 (0) 踩一下 (0)</div><div>(责任编辑：admin)</div>"
            "<ul><li>上一篇：没有了</li><li>下一篇：<a href='2.html'>劳模工匠宣讲团走进职业院校</a></li></ul></div>"
        ),
        source="港区总工会",
        author="王海燕",
    ),
    Shape(
        "PHPCMS：信息行里有摘要框",
        html(
            f"<div id='Article'><h1>{TITLE}<br><span>2026-09-21 08:05:00　&nbsp;&nbsp;来源：港区总工会&nbsp;&nbsp;评论：<a href='#'>0</a> 点击：<span id='hits'></span></span></h1><div class='content'>{PARAGRAPHS}</div></div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "WordPress：发表于、作者链接、分类、标签",
        html(
            f"<article class='post'><header class='entry-header'><h1 class='entry-title'>{TITLE}</h1><div class='entry-meta'><span>发表于 <time class='entry-date' datetime='2026-09-21T08:05:00+08:00'>2026年9月21日</time></span><span class='byline'> 由 <a href='/author/admin/'>admin</a></span></div></header>"
            f"<div class='entry-content'>{PARAGRAPHS}</div><footer class='entry-footer'>发表在 <a href='/c/'>工会新闻</a> 标签：<a href='/t/'>竞赛</a></footer></article><div id='comments'><h3>发表评论</h3><p>您的电子邮箱地址不会被公开。</p></div>",
            head="<meta property='article:published_time' content='2026-09-21T00:05:00+00:00'>",
        ),
    ),
    Shape(
        "Discuz：发表于 2026-9-21 08:05，楼主，只看该作者",
        html(
            f"<table><tr><td class='pls'><div>港区工会小编</div><p>主题 12 帖子 30 积分 220</p></td><td class='plc'><h1 class='ts'><span id='thread_subject'>{TITLE}</span></h1><div class='pti'><em>发表于 2026-9-21 08:05:30</em> | <a href='#'>只看该作者</a> | <a href='#'>倒序浏览</a></div>"
            f"<div class='t_fsz'><table><tr><td class='t_f'>　　{FIRST}<br /><br />　　{SECOND}<br /><br />　　{THIRD}<br /></td></tr></table></div><div>回复 使用道具 举报</div></td></tr></table>"
        ),
    ),
    Shape(
        "凡科建站：全是 div，标题与时间无标签",
        html(
            f"<div class='newsDetail'><div class='newsTitle'>{TITLE}</div><div class='newsInfo'><span>2026-09-21 08:05</span></div><div class='richContent'><div>{FIRST}</div><div>{SECOND}</div><div>{THIRD}</div></div><div>上一篇：无</div></div>"
        ),
    ),
    Shape(
        "PageAdmin 老站：发布时间 点击率 在标题下，文章来源在文末",
        html(
            f"<div class='article'><h3 align='center'>{TITLE}</h3><div align='center'>发布时间：2026年9月21日 08时05分　点击率：22</div><div>{PARAGRAPHS}</div><div align='right'>文章来源：港区总工会　　作者：王海燕</div></div>"
        ),
        source="港区总工会",
        author="王海燕",
    ),
    Shape(
        "网址里才有日期",
        html(f"<h1>{TITLE}</h1><div class='x'>{PARAGRAPHS}</div>"),
        url="http://www.example.cn/2026/09/21/2301.html",
        date="2026-09-21",
    ),
    Shape(
        "_pubtime_ 与 publishdate 一类 meta",
        html(
            f"<h1>{TITLE}</h1><div class='x'>{PARAGRAPHS}</div>",
            head="<meta name='_pubtime_' content='2026-09-21 08:05:00'><meta name='_source_' content='港区网'>",
        ),
        url="http://www.example.cn/a/2301.html",
    ),
    Shape(
        "time 元素的 datetime 比显示的更细",
        html(
            f"<h1>{TITLE}</h1><p><time datetime='2026-09-21 08:05'>09月21日</time></p><div class='x'>{PARAGRAPHS}</div>"
        ),
        url="http://www.example.cn/a/2301.html",
    ),
    Shape(
        "本文共两页：【1】【2】 下一页",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div class='x'>{PARAGRAPHS}<p align='center'>【1】 <a href='2301_2.html'>【2】</a> <a href='2301_2.html'>下一页</a></p></div>"
        ),
        url="http://www.example.cn/a/2301.html",
    ),
    Shape(
        "小标题是加粗短行",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div class='x'><p>{FIRST}</p><p><strong>练兵在岗位</strong></p><p>{SECOND}</p><p style='text-align:center'><b>比武在现场</b></p><p>{THIRD}</p></div>"
        ),
        text=(FIRST, "练兵在岗位", SECOND, "比武在现场", THIRD),
    ),
    Shape(
        "图注各种写法",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div class='x'><p>{FIRST}</p><p><img src='/u/1.jpg'></p><p>选手在进行叉车操作。 张三丰 摄</p><p>{SECOND}</p>"
            "<p><img src='/u/2.jpg'></p><p>图为颁奖现场。（李志强/摄）</p><p><img src='/u/3.jpg'><br>赛后合影（摄影：王海燕）</p>"
            f"<p>{THIRD}</p></div>"
        ),
        captions=("选手在进行叉车操作。", "图为颁奖现场。", "赛后合影"),
        credits=("张三丰", "李志强", "王海燕"),
    ),
    Shape(
        "figure 与 figcaption，懒加载",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div class='x'><p>{FIRST}</p><figure><img src='data:image/gif;base64,R0' data-lazy-src='/u/1.jpg'><figcaption>选手在比赛中 图/港区总工会</figcaption></figure><p>{SECOND}</p><p>{THIRD}</p></div>"
        ),
        captions=("选手在比赛中",),
        credits=("港区总工会",),
    ),
    Shape(
        "文末 撰稿 摄影 编辑 审核 一行一项",
        html(
            f"<h1>{TITLE}</h1><p>日期：2026-09-21</p><div class='x'>{PARAGRAPHS}<p>撰稿：张晓梅</p><p>摄影：李志强</p><p>编辑：周涛</p><p>审核：陈静</p></div>"
        ),
        date="2026-09-21",
        author="张晓梅",
    ),
    Shape(
        "文末括号：（港区工会 张晓梅）",
        html(
            f"<h1>{TITLE}</h1><p>2026/09/21</p><div class='x'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}（港区工会 张晓梅）</p></div>"
        ),
        date="2026-09-21",
        author="张晓梅",
        text=(FIRST, SECOND, f"{THIRD}（港区工会 张晓梅）"),
    ),
    Shape(
        "正文只有一段，下面是十条推荐",
        html(
            f"<div class='l'><h1>{TITLE}</h1><p>2026-09-21 08:05 来源：港区总工会</p><div class='c'><p>{FIRST}</p></div><div class='tj'><h3>推荐阅读</h3><ul>{NEWS}</ul></div></div>"
        ),
        source="港区总工会",
        text=(FIRST,),
    ),
    Shape(
        "title 元素只有栏目名，标题在普通 div 里",
        html(
            f"<div class='nr'><div style='font-size:24px;text-align:center'>{TITLE}</div><div style='text-align:center'>发布时间：2026-09-21 08:05 信息来源：港区总工会 作者： 阅读次数：56</div><div>{PARAGRAPHS}</div></div>",
            title="工作动态 - 枝城港区总工会",
        ),
        source="港区总工会",
    ),
    Shape(
        "手机页和电脑页两份正文",
        html(
            f"<div class='pc'><h1>{TITLE}</h1><p>2026-09-21 08:05　来源：港区总工会</p><div>{PARAGRAPHS}</div></div><div class='wap'><h2>{TITLE}</h2><p>2026-09-21 08:05</p><div>{PARAGRAPHS}</div></div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "编者按在前，带框",
        html(
            f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p><div class='x'><p><b>编者按</b>：本网今起推出技能竞赛系列报道，敬请关注。</p>{PARAGRAPHS}</div>"
        ),
        text=("编者按：本网今起推出技能竞赛系列报道，敬请关注。", *TEXT),
    ),
)
