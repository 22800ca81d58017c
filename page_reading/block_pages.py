"""Pages that are no pages: firewalls, challenges, captchas, logins, in place of news.

Such a page often comes with status 200. It is named, never got round.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from page_reading.charset import decode

if TYPE_CHECKING:
    from newsroom.article import Page

_LARGEST = 60_000
_CHALLENGE_STATUS = {412: "需要浏览器验证（412）", 521: "需要浏览器验证（521）"}
_MARKS = (
    (re.compile(r"__jsl_clearance|\$_ts\s*=|_\$[a-zA-Z0-9]{2,4}\(\);?\s*</script>|acw_sc__v2|cf-browser-verification|challenge-platform|<title>\s*Just a moment"), "需要浏览器验证"),
    (re.compile(r"请完成(?:安全)?验证|滑动(?:滑块)?验证|拖动(?:下方)?滑块|请输入验证码(?:后)?(?:继续|访问)|访问验证|人机(?:身份)?验证|安全验证</title>|geetest|g-recaptcha|h-captcha|TCaptcha|请点击按钮开始验证|环境异常，完成验证后即可继续访问"), "要求验证码"),
    (re.compile(r"(?:网站|Web应用|Web\s*)防火墙|WAF|(?:您的|你的)?(?:请求|访问|操作)(?:已)?(?:被|存在)(?:网站管理员)?(?:拦截|阻断|拒绝|禁止|威胁|异常)|访问(?:过于|太)频繁|疑似(?:黑客|恶意|攻击)|创宇盾|云锁|安全狗|D盾|405 Not Allowed|Access Denied|Request blocked|您的IP|IP已被"), "防火墙拦截页"),
    (re.compile(r"<title>[^<]{0,20}(?:用户|会员|统一身份|后台|系统)?登录[^<]{0,12}</title>|请先登录(?:后(?:再)?(?:访问|浏览|查看))?"), "要求登录"),
)  # fmt: skip
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_MARKUP = re.compile(
    r"<script.*?</script>|<style.*?</style>|<[^>]+>", re.DOTALL | re.IGNORECASE
)
_FEW = 260
_MANY_SCRIPTS = 200
_MANY = 900  # with markup and scripts
# One match instead of a list of thousands: every page of every crawl is asked.
_MORE_THAN_MANY = re.compile(rf"(?:[^\u4e00-\u9fff]*+[\u4e00-\u9fff]){{{_MANY + 1}}}")


def is_block_page(page: Page) -> str | None:
    """Why the page is a barrier and no content, None when it is content.

    Args:
        page: the fetched page; its status counts (412 and 521 are the marks of
            script-challenge firewalls in China).
    """
    return barrier(decode(page.body[:_LARGEST], page.content_type).text, page)


def barrier(text: str, page: Page) -> str | None:
    """``is_block_page`` for a page whose text is at hand."""
    if page.status in _CHALLENGE_STATUS:
        return f"被拦截：{_CHALLENGE_STATUS[page.status]}"
    if len(page.body) >= _LARGEST or not _says_little(text):
        return None
    named = next((name for mark, name in _MARKS if mark.search(text)), None)
    return f"被拦截：{named}" if named else None


@lru_cache(maxsize=1)  # asked of a page before it is read, and again when it is
def _says_little(text: str) -> bool:
    """Few words of Chinese: an article that speaks of firewalls has more."""
    if _MORE_THAN_MANY.match(text):
        return False
    if text.count("<script") > _MANY_SCRIPTS:
        return False
    return len(_WORDS.findall(_MARKUP.sub(" ", text))) < _FEW
