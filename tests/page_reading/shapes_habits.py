"""Pages after habits of portals, papers and offices that the first shapes lacked."""

from __future__ import annotations

from reading_shapes import FIRST, NEWS, PARAGRAPHS, SECOND, THIRD, TITLE, Shape, html

_INFO = "<p>2026-09-21 08:05　来源：港区总工会</p>"
_SHORT = "9月20日，枝城港区第八届职工技能竞赛在港区实训基地开赛"
_CENTRED = "style='text-align: center;'"


def _page(above: str, text: str = PARAGRAPHS, below: str = "") -> str:
    return html(f"<h1>{TITLE}</h1>{above}<div class='n1'>{text}{below}</div>")


HABITS = (
    Shape(
        "序号和金额各占一格：数字不是页码",
        _page(
            _INFO,
            f"<p>{FIRST}</p><table><tbody><tr><th>序号</th><th>姓名</th><th>奖金</th></tr>"
            "<tr><td>1</td><td>李明</td><td>3000</td></tr><tr><td>2</td><td>王芳</td><td>500</td></tr></tbody></table>",
        ),
        source="港区总工会",
        text=(FIRST, "序号\t姓名\t奖金", "1\t李明\t3000", "2\t王芳\t500"),
    ),
    Shape(
        "方正数字报：记者占表格的一行",
        html(
            f"<table><tr><td><strong>{TITLE}</strong></td></tr><tr><td>本报记者 王海燕 本报通讯员 李志强</td></tr><tr><td><div>{PARAGRAPHS}</div></td></tr></table>"
        ),
        url="http://paper.example.com/html/2026-09/21/content_88123.htm",
        date="2026-09-21",
        author="王海燕、李志强",
    ),
    Shape(
        "融媒体中心：（来源：某新闻 记者 甲 编辑 乙）",
        _page(
            "<p><span>港区新闻</span><span>2026-09-21 08:05</span></p>",
            below="<div>（来源：港区新闻 记者 吴楚 编辑 秦洁）</div>",
        ),
        source="港区新闻",
        author="吴楚",
        editors="秦洁",
    ),
    Shape(
        "人民网：名字以文字结尾，文后有报纸版次",
        _page(
            "<div>本报记者 强郁文 吴君</div><div>2026年09月21日08:05 | 来源：<a href='/'>人民网－人民日报</a></div>",
            below="<div>《 人民日报 》（ 2026年09月21日 07 版）</div><div>(责编：王敬、白宇)</div>",
        ),
        source="人民网－人民日报",
        author="强郁文、吴君",
        editors="王敬、白宇",
    ),
    Shape(
        "新华网：正文框里有阅读下一篇",
        _page(_INFO, below="<div>阅读下一篇：</div>"),
        source="港区总工会",
    ),
    Shape(
        "帝国：作者、日期、人数各一个 span，简介在正文上方",
        html(
            f"<div><h3>{TITLE}</h3><div><span>admin</span><span>2026-09-21</span><span>共<b></b>人围观</span></div>"
            f"<div><strong>简介</strong>{_SHORT}...</div><div>{PARAGRAPHS}</div></div>"
        ),
        date="2026-09-21",
    ),
    Shape(
        "织梦：摘要框没有省略号",
        html(
            f"<div><h2>{TITLE}</h2><div><small>时间:</small>2026-09-21 08:05<small>来源:</small>港区总工会</div><div>{_SHORT}</div><div><table><tr><td>{PARAGRAPHS}</td></tr></table></div></div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "PHPCMS：h1 里有时间与来源，摘要框另有说法",
        html(
            f"<div id='Article'><h1>{TITLE}<br><span>2026-09-21 08:05:00　来源：港区晚报　评论：<a href='#'>0</a> 点击：<i>33</i></span></h1>"
            f"<div class='summary'>十二家企业的选手在港区比技能、练安全，三天后决出名次。</div><div>{PARAGRAPHS}</div></div>"
        ),
        source="港区晚报",
    ),
    Shape(
        "Discuz 门户：原作者、来自、摘要",
        html(
            f"<div><h1>{TITLE}</h1><p>2026-09-21 08:05<span>|</span>发布者: <a href='/u'>gonghui</a><span>|</span>查看: <em>120</em><span>|</span>原作者: 王海燕<span>|</span>来自: 港区总工会</p>"
            f"<div><div><strong>摘要</strong>: {_SHORT}……</div></div><table><tr><td>{PARAGRAPHS}</td></tr></table></div>"
        ),
        source="港区总工会",
        author="王海燕",
    ),
    Shape(
        "学校：供稿单位、撰稿、网络编辑首尾相接",
        _page(
            "<h6><span>发布时间：2026-09-21</span><span>供稿单位：校工会</span><span>撰稿：于洋</span><span>网络编辑：<em>马新</em></span></h6>"
        ),
        date="2026-09-21",
        source="校工会",
        author="于洋",
        editors="马新",
    ),
    Shape(
        "网友评论（3）：评论整句，日期在后",
        _page(
            _INFO,
            below="</div><div><h4>网友评论（3）</h4><b>江城骑手</b><span>2026-09-22 11:22</span><p>竞赛办得真好，希望多来几次，让更多职工参加。</p><a href='#'>回复</a>",
        ),
        source="港区总工会",
    ),
    Shape(
        "微博文章：账号链接与没有年份的日期相接",
        _page(
            "<div><a href='/u'><em>港区总工会</em></a><span>09月21日 08:05</span><span>阅读数：1024</span></div>"
        ),
        source="港区总工会",
    ),
    Shape(
        "正文框里的页码：1 2 下一页 共2页",
        _page(
            _INFO,
            below="<div><a href='23.html'>1</a> <a href='23_2.html'>2</a> <a href='23_2.html'>下一页</a> 共2页</div>",
        ),
        source="港区总工会",
    ),
    Shape(
        "信息公开目录：表格在标题上方，标签和值各一格",
        html(
            "<table><tr><td>索 引 号</td><td>011340/2026-12</td><td>分类</td><td>工会工作</td></tr><tr><td>发布机构</td><td>港区总工会</td><td>发布日期</td><td>2026-09-21</td></tr>"
            f"<tr><td>文　　号</td><td>无</td><td>成文日期</td><td>2026-09-12</td></tr><tr><td>名　　称</td><td colspan='3'>{TITLE}</td></tr></table><h1>{TITLE}</h1><div>{PARAGRAPHS}</div>"
        ),
        date="2026-09-21",
        source="港区总工会",
    ),
    Shape(
        "作者：单位和姓名，单位不是作者",
        _page("<p>时间：2026-09-21　作者：白洋镇总工会 张倩　来源：港区总工会</p>"),
        date="2026-09-21",
        source="港区总工会",
        author="张倩",
    ),
    Shape(
        "图注没有记号：居中的一短行",
        _page(
            _INFO,
            f"<p>{FIRST}</p><p {_CENTRED}><img src='/u/1.jpg'></p><p {_CENTRED}>选手在操作叉车</p><p>{SECOND}</p>"
            f"<div align='center'><img src='/u/2.jpg'><br><span>裁判在评分</span></div><p>{THIRD}</p>",
        ),
        source="港区总工会",
        captions=("选手在操作叉车", "裁判在评分"),
    ),
    Shape(
        "全文居中：图下的短行是正文",
        _page(
            _INFO,
            f"<p {_CENTRED}>{FIRST}</p><p {_CENTRED}><img src='/u/1.jpg'></p><p {_CENTRED}>选手在操作叉车</p><p {_CENTRED}>{THIRD}</p>",
        ),
        source="港区总工会",
        captions=(None,),
        text=(FIRST, "选手在操作叉车", THIRD),
    ),
    Shape(
        "日期、单位、浏览、字体在一个 div，单位没有标签",
        _page(
            "<div>2026-09-21 08:05:33　　区委宣传部　　浏览：<b>1203</b>　【字体：<a>大</a> <a>中</a> <a>小</a>】</div>"
        ),
        source="区委宣传部",
    ),
    Shape(
        "客户端：头像在标题下，媒体名一行，时间一行",
        _page(
            "<div><img src='/touxiang/1.png'><div><div>港区融媒</div><div>2026-09-21 08:05</div></div></div>"
        ),
        source="港区融媒",
    ),
    Shape(
        "首图在标题和信息行之间",
        _page(f"<p><img src='/u/big.jpg' width='900'></p>{_INFO}"),
        source="港区总工会",
        captions=(None,),
    ),
    Shape(
        "镜像的微信信息行：原创 作者 账号 日期 地方",
        _page("<p>原创 王海燕 港区工会 2026年09月21日 08:05 湖北</p>"),
        source="港区工会",
        author="王海燕",
    ),
    Shape(
        "稿件来源、投稿人、审稿人",
        _page(
            "<p>稿件来源：港区酒业工会　投稿人：王芸　审稿人：刘波　发布时间：2026-09-21</p>"
        ),
        date="2026-09-21",
        source="港区酒业工会",
        author="王芸",
        editors="刘波",
    ),
    Shape(
        "中新网：电头后的括号里只有名字",
        _page(
            "<p>中国新闻网　2026年09月21日 08:05</p>",
            f"<p>中新网港区9月20日电 (武一力 王明){FIRST}</p><p>{SECOND}</p>",
            f"</div><ul>{NEWS}</ul><div>",
        ),
        source="中国新闻网",
        author="武一力、王明",
        text=(f"中新网港区9月20日电 (武一力 王明){FIRST}", SECOND),
    ),
    Shape(
        "来源后的括号里是记者",
        _page("<p>来源：港区融媒体中心(记者 王海燕)　2026-09-21 08:05</p>"),
        source="港区融媒体中心",
        author="王海燕",
    ),
    Shape(
        "本报讯 记者某某报道",
        _page(_INFO, f"<p>本报讯 记者王海燕报道：{FIRST}</p><p>{SECOND}</p>"),
        source="港区总工会",
        author="王海燕",
        text=(f"本报讯 记者王海燕报道：{FIRST}", SECOND),
    ),
    Shape(
        "文末：文|某某 图|某某，评价这一页，下载客户端",
        _page(
            _INFO,
            below="<p>文|王海燕　图|李志强</p><p>更多精彩资讯，请下载“云上港区”客户端。</p><p>您对本页面的评价：满意 一般 不满意</p>",
        ),
        source="港区总工会",
        author="王海燕",
    ),
    Shape(
        "页脚有网站更新日期，文章没有日期",
        _page("", below="</div><div><p>网站更新日期：2026-11-20</p>"),
        date=None,
    ),
    Shape(
        "末图下居中的署名不是图注，图下再印的标题是文字",
        _page(
            _INFO,
            f"<p {_CENTRED}><img src='/u/1.jpg'></p><p {_CENTRED}>{TITLE}</p><p>{FIRST}</p><p>{SECOND}</p><p {_CENTRED}><img src='/u/2.jpg'></p><p {_CENTRED}>王海燕 文/图</p>",
        ),
        source="港区总工会",
        author="王海燕",
        captions=(TITLE, None),
        text=(FIRST, SECOND, "王海燕 文/图"),
    ),
    Shape(
        "相关链接下面是一段背景，不是别的新闻",
        _page(
            _INFO,
            below="<p>相关链接：</p><p>职工技能竞赛分初赛和决赛，由港区工会和人力资源部门共同主办。</p>",
        ),
        source="港区总工会",
        text=(
            FIRST,
            SECOND,
            THIRD,
            "相关链接：",
            "职工技能竞赛分初赛和决赛，由港区工会和人力资源部门共同主办。",
        ),
    ),
    Shape(
        "时间、媒体、记者首尾相接，文末值班编委",
        html(
            f"<div><span>{TITLE}</span></div><div><em>2026-09-21 08:05</em><em>港区工人报</em><em>记者 王海燕</em></div>"
            f"<div>{PARAGRAPHS}<p>值班编委：陈涛 值班主任：李强</p><p>1/3 下一张</p></div>"
        ),
        source="港区工人报",
        author="王海燕",
    ),
)
