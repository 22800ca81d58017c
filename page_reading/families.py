"""The names by which CMS families and editors mark the text of an article.

They only help: a test renames every other class and id at random, and the reading must
hold. A family is TRS WCM (TRS_Editor, trs_editor_view), UEditor (view TRS_UEDITOR),
Hanweb jcms (#zoom), the government platform UCAP (#UCAP-CONTENT, pages_content), 博达 VSB
(#vsb_content, v_news_content), WeChat (#js_content), 方正翔宇 (#articleContent, #contentMain,
u-mainText), Trends (#BodyLabel), WordPress and EmpireCMS skins (entry-content), and the
portals (#endText, #artibody, #rwb_zw, left_zw).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

TEXT_IDS = frozenset({
    "zoom", "ucap-content", "vsb_content", "js_content", "endtext", "artibody",
    "articlecontent", "bodylabel", "detail_content", "ivs_content", "zoomcon",
    "contentmain", "article_inbox", "rwb_zw", "zhengwen", "detail", "fontzoom",
    "articlebody", "content_body", "main-content-text", "text_content", "newscontent",
})  # fmt: skip
TEXT_CLASSES = frozenset({
    "trs_editor", "trs_editor_view", "trs_ueditor", "view", "v_news_content",
    "rich_media_content", "pages_content", "article-content", "article_content",
    "articlecontent", "article-con", "post_text", "post_body", "u-maintext", "left_zw",
    "entry-content", "single-content", "news_content", "newscontent", "content_area",
    "artical_content", "detail-content", "detail_content", "custom_unionstyle",
    "text_area", "bodycontent", "article-body", "news-content", "arti-content",
    "wp_articlecontent", "art_context", "art_contextbox", "main-content",
})  # fmt: skip
# WeChat: account, author, headline, and the boxes its script makes visible.
WECHAT_ACCOUNT = "js_name"
WECHAT_AUTHOR = "js_author_name"
SHOWN_BY_SCRIPT = frozenset({"js_content", "page-content", "img-content"})
FAMILY_NAMES = (
    TEXT_IDS | TEXT_CLASSES | SHOWN_BY_SCRIPT | {WECHAT_ACCOUNT, WECHAT_AUTHOR}
)


def is_family_text(element: _Element) -> bool:
    """Whether a CMS family gave the element the name of its text."""
    name = element.get("id")
    if name and name.lower() in TEXT_IDS:
        return True
    names = element.get("class")
    return bool(names) and not TEXT_CLASSES.isdisjoint((names or "").lower().split())
