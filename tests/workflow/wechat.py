# ruff: noqa: E501 - markup stands in one line
"""A page in the layout of a public account, of our own writing."""

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<meta property="og:title" content="仙女镇：果园里办起夜校">
<meta property="og:url" content="http://mp.weixin.qq.com/s?__biz=MzA&amp;mid=1&amp;idx=1&amp;sn=ab">
<meta property="og:image" content="http://mmbiz.qpic.cn/cover/0?wx_fmt=jpeg">
<meta property="og:site_name" content="微信公众平台"><title></title></head>
<body id="activity-detail"><div id="js_article" class="rich_media"><div class="rich_media_inner">
<div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title" id="activity-name">
  仙女镇：果园里办起夜校
</h1>
<div id="meta_content" class="rich_media_meta_list">
<span class="rich_media_meta rich_media_meta_text">何某</span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" class="wx_tap_link" id="js_name">样板工会网</a></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;">
<section><p><span>9月18日晚，仙女镇总工会把夜校办到了果园的分拣棚里，四十名职工学剪枝、学保鲜。</span></p></section>
<section><p><img class="rich_pages" data-ratio="0.66" data-src="https://mmbiz.qpic.cn/sz_mmbiz_jpg/abc/640?wx_fmt=jpeg" data-type="jpeg"></p></section>
<section><p><span>农技员带来样枝，一边剪一边讲。职工说，白天没空，晚上学正好，学了第二天就能用上。</span></p></section>
<section><p><span>镇总工会计划办十二期，内容由职工点单，下一期讲防霜冻和用电安全。</span></p></section>
</div></div>
<div class="rich_media_tool"><div id="js_pc_qr_code">微信扫一扫关注该公众号</div></div></div></div>
<script type="text/javascript">
var ct = "1789736400";
var create_time = "1789736400" * 1;
var nickname = htmlDecode("样板工会网");
var msg_title = '仙女镇：果园里办起夜校'.html(false);
</script></body></html>"""
