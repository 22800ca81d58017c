"""What stands around an article and is none of it: the furniture of Chinese pages.

Judged on one line. The words are the habits of Chinese newsrooms and of the CMS
families (share bars, print links, letter-size switches, codes to scan, neighbours).
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsroom.text import asked_of_lines

_SHORT = 60
_LONGEST_NOTICE = 240

_BETWEEN = r"[\s\[\]【】()（）|<>»·:：、,，/\-—]*"
_TOOL = (
    r"(?:打印(?:本页|此页|本文|预览|文章)?|关闭(?:窗口|本页|页面|此页)?|返回(?:顶部|首页|列表|上页|上一页)?|"
    r"(?:加入|我的)?收藏(?:本页|本文)?|保存(?:本页)?|全文下载|(?:word|pdf|WORD|PDF)\s*下载|"
    r"(?:我要)?分享(?:到|至|按钮|本文)?|转发(?:到)?|复制链接|内容纠错|我要纠错|纠错|举报|朗读|"
    r"字体(?:大小)?|字号|大|中|小|超大|标准|特大|默认|放大(?:字体)?|缩小(?:字体)?|[Aa][+-]|"
    r"微信(?:好友|朋友圈)?|朋友圈|新浪微博|腾讯微博|微博|QQ(?:空间|好友)?|qq|空间|头条|人人网|豆瓣|易信|"
    r"点赞|(?:顶|踩|赞)一下|赞|踩|顶|赏|\d{1,3}(?:\.\d+)?%|(?:浏览|点击|阅读|访问)(?:次数|量|数|人数)?\s*[:：]\s*\d*\s*次?|打赏|喜欢|在看|已阅|评论|跟帖|参与互动|(?:我要|发表|查看|写)评论|网友评论|条评论|"
    r"更多(?:>>|»|…)?|more|MORE|首页|正文|X|×|\d{1,6}(?!\d)|语音播报|听新闻|听全文|"
    r"点击播报本文[，,]?\s*约?\s*\d*\s*分钟|用手机看新闻|手机(?:看|阅读|版)|无障碍(?:阅读|浏览)?|长者(?:专版|模式)|繁体|简体|ENGLISH|English|"
    r"(?:上|下|前|后)一?页|[上下]一张|\d{1,3}\s?/\s?\d{1,3}(?![\d/])|[首尾末]页|[共第]\s?\d{1,4}\s?页|附件(?:下载)?|相关附件|文件下载|(?:点击)?(?:展开|收起|查看|阅读)(?:剩余|更多)?(?:全文|内容)?)"
)
# Each button is taken once for all: read again in other ways, a line of many that ends
# in a word would take hours.
_TOOL_LINE = re.compile(rf"{_BETWEEN}(?>{_TOOL}{_BETWEEN})+")
_NEIGHBOUR = re.compile(
    r"[\s【\[(（]*(?:阅读|查看|点击)?(?:上|下|前|后)\s*(?:一|1)?\s*(?:篇|条|页|则|章)\s*(?:文章|新闻|信息)?\s*"
    r"(?:[:：>»\]】)）]|$|没有|无|暂无)|"
    r"[\s【\[(（]*(?:上一张|下一张)|[\s【\[(（]*(?:没有了|已经是(?:最后|第)一篇)"
)
_SCAN = re.compile(
    r"扫一扫|扫码|扫描(?:下方|左方|右侧|上方)?二维码|长按(?:识别|二维码)|识别二维码|关注(?:我们|公众号)|"
    r"点击(?:上方|下方|右上角)|二维码|用手机(?:打开|浏览|看)|点亮(?:[“\"]|在看)|[“\"]在看[”\"]|分享给更多人|一键三连|设为星标"
)
_END_MARK = re.compile(
    r"[\s\-—–=·*]*(?:END|End|end|THE END|全文完|（完）)[\s\-—–=·*]*$|"
    # 《某日报》（2026年10月17日 07版）: where the printed paper has it
    r"《[^《》]{2,12}》\s*[（(]\s*\d{4}年\s?\d{1,2}月\s?\d{1,2}日[^（()）。，]{0,12}版[^（()）。，]{0,6}[）)]$|"
    r"<!(?:--)?\[(?:if|endif)[^\]]*\](?:--)?>$"  # a condition of Word's that was escaped
)
_COUNTS = re.compile(
    r"[\s【\[(（|]*(?:浏览|点击|阅读|访问|观看|查看)(?:次数|量|数|人数)?\s*[:：]?\s*[\[(（]?\s*[\d,.万+\-]*\s*[\])）]?\s*(?:次|人)?[\s】\])）|]*$"
)
# Searched in every line: where each choice begins with a letter of its own, and none
# with a set or the line's beginning, the search goes from one such letter to the next.
_FOOTER = re.compile(
    r"ICP\s*(?:备|证)|公网安备|公安备|网站标识码|版权所有|主办单位\s*[:：]|"
    r"技术支持\s*[:：]|建议使用|浏览器版本|Copyright|copyright|©|Produced [Bb]y|All [Rr]ights|"
    r"网站地图|站点地图|设为首页|联系我们|关于(?:我们|本站)|隐私(?:声明|保护)|免责声明|网站声明|"
    r"邮政编码|邮\s*编\s*[:：]|许可证(?:编)?号|违法和不良信息|举报(?:电话|邮箱)|客服(?:电话|邮箱)"
)
_OWNER = re.compile(r"(?:主办|承办)\s*[:：]")
_DIALOG = re.compile(
    r"即将离开|是否继续|继续访问|您访问的链接|浏览器版本过低|升级(?:您的)?浏览器|旧版本浏览器|请登录|登录(?:后|注册)|"
    r"注册账号|忘记密码|验证码|加载中|请刷新|为了(?:获得|您)更好的(?:浏览|体验)|请输入|"
    r"在[“\"]?设置[”\"]?-|“看一看”|前往看一看|我知道了|未经授权|JavaScript"
)
_DIALOG_LINE = re.compile(
    r"更多(?:精彩)?(?:资讯|内容|新闻|信息)[^。]{0,6}请[^。]{0,30}(?:APP|App|客户端|公众号|小程序)[^。]{0,12}[。！]?$|"
    r"(?:您|你)?对(?:本|该|此)(?:页面|网页|页|文|信息)的?(?:内容)?(?:评价|满意|是否)|(?:本|该|此)(?:页面|文章|文|信息)(?:内容)?(?:对您)?是否"
    r"(?:对您)?有(?:所)?帮助|"
    r"(?:点击|请)?(?:打开|下载|安装|前往|进入)[^，。]{0,8}(?:APP|App|app|客户端|小程序)[^。]{0,20}$|"
    r"欢迎(?:您)?(?:访问|光临|进入|来到)[^，。]{2,30}(?:网|站|平台|门户)[！!]?$"
)
# What sites append about rights; whole sentences, often without a heading.
_RIGHTS = re.compile(
    r"[\s【（(*※]*(?:\d+\s*[、.．)）]\s*)?(?:(?:特别|免责|版权)?声明\s*[:：]\s*)?(?:凡(?:是)?(?:本网|本站|本报|注明|署名|未注明|转载|来源)|"
    r"(?:本网|本站|本文|本号|本公众号|本平台)(?:所有?|系)?(?:转载|刊载|发布|登载|内容|文章|图文|部分)[^。]{0,40}(?:版权|侵权|来源|观点|立场)|"
    r"[如若](?:有|因|涉及|发现|存在)[^。]{0,30}(?:版权|侵权|著作权)|(?:以上|该|上述)(?:内容|文章?)[^。]{0,12}(?:仅代表|不代表)|"
    r"(?:版权|著作权)(?:归|属)|(?:转载|图片|素材|内容)(?:来自|来源于?|源自)网络)"
)
_RELATED = re.compile(
    r"[\s【\[■●◆|#>]*(?:(?:您|你)?(?:可能|或许|也)?(?:还)?(?:感兴趣|喜欢)的?|相关|热点|热门|精彩|更多|最新|推荐|延伸|"
    r"友情|猜你喜欢|大家都在看|今日|本周|本月|往期|图片|视频|编辑|值班总编|精选|滚动|要闻|图说|专题|点击|阅读|网友|用户|全部|我要)"
    r"(?:的)?(?:阅读|链接|新闻|报道|文章|推荐|资讯|内容|信息|排行(?:榜)?|图集|图片|视频|专题|精选|回顾|热图|关注|动态|公告|通知|"
    r"评论|留言|文档|稿件|附件|头条|要闻|话题|标签|喜欢|top\d*|TOP\d*)?\s*(?:>>|[:：»】\]]|$)"
)
# What opens the tail when it stands alone or with a colon ...
_TAIL_HEADING = re.compile(
    r"[\s【\[■●◆|(（]*(?:相关(?:阅读|链接|新闻|报道|文章|推荐|资讯|稿件|文档|信息|内容|专题|视频|附件)|热(?:门|点)(?:推荐|新闻|文章|阅读|图集|评论|资讯)|"
    r"推荐(?:阅读|文章|新闻|图文)|延伸阅读|精彩(?:推荐|图片|视频(?:推荐)?|图文)|猜你喜欢|大家都在看|友情链接|关联(?:文件|阅读|稿件)|"
    r"为您推荐|(?:网友|最新|热门|精彩|全部|发表|我要|写)\s*(?:评论|留言)(?:区|列表)?(?:\s?[（(]?\s?\d{1,6}\s?条?[)）]?)?|(?:评论|留言)(?:区|列表|\s?[（(]?\s?\d{1,6}\s?条?[)）]?)|版权(?:声明|所有)|声明|免责声明|特别声明|关键[字词]|标签|[Tt]ags?|"
    r"值班总编推荐|编辑推荐|最新(?:新闻|文章|资讯|动态|发布)|更多(?:精彩|新闻|猛料|阅读)|新闻排行|图片新闻|我要反馈)"
    r"\s*(?:[:：>»】\]）)|]|$)"
)
# ... and what does so however the line goes on.
_TAIL_WORDS = re.compile(
    r"[\s【\[■●◆|(（]*(?:扫(?:码|一扫)|分享(?:到|至|让)|本文(?:网址|地址|链接)|阅读(?:剩余)?全文|正文已结束|转载请(?:注明|务必)|"
    r"(?:版权|免责|特别|平台)声明|更多精彩|返回\w{2,4}[，,]查看更多|打开\w{0,6}客户端|国务院部门网站)"
)


@asked_of_lines
def is_tool(text: str) -> bool:
    """Print, close, share, letter size, visit counts: buttons, not words."""
    return len(text) <= _SHORT and bool(
        _TOOL_LINE.fullmatch(text) or _COUNTS.match(text) or _END_MARK.match(text)
    )


@asked_of_lines
def is_neighbour(text: str) -> bool:
    """上一篇 / 下一篇 and their kin."""
    return bool(_NEIGHBOUR.match(text))


def is_scan_hint(text: str) -> bool:
    """扫一扫在手机打开当前页 and the like; a whole sentence about scanning is text."""
    if len(text) > _SHORT // 2 or text.endswith("。"):
        return False
    return bool(_SCAN.search(text))


@asked_of_lines
def is_footer(text: str) -> bool:
    """The foot of a site: owners, licences, contacts."""
    return len(text) <= 2 * _SHORT and bool(_FOOTER.search(text) or _OWNER.match(text))


def is_dialog(text: str) -> bool:
    """Words of dialogs and forms that a reader of the article never sees."""
    if len(text) > 3 * _SHORT:
        return False
    return bool(_DIALOG.search(text) or _DIALOG_LINE.match(text))


def is_rights_notice(text: str) -> bool:
    """凡本网注明…, 如有侵权…: what a site says of rights, below the text."""
    return len(text) <= _LONGEST_NOTICE and bool(_RIGHTS.match(text))


def is_related_heading(text: str) -> bool:
    """The heading of a box with other stories."""
    return len(text) <= _SHORT // 2 and bool(_RELATED.match(text))


def is_tail(text: str) -> bool:
    """A line with which what follows the article begins."""
    return len(text) <= _LONGEST_NOTICE and _is_tail(text)


@lru_cache(maxsize=4096)
def _is_tail(text: str) -> bool:
    if is_rights_notice(text):
        return True
    if len(text) > 2 * _SHORT:
        return False
    if _TAIL_HEADING.match(text) or is_neighbour(text):
        return True
    return bool(_TAIL_WORDS.match(text)) and not text.endswith("。")


def is_share_bar(text: str) -> bool:
    """分享到：微信 微博: it stands above a text as often as below it."""
    return bool(_SHARE_BAR.match(text))


_SHARE_BAR = re.compile(r"[\s【\[|]*分享(?:到|至|按钮)?\s*[:：]?")


def is_furniture(text: str) -> bool:
    """Any line that is never part of an article's words."""
    return is_tool(text) or is_neighbour(text) or is_scan_hint(text)
