"""Pages after the habits of newspapers, portals, apps and public accounts."""

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

_IMAGE = "<img src='https://img.example.com/2026/0921/a1b2c3.jpg'>"
_LD = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
    f'"headline":"{TITLE}","datePublished":"2026-09-21T08:05:00+08:00","author":{{"@type":"Person","name":"王海燕"}},'
    '"publisher":{"@type":"Organization","name":"港区网"}}</script>'
)

MEDIA = (
    Shape(
        "人民网：h1、引题、日期与来源在 col-1-1、责编在 edit",
        html(
            f"<div class='layout rm_txt cf'><div class='col col-1 fl'><h3 class='pre'>工匠风采</h3><h1>{TITLE}</h1><h4 class='sub'></h4><div class='author cf'></div>"
            "<div class='channel cf'><div class='col-1-1 fl'>2026年09月21日08:05 | 来源：<a href='http://www.example.com'>某民网－湖北频道</a></div><div class='col-1-2 fr'>小字号</div></div>"
            f"<div class='bza'><p>原标题：{TITLE}</p></div><div class='rm_txt_con cf'><div class='box_pic'></div>{PARAGRAPHS}<p class='paper_num'></p>"
            "<div class='edit cf'>(责编：周雯、张隽)</div></div></div></div>",
            title=f"{TITLE}--湖北频道--某民网",
            head="<meta name='publishdate' content='2026-09-21'><meta name='source' content='来源：某民网－湖北频道'>",
        ),
        source="某民网－湖北频道",
        editors="周雯、张隽",
    ),
    Shape(
        "新华网：时间在页眉拆开，纠错与责编在正文框里",
        html(
            "<div class='header domPC'><div class='header-top clearfix'><div class='header-time left'><span class='year'><em> 2026</em></span> <span class='day'><em>09</em>/<em>21</em></span> <span class='time'>08:05:12</span></div>"
            "<div class='source'>来源：某华网</div></div><div class='head-line clearfix'><h1><span class='title'>"
            + TITLE
            + "</span></h1></div></div>"
            f"<div class='main clearfix'><div class='main-left'><div id='detail'><div id='detailContent'>{PARAGRAPHS}</div><div class='tiyi1'><a href='javascript:;'>【纠错】</a></div><div class='editor'>【责任编辑:王莹】</div></div></div>"
            f"<div class='main-right'><div>深度观察</div><ul>{NEWS}</ul></div></div>"
        ),
        source="某华网",
        editors="王莹",
    ),
    Shape(
        "新浪：date-source，正文 #artibody，图注 img_descr，责编 show_author",
        html(
            f"<h1 class='main-title'>{TITLE}</h1><div class='top-bar-wrap'><div class='date-source'><span class='date'>2026年09月21日 08:05</span><a href='http://k.example.com' class='source ent-source'>港区日报</a></div></div>"
            f"<div class='article' id='artibody'><p>　　来源：港区日报</p><div class='img_wrapper'>{_IMAGE}<span class='img_descr'>竞赛现场。图/视觉港区</span></div>{PARAGRAPHS}<p class='show_author'>责任编辑：陈平 </p></div>"
            f"<div class='keywords'><span>文章关键词：</span><a href='#'>竞赛</a></div>"
        ),
        source="港区日报",
        editors="陈平",
        captions=("竞赛现场。",),
        credits=("视觉港区",),
    ),
    Shape(
        "网易：post_info，正文 post_body，责任编辑带工号",
        html(
            f"<div class='post_main'><h1 class='post_title'>{TITLE}</h1><div class='post_info'>2026-09-21 08:05:08　来源: <a href='#'>港区晚报</a>　湖北 <a href='#' class='post_jubao'>举报</a></div>"
            f"<div class='post_content'><div class='post_body'>{PARAGRAPHS}</div><div class='post_author'>责任编辑：王晓易_NE0011</div></div><div class='post_statement'><strong>特别声明：</strong>以上内容为用户上传。</div></div>"
        ),
        source="港区晚报",
    ),
    Shape(
        "腾讯新闻：作者栏是媒体名，时间在 script 里",
        html(
            f"<div class='qq_conent'><div class='LEFT'><h1>{TITLE}</h1><div class='content clearfix'><div class='content-article'><p class='one-p'>{FIRST}</p><p class='one-p'>{SECOND}</p><p class='one-p'>{THIRD}</p></div></div></div></div>"
            '<script>window.DATA = {"article_id":"2026","title":"'
            + TITLE
            + '","media":"港区日报","pubtime":"2026-09-21 08:05:11","comment_id":"8"}</script>'
        ),
        url="https://new.example.com/rain/a/x1",
    ),
    Shape(
        "澎湃：记者一行在标题下，时间与来源一行，责任编辑在末尾",
        html(
            f"<div class='index_leftcontent'><h1 class='index_title'>{TITLE}</h1><div><div>港区新闻记者 王海燕</div><div><span>2026-09-21 08:05</span><span>来源：港区新闻</span></div></div>"
            f"<div class='index_cententWrap'>{PARAGRAPHS}</div><div>责任编辑：李红</div><div>图片编辑：陈飞燕</div><div>校对：栾梦</div><div>港区新闻报料：021-0000000</div></div>"
        ),
        source="港区新闻",
        author="王海燕",
        editors="李红",
    ),
    Shape(
        "中工网：标题、来源、作者、时间、编辑一行",
        html(
            f"<div class='left'><h1 class='title'>{TITLE}</h1><div class='info'><span>来源：某某日报</span> <span>作者：王海燕 张晓梅</span> <span class='time'>2026-09-21 08:05</span></div>"
            f"<div class='content' id='c1'><div class='ccontent center'>{PARAGRAPHS}</div><div class='zrbj'>责任编辑：李红</div></div><div class='state'>媒体矩阵 客户端 微信号</div></div>"
        ),
        url="https://www.example.cn/c/2026-09-21/8512345.shtml",
        source="某某日报",
        author="王海燕、张晓梅",
        editors="李红",
    ),
    Shape(
        "方正翔宇：founder-content、founder-title 注释",
        html(
            f"<div class='art'><founder-title><p class='t1'>{TITLE}</p></founder-title><div class='from'><span>2026-09-21 08:05</span><span>港区日报</span></div>"
            f"<!--enpcontent--><div class='founder-content'><founder-content>{PARAGRAPHS}</founder-content></div><!--/enpcontent--></div>",
            head="<!--<$[信息内容]>--><meta name='author' content='104363'>",
        ),
        source="港区日报",
    ),
    Shape(
        "数字报：版名、日期在页眉，引题副题记者各一行",
        "<html><head><meta charset=utf-8><title>港区日报</title></head><body><table><tr><td>2026年09月21日 星期一</td><td>第A02版：要闻</td><td><a href='node_1.htm'>上一版</a> <a href='node_3.htm'>下一版</a></td></tr></table>"
        f"<table><tr><td><span class='yinti'>一百八十六名选手同台</span></td></tr><tr><td><strong style='font-size:23px'>{TITLE}</strong></td></tr><tr><td>三个工种 三天决胜</td></tr><tr><td>本报记者 王海燕 通讯员 张晓梅</td></tr></table>"
        f"<div id='ozoom'><founder-content><P>　　{FIRST}</P><P>　　{SECOND}</P><P>　　{THIRD}</P></founder-content></div><p>上一篇　下一篇</p></body></html>",
        url="http://epaper.example.com/html/2026-09/21/content_55.htm",
        date="2026-09-21",
        author="王海燕、张晓梅",
    ),
    Shape(
        "央视网：来源 | 时间，编辑在正文末",
        html(
            f"<div class='content_area_box'><h1>{TITLE}</h1><div class='info1'>来源：某视新闻 | 2026年09月21日 08:05:21</div><div class='content_area' id='content_area'>{PARAGRAPHS}</div><div class='zebian'><span>编辑：李红</span><span>责任编辑：周涛</span></div></div>"
        ),
        source="某视新闻",
    ),
    Shape(
        "中新网：日期来源在标题下，编辑在方括号",
        html(
            f"<div class='content_maincontent_more'><h1 class='content_left_title'>{TITLE}</h1><div class='content_left_time'>2026-09-21 08:05:31 来源：某新网 <span>作者：王海燕</span></div><div class='left_zw'><p>　　某新网宜昌9月21日电 (记者 王海燕){FIRST}</p><p>　　{SECOND}</p><p>　　{THIRD}(完)</p></div>"
            "<div class='adEditor'><div class='left_name'>【编辑:李红】</div></div></div>"
        ),
        source="某新网",
        author="王海燕",
        editors="李红",
        text=(f"某新网宜昌9月21日电 (记者 王海燕){FIRST}", SECOND, f"{THIRD}(完)"),
    ),
    Shape(
        "光明网：时间在冒号后，来源带书名号，编辑方括号",
        html(
            f"<div class='g-main'><h1 class='u-title'>{TITLE}</h1><div class='m-con-info'><span class='m-con-time'>2026-09-21 08:05</span><span class='m-con-source'>来源：<a href='#'>《港区日报》</a></span></div><div class='u-mainText'>{PARAGRAPHS}<div class='m-zbTool'>[ 责编：李红 ]</div></div></div>"
        ),
        source="《港区日报》",
        editors="李红",
    ),
    Shape(
        "搜狐号：作者是账号，返回搜狐，阅读量",
        html(
            f"<div class='text'><div class='text-title'><h1>{TITLE}</h1><div class='article-info'><span class='time' id='news-time' data-val='1789949100000'>2026-09-21 08:05</span> 来源：<a href='#'>港区发布</a></div></div>"
            f"<article class='article' id='mp-editor'>{PARAGRAPHS}<p><a href='https://www.example.com'>返回搜狐，查看更多</a></p><p>责任编辑：</p></article><div>平台声明：该文观点仅代表作者本人，搜狐号系信息发布平台，搜狐仅提供信息存储空间服务。</div><div>阅读 (<em>12</em>)</div></div>"
        ),
        source="港区发布",
    ),
    Shape(
        "今日头条与百家号：JSON-LD 和 og，正文 article",
        html(
            f"<article><h1>{TITLE}</h1><div class='article-meta'><span>2026-09-21 08:05</span><span>·</span><span class='name'><a href='/u/1'>港区融媒</a></span></div>{PARAGRAPHS}</article>",
            head=_LD,
        ),
        source="港区融媒",
    ),
    Shape(
        "文首署名：本报讯 加括号记者通讯员",
        html(
            f"<h1>{TITLE}</h1><div>2026-09-21 08:05　港区日报</div><div class='z'><p>　　本报讯（记者王海燕 通讯员张晓梅、李志强）{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
        ),
        source="港区日报",
        author="王海燕、张晓梅、李志强",
        text=(f"本报讯（记者王海燕 通讯员张晓梅、李志强）{FIRST}", SECOND, THIRD),
    ),
    Shape(
        "摘要框与展开全文",
        html(
            f"<h1>{TITLE}</h1><div>2026-09-21 08:05 来源：港区日报</div><div class='z'><p>【摘要】186名选手参加港区职工技能竞赛。</p>{PARAGRAPHS}<div>展开全文</div><div>点击展开全文</div></div>"
        ),
        source="港区日报",
        text=("【摘要】186名选手参加港区职工技能竞赛。", *TEXT),
    ),
    Shape(
        "微信文章：时间只在脚本里，图片 data-src，小程序卡与阅读原文",
        "<html><head><meta charset=utf-8><meta property='og:title' content='"
        + TITLE
        + "'><meta property='og:site_name' content='微信公众平台'><meta property='og:article:author' content='王海燕'><title></title></head><body id='activity-detail'>"
        f"<div id='js_article'><div id='img-content' class='rich_media_wrp'><h1 class='rich_media_title' id='activity-name'>{TITLE}</h1><div id='meta_content' class='rich_media_meta_list'><span id='copyright_logo'>原创</span><span class='rich_media_meta rich_media_meta_text'>王海燕</span>"
        "<span class='rich_media_meta_nickname'><a id='js_name'>港区工会</a></span><em id='publish_time' class='rich_media_meta_text'></em></div>"
        f"<div class='rich_media_content' id='js_content' style='visibility: hidden; opacity: 0;'><section><section><p><span>{FIRST}</span></p></section><section style='text-align:center'><img class='rich_pages' data-src='https://mmbiz.example.cn/mmbiz_jpg/abc/640?wx_fmt=jpeg' data-ratio='0.66'></section><section><p>{SECOND}</p><p>{THIRD}</p></section></section></div></div>"
        "<div class='rich_media_tool'><a id='js_view_source'>阅读原文</a><div>阅读</div><div>在看</div></div></div><script>var ct = \"1789949100\"; var nickname = htmlDecode('港区工会');</script></body></html>",
        url="https://mp.weixin.qq.com/s/xyz",
        source="港区工会",
        captions=(None,),
    ),
    Shape(
        "英文式日期：Sep 21, 2026 08:05",
        html(
            f"<h1>{TITLE}</h1><div class='m'>Sep 21, 2026 08:05 &nbsp; Source: 港区网</div><div class='z'>{PARAGRAPHS}</div>"
        ),
    ),
    Shape(
        "客户端分享页：标题、媒体头像名、时间分三行",
        html(
            f"<div class='share'><div class='headline'>{TITLE}</div><div class='acc'><img class='avatar' src='/u/1.jpg'><div class='n'>港区融媒</div><div class='t'>2026-09-21 08:05</div></div><div class='bd'>{PARAGRAPHS}</div><div>打开客户端，查看更多精彩</div></div>"
        ),
        source="港区融媒",
    ),
)
