"""Signs that a site was hacked or taken over: its news waits for a person.

Reliability F37 (a lapsed domain full of gambling), F39 (spam put into a page) and F44
(the same navigation text taken as the body of every article).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsroom.text import fold

# Words of advertisements, not of reports about crime: two of them, or one in the
# headline, hold a story.
_SPAM = (
    *(
        "注册送",
        "开户送",
        "送彩金",
        "彩金",
        "首存",
        "时时彩",
        "六合彩",
        "北京赛车",
        "pk10",
    ),
    *(
        "百家乐",
        "老虎机",
        "真人娱乐",
        "娱乐城",
        "棋牌平台",
        "赌球",
        "博彩网",
        "博彩平台",
    ),
    *("彩票平台", "体育投注", "在线投注", "澳门新葡京", "威尼斯人官网", "太阳城官网"),
    *("成人视频", "成人电影", "无码", "裸聊", "一夜情", "约炮", "外围女", "上门服务妹"),
    *("代开发票", "办证刻章", "代孕公司", "私服发布", "网赚平台", "外挂下载"),
)
_MANY = 2
_SHARE_TAKEN = 0.3
_SHARE_SAME = 0.6
_ENOUGH = 5


def quarantine_reason(headline: str, text: str) -> str | None:
    """Why a story looks like spam on a hacked page, None when it does not."""
    title, body = fold(headline), fold(text)
    named = next((word for word in _SPAM if word in title), None)
    if named:
        return f"疑似网页被篡改：标题里有“{named}”"
    found = [word for word in _SPAM if word in body]
    if len(found) >= _MANY:
        return f"疑似网页被篡改：文中有“{'”“'.join(found[:3])}”"
    return None


def takeover_reason(news: Sequence[tuple[str, str]]) -> str | None:
    """Why a source looks taken over by others, from its (headline, text) pairs.

    At least five of them and three in ten spam: nothing of the source is published
    until a person confirms it.
    """
    spam = sum(quarantine_reason(*pair) is not None for pair in news)
    if len(news) < _ENOUGH or spam < _SHARE_TAKEN * len(news):
        return None
    return f"{len(news)}条里有{spam}条像广告或赌博内容，网站可能已被他人占用"


def shared_text(texts: Sequence[str]) -> str | None:
    """The text that six in ten articles of a source have in common, None when none.

    Such a text is navigation, not news: the articles are not to be stored with it.
    """
    if len(texts) < _ENOUGH:
        return None
    counted: Counter[str] = Counter()
    most = 0
    for left, text in zip(reversed(range(len(texts))), texts, strict=True):
        words = fold(text)
        counted[words] += 1
        most = max(most, counted[words])
        if most + left < _SHARE_SAME * len(texts):
            return None  # mostly after four in ten: folding is costly
    words = counted.most_common(1)[0][0]
    if not words:
        return None
    return next(text for text in texts if fold(text) == words)
