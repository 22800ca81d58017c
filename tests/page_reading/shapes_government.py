"""Pages after the habits of government, school and union CMS families."""

from __future__ import annotations

from reading_shapes import FIRST, PARAGRAPHS, SECOND, TEXT, THIRD, TITLE, Shape, html

_METAS = (
    "<meta name='SiteName' content='枝城港区管理委员会'><meta name='SiteDomain' content='www.example.gov.cn'>"
    "<meta name='ColumnName' content='工作动态'><meta name='ColumnType' content='工作动态'>"
    f"<meta name='ArticleTitle' content='{TITLE}'><meta name='PubDate' content='2026-09-21 08:05'>"
    "<meta name='ContentSource' content='港区融媒体中心'><meta name='Author' content='管理员'>"
    "<meta name='Keywords' content='竞赛,职工'><meta name='Description' content='9月20日，竞赛开赛。'>"
)
_TABLE = (
    "<table class='MsoNormalTable' border='1'><tbody><tr><td colspan='2'><p>竞赛名次</p></td></tr>"
    "<tr><td rowspan='2'><p>叉车</p></td><td><p>李明</p></td></tr><tr><td><p>王芳</p></td></tr></tbody></table>"
)

GOVERNMENT = (
    Shape(
        "政府集约化平台：全部取自 meta，正文在 UCAPCONTENT",
        html(
            f"<div class='content'><div class='title'><h1><ucaptitle>{TITLE}</ucaptitle></h1></div>"
            "<div class='info'><span>发布日期：<publishtime>2026-09-21 08:05</publishtime></span><span>来源：港区融媒体中心</span>"
            "<span>字体：[<a href='javascript:;'>大</a> <a href='javascript:;'>中</a> <a href='javascript:;'>小</a>]</span>"
            "<span>分享：<a class='wx'></a></span></div>"
            f"<div class='pages_content'><ucapcontent>{PARAGRAPHS}</ucapcontent></div>"
            "<div class='file'><h4>附件：</h4><a href='/P0/2026.docx' title='报名表.docx'>报名表.docx</a></div></div>",
            head=_METAS,
        ),
        source="港区融媒体中心",
        attachments=("报名表.docx",),
    ),
    Shape(
        "TRS WCM：Word 排版、相对图片、责编在末尾",
        html(
            f"<div class='detail'><div class='detail_tit'>{TITLE}</div>"
            "<div class='detail_info'>信息来源：港区总工会 | 发布时间：2026-09-21 08:05 | 浏览次数：<span id='djs'></span> 次</div>"
            "<div class='TRS_Editor'><style type='text/css'>.TRS_Editor P{margin-top:1em;}</style><div class='Custom_UnionStyle'>"
            f"<p class='MsoNormal' style='text-indent:32pt;mso-char-indent-count:2'><span lang='EN-US'>9</span><span>{FIRST[1:]}</span></p>"
            "<p align='center'><img src='./W020260921288.jpg' oldsrc='W020260921288.jpg' alt='' /></p>"
            "<p align='center' style='text-align:center'><font color='#0000ff'>图为竞赛现场（张三丰 摄）</font></p>"
            f"<p class='MsoNormal'>{SECOND}<o:p></o:p></p><p>&nbsp;</p><p class='MsoNormal'>{THIRD}</p></div></div>"
            "<p>（责任编辑：李红梅）</p></div>"
        ),
        url="http://www.example.gov.cn/xwzx/202609/t20260921_1001.shtml",
        source="港区总工会",
        editors="李红梅",
        captions=("图为竞赛现场",),
        credits=("张三丰",),
    ),
    Shape(
        "博达 VSB：标题、时间作者一行、v_news_content、附件列表",
        html(
            f"<form name='_newscontent_fromname'><div class='c'><h1 align='center'>{TITLE}</h1>"
            "<div align='center'>时间：2026-09-21&nbsp;&nbsp;作者：王海燕&nbsp;&nbsp;点击数：<script>_showDynClicks('wbnews', 1, 2)</script></div>"
            f"<div id='vsb_content_2'><div class='v_news_content'>{PARAGRAPHS}</div></div><div id='div_vote_id'></div>"
            "<UL style='list-style-type:none;'><li>附件【<a href='/system/_content/download.jsp?urltype=news&wbfileid=88'>竞赛通知.pdf</a>】已下载<span id='nattach88'></span>次</li></UL>"
            "<p>上一条：<a href='1022.htm'>关于报送材料的通知</a></p><p>下一条：<a href='1024.htm'>关于放假安排的通知</a></p></div></form>",
            title=f"{TITLE}-某某职业技术学院工会",
        ),
        url="http://gh.example.edu.cn/info/1012/1023.htm",
        date="2026-09-21",
        author="王海燕",
        attachments=("竞赛通知.pdf",),
    ),
    Shape(
        "大汉 jcms：标题含 html 注释，#zoom，发布日期带方括号",
        html(
            "<table width='100%'><tr><td class='title'><!--<$[标题]>begin-->"
            f"{TITLE}<!--<$[标题]>end--></td></tr><tr><td><table><tr><td>发布日期：<!--begin-->2026-09-21 08:05<!--end--></td>"
            "<td>浏览次数：<script src='/count.jsp'></script></td><td>字体：[ <a href='#'>大</a> <a href='#'>中</a> <a href='#'>小</a> ]</td></tr></table></td></tr>"
            f"<tr><td class='bt_content'><div id='zoom'><!--ZJEG_RSS.content.begin--><meta name='ContentStart'>{PARAGRAPHS}<meta name='ContentEnd'></div></td></tr>"
            "<tr><td align='right'>信息来源：港区工会</td></tr><tr><td>打印本页 关闭窗口</td></tr></table>"
        ),
        url="http://www.example.gov.cn/art/2026/9/21/art_3577_1.html",
        source="港区工会",
    ),
    Shape(
        "大汉 jpaas：信息行是无序列表，正文 div>span 与 br",
        html(
            f"<div class='article'><h3 class='a-title'>{TITLE}</h3><ul class='msg'><li>时间：2026-09-21 08:05</li><li>来源：港区发布</li><li>【字体：大 中 小】</li><li>【打印】【关闭】</li></ul>"
            f"<div class='main-txt'><div><span style='font-size:18px'>　　{FIRST}</span><br><span><br></span></div><div><span>　　{SECOND}</span></div><div><span>　　{THIRD}</span></div></div></div>"
        ),
        source="港区发布",
    ),
    Shape(
        "SiteServer：日期在标题上方，来源图标在中间",
        html(
            f"<div class='d'><div class='pos'>当前位置：<a href='/'>首页</a> &gt; <a href='/gz/'>工作动态</a> &gt; 正文</div>"
            f"<p class='time'>2026/9/21 8:05:33</p><h2>{TITLE}</h2><div class='nr'>{PARAGRAPHS}</div>"
            "<div class='fx'>分享到：<a href='#'>微信</a><a href='#'>微博</a></div></div>"
        ),
        url="http://www.example.gov.cn/contents/10/2301.html",
    ),
    Shape(
        "信息公开表：索引号、成文日期与发布日期并列",
        html(
            "<table class='xxgk'><tr><td>索 引 号：</td><td>011-2026-0001</td><td>主题分类：</td><td>劳动、人事</td></tr>"
            "<tr><td>发布机构：</td><td>港区总工会</td><td>成文日期：</td><td>2026年09月15日</td></tr>"
            f"<tr><td>标　　题：</td><td colspan='3'>{TITLE}</td></tr><tr><td>发文字号：</td><td>港工发〔2026〕8号</td><td>发布日期：</td><td>2026年09月21日</td></tr>"
            f"<tr><td>有 效 性：</td><td>有效</td><td>废止日期：</td><td></td></tr></table><h1>{TITLE}</h1><div class='t'>{PARAGRAPHS}</div>"
        ),
        date="2026-09-21",
    ),
    Shape(
        "公文：文末落款单位和日期属于正文",
        html(
            f"<div class='b'><div class='bt'>{TITLE}</div><div class='ly'>来源：港区总工会办公室　时间：2026-09-21　【字号：大 中 小】</div><div class='nrr'>{PARAGRAPHS}"
            "<p style='text-align:right'>港区总工会</p><p style='text-align:right'>2026年9月18日</p></div></div>"
        ),
        date="2026-09-21",
        source="港区总工会办公室",
        text=(*TEXT, "港区总工会", "2026年9月18日"),
    ),
    Shape(
        "表格在正文里：合并单元格",
        html(
            f"<h1>{TITLE}</h1><p class='s'>2026-09-21 08:05　来源：港区总工会</p><div class='e'>{PARAGRAPHS}{_TABLE}</div>"
        ),
        source="港区总工会",
        text=(*TEXT, "竞赛名次", "叉车\t李明", "王芳"),
    ),
    Shape(
        "初审复审终审三行在末尾",
        html(
            f"<div><h2>{TITLE}</h2><div>发布者：宣教部　发布时间：2026-09-21　浏览：<span>35</span></div><div class='wz'>{PARAGRAPHS}"
            "<p>（通讯员 张晓梅 李志强）</p><p>一审：周涛</p><p>二审：陈静</p><p>三审：刘洋</p></div></div>"
        ),
        date="2026-09-21",
        author="张晓梅、李志强",
        text=(*TEXT, "（通讯员 张晓梅 李志强）"),
    ),
    Shape(
        "初审 复审 终审写成一行",
        html(
            f"<div><h2>{TITLE}</h2><div>2026年09月21日　　供稿：港区工会　　撰稿：张晓梅　　审核：周涛</div><div class='wz'>{PARAGRAPHS}"
            "<p>初审：周涛 复审：陈静 终审：刘洋</p></div></div>"
        ),
        date="2026-09-21",
        author="张晓梅",
    ),
    Shape(
        "日期拆在几个 span 里",
        html(
            f"<div class='hd'><h1>{TITLE}</h1><div class='sj'><span class='y'>2026</span><span>年</span><span class='m'>09</span><span>月</span><span>21</span><span>日</span> <span>08:05</span>"
            f"<span class='l'>来源：</span><span><a href='http://paper.example.cn/'><img src='/images/logo_paper.png' alt='港区报'></a></span></div></div><div class='x'>{PARAGRAPHS}</div>"
        ),
    ),
    Shape(
        "标签和值分在 dt、dd 里",
        html(
            f"<h1>{TITLE}</h1><dl class='mt'><dt>来源</dt><dd>港区总工会</dd><dt>发布时间</dt><dd>2026-09-21 08:05</dd><dt>作者</dt><dd>王海燕</dd></dl><div class='x'>{PARAGRAPHS}</div>"
        ),
        source="港区总工会",
        author="王海燕",
    ),
    Shape(
        "发布日期下方有倒装：日期在冒号前的表头",
        html(
            f"<div class='tt'><b>{TITLE}</b></div><div class='ss'>[ 索引号 ] 0001 [ 发布机构 ] 港区总工会 [ 发布日期 ] 2026-09-21</div><div class='x'>{PARAGRAPHS}</div>"
        ),
        date="2026-09-21",
    ),
    Shape(
        "没有日期的页面，只有页眉今天和页脚版权年份",
        html(
            f"<h1>{TITLE}</h1><div class='x'>{PARAGRAPHS}</div><div>版权所有 2012-2026 枝城港区</div>"
        ),
        date=None,
    ),
    Shape(
        "相关新闻列表放在正文框里",
        html(
            f"<div class='art'><h1>{TITLE}</h1><p>2026-09-21 08:05:30 来源：港区总工会</p><div class='c'>{PARAGRAPHS}"
            "<div class='rel'><strong>相关链接：</strong><ul><li><a href='/a/1.html'>港区第七届职工技能竞赛闭幕</a></li><li><a href='/a/2.html'>港区工会举办安全知识讲座</a></li></ul></div></div></div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "版权声明在正文框里",
        html(
            f"<div class='art'><h1>{TITLE}</h1><p>2026-09-21 08:05 来源：港区总工会</p><div class='c'>{PARAGRAPHS}"
            "<p>声明：本网站转载的内容版权归原作者所有，如有侵权请联系我们删除。</p></div></div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "网上工会：扫码、点赞、打印都在正文框下面",
        html(
            f"<div class='news-detail'><h4>{TITLE}</h4><p class='desc'>发布单位：港区总工会&nbsp;&nbsp;发布时间：2026.09.21&nbsp;&nbsp;阅读：1024</p><div class='rich'>{PARAGRAPHS}</div>"
            "<div>点赞 (12)</div><div>扫一扫，手机看</div><div><button>打印</button><button>关闭</button></div></div>"
        ),
        date="2026-09-21",
        source="港区总工会",
    ),
    Shape(
        "XHTML 严格模式，GB18030 编码，声明 gb2312",
        (
            "<?xml version='1.0' encoding='gb2312'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd'>"
            f"<html xmlns='http://www.w3.org/1999/xhtml'><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312' /><title>{TITLE}</title></head>"
            f"<body><div id='m'><h1>{TITLE}</h1><p>发布时间：2026-09-21 08:05　文章来源：港区总工会</p><div>{PARAGRAPHS}<p>㐂㑇两位老师傅担任裁判长，全程监督比赛。</p></div></div></body></html>"
        ).encode("gb18030"),
        source="港区总工会",
        text=(*TEXT, "㐂㑇两位老师傅担任裁判长，全程监督比赛。"),
    ),
    Shape(
        "正文用 br 分段，信息行与标题同在一个 td",
        html(
            f"<table><tr><td><font size='5'><b>{TITLE}</b></font><br>日期：2026-9-21 　 来源：港区总工会 　 作者：王海燕<hr>　　{FIRST}<br>　　{SECOND}<br>　　{THIRD}<br></td></tr></table>"
        ),
        date="2026-09-21",
        source="港区总工会",
        author="王海燕",
    ),
)
