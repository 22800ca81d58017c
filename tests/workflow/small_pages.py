"""Small pages of our own writing: an article, a list, a feed."""

ARTICLE = """<!doctype html><html><head><meta charset="utf-8">
<title>百里洲镇总工会送清凉到一线 - 工会网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/xw/">新闻</a></div>
<h1>百里洲镇总工会送清凉到一线</h1>
<div class="info">发布时间：2026-09-18 09:30　来源：百里洲镇总工会</div>
<div class="content">
<p>9月17日，百里洲镇总工会把西瓜、凉茶和毛巾送到抢收梨子的职工手中，共走访三个合作社。</p>
<p>活动中，工会干部向职工讲解防暑知识，并登记了二十一名职工提出的用水困难，当天解决十九件。</p>
<p>下一步，镇总工会将在两个集中装车点设立爱心驿站，供应开水，提供歇脚的地方。</p>
</div><div class="foot">版权所有</div></body></html>"""
LIST = """<!doctype html><html><head><meta charset="utf-8">
<title>工会动态</title></head><body><ul class="list">{rows}</ul>
<div class="page"><a href="index_2.html">下一页</a></div></body></html>"""
ROW = (
    '<li><a href="/xw/2026/{n}.html">枝江某镇工会举办第{n}场劳动竞赛和技能比武</a>'
    "<span>2026-09-{n:02}</span></li>"
)
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
<title>工会快讯</title><link>http://union.example.cn/</link><item><title>维权热线开通</title>
<link>http://union.example.cn/1.html</link>
<pubDate>Mon, 21 Sep 2026 00:30:00 GMT</pubDate></item></channel></rss>"""
