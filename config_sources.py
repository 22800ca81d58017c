"""What config.toml may say of crawling: [crawl] and [[sources]]."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from config_faults import Section, file_name, office_error, shown
from config_sections import WebAddress


def _header_text(value: str) -> str:
    """A text that goes into an HTTP header: Latin letters only."""
    if not value.isascii() or not value.isprintable():
        raise office_error(
            f"写的是 {shown(value)}", "只含英文字母、数字和英文标点", "改成英文或拼音"
        )
    return value


def _host(value: str) -> str:
    """A host in small letters, without scheme or path."""
    if not re.fullmatch(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?(:\d+)?", value):
        raise office_error(
            f"写的是 {shown(value)}", "是域名", "只写域名，如 www.example.cn，小写"
        )
    return value


class CrawlSettings(Section):
    """[crawl] how politely and how much; the floors are not to be lowered."""

    user_agent: Annotated[str, AfterValidator(_header_text)] = Field(
        min_length=10, description="如实的访客名，含联系方式"
    )
    delay: float = Field(
        default=2.0, ge=2.0, le=60, description="同一网站两次请求间隔秒"
    )
    timeout: int = Field(default=20, ge=5, le=60, description="单次请求总时限秒")
    max_requests: int = Field(
        default=120, ge=1, le=120, description="每个来源每次最多请求几次"
    )
    max_new: int = Field(
        default=50, ge=1, le=50, description="每个来源每次最多取几篇新文章"
    )
    max_seconds: int = Field(
        default=300, ge=30, le=600, description="每个来源每次最多用几秒"
    )
    recheck_days: int = Field(
        default=3, ge=0, le=10, description="最近几天的文章再看一遍有没有改"
    )
    parallel: int = Field(default=6, ge=1, le=6, description="同时采集几个来源")
    retry_delays: tuple[Annotated[float, Field(ge=1, le=600)], ...] = Field(
        default=(30.0, 120.0), description="失败后隔几秒再试，一个数试一次"
    )


class ListApiSettings(Section):
    """[sources.api] the shape of a JSON or JSONP list API."""

    rows: str = Field(description="行所在的路径，如 data.list；顶层数组写 .")
    title: str = Field(default="title", description="标题字段")
    date: str = Field(default="date", description="日期字段")
    url: str = Field(default="", description="地址字段；没有就用 url_template")
    url_template: str = Field(default="", description="如 http://…?id={n_id}")
    body: str = Field(default="", description="正文 HTML 字段，可空")
    page_param: str = Field(default="page", description="页码参数")
    first_page: int = Field(default=1, ge=0, description="第一页的页码")
    total: str = Field(default="", description="总条数字段，可空")
    page_size: int = Field(default=20, ge=1, description="每页几条")

    @model_validator(mode="after")
    def _has_addresses(self) -> ListApiSettings:
        if not self.url and not self.url_template:
            raise office_error(
                "没有写怎样得到文章的地址", "有 url 或 url_template", "加上其中一项"
            )
        return self


class LayoutSettings(Section):
    """[[sources.layouts]] where things stand on a source's pages; all may be left out.

    The present layout stands first; one that is no longer in use keeps its last day.
    """

    list_rows: str = Field(default="", description="栏目页上每一行的选择器")
    list_link: str = Field(default="", description="一行里文章链接的选择器")
    list_date: str = Field(default="", description="一行里日期的选择器")
    list_next: str = Field(default="", description="下一页链接的选择器")
    title: str = Field(default="", description="文章标题的选择器")
    info: str = Field(default="", description="写着日期的那一行的选择器")
    body: str = Field(default="", description="正文的选择器")
    article_pattern: str = Field(
        default="", description="文章地址的样子（正则），不合的不算文章"
    )
    valid_until: date | None = Field(
        default=None, description="用到哪天为止（含）；现在还用就不写"
    )


class SourceSettings(Section):
    """[[sources]] one source: a column, feed, list API or a site with its own file."""

    id: Annotated[str, AfterValidator(file_name)] = Field(
        pattern=r"^[a-z][a-z0-9_]{1,31}$", description="编号，定了不要改"
    )
    name: str = Field(min_length=2, description="名称")
    tier: str = Field(description="来源层级的编号，见 sources.toml 的 [tier]")
    kind: Literal["section", "feed", "list_api", "site", "local"] = Field(
        default="section",
        description="读法：栏目页、订阅、接口、专用爬虫、本地投稿",
    )
    urls: tuple[WebAddress, ...] = Field(
        default=(),
        description="栏目、RSS 或接口的地址；接口要用 POST 问的，"
        "地址后面接着写 #POST: 和要提交的内容",
    )
    spider: str = Field(default="", description="kind = site 时的爬虫名")
    hosts: tuple[Annotated[str, AfterValidator(_host)], ...] = Field(
        default=(), description="允许访问的域名，默认取自 urls"
    )
    enabled: bool = Field(default=True, description="是否采集")
    confirmed: bool = Field(
        default=True, description="地址是否已确认：见于公开链接，或单位核对过"
    )
    own: bool = Field(default=False, description="本单位自己的，公开页可登全文")
    excerpt: bool = Field(default=True, description="公开页是否登 120 字摘要")
    union_filter: bool = Field(default=False, description="只留有工会主题的")
    local_filter: bool = Field(default=False, description="只留本地或政策主题的")
    city: str = Field(default="", description="来源所在市县，解释“全市”等词")
    insecure_reason: str = Field(
        default="", description="证书例外的理由，会写进每份报告"
    )
    max_pages: int = Field(default=2, ge=1, le=10, description="每次翻几页列表")
    render: Literal["", "browser"] = Field(
        default="",
        description='网页由脚本画出、又没有接口时写 "browser"，用本机浏览器读',
    )
    markers: tuple[str, ...] = Field(
        default=(), description="栏目页必有的字样，缺了就当作不是这个网站，可空"
    )
    api: ListApiSettings | None = Field(default=None, description="kind = list_api 时")
    layouts: tuple[LayoutSettings, ...] = Field(
        default=(), description="网页版式，通用读法读不好时才要，现用的在前"
    )
    note: str = Field(default="", description="备注")

    @model_validator(mode="after")
    def _can_be_read(self) -> SourceSettings:
        if self.kind == "site" and not self.spider:
            raise office_error(
                f"{self.name}：kind 是 site 而没有写 spider",
                "写明用哪个爬虫",
                '加上 spider = "…"，或把 kind 改成 "section"',
            )
        if self.kind == "list_api" and self.api is None:
            raise office_error(
                f"{self.name}：kind 是 list_api 而没有 [sources.api]",
                "写明接口的样子",
                "在这个来源下面加上 [sources.api] 小节",
            )
        if self.enabled and not self.confirmed:
            raise office_error(
                f"{self.name}：地址还没有确认就启用了",
                "确认以后再启用",
                "打开网址核对后写 confirmed = true；没核对就写 enabled = false",
            )
        if self.enabled and self.kind not in {"site", "local"} and not self.urls:
            raise office_error(
                f"{self.name}：没有写网址",
                "至少有一个网址",
                '加上 urls = ["https://…"]；还不知道地址就写 enabled = false',
            )
        return self

    @model_validator(mode="after")
    def _may_visit_its_urls(self) -> SourceSettings:
        for url in self.urls if self.hosts else ():
            parts = urlsplit(url)
            if not {parts.netloc.lower(), parts.hostname} & set(self.hosts):
                raise office_error(
                    f"{self.name}：网址 {shown(url)} 的域名不在 hosts 里",
                    "hosts 里有每个网址的域名",
                    f'在 hosts 里加上 "{parts.hostname}"，或删掉 hosts 这一行',
                )
        return self
