"""What config.toml may say: one frozen model a section.

Every section is handed to its package as an argument; nobody reads the whole.
"""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Section(BaseModel):
    """A section of config.toml: frozen, and unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class OfficeSettings(Section):
    """[office] who publishes: names, addresses, the legal line."""

    name: str = Field(min_length=2, description="单位全称，如 枝江市总工会")
    short_name: str = Field(min_length=2, description="简称，如 枝江工会")
    place: str = Field(min_length=2, description="县市名，如 枝江")
    city: str = Field(min_length=2, description="上级市名，如 宜昌")
    publisher: str = Field(default="", description="编印单位，如 枝江市总工会办公室")
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    public_phones: tuple[str, ...] = ()
    icp: str = Field(default="", description="ICP 备案号")
    police_record: str = Field(default="", description="公安联网备案号")
    report_phone: str = Field(default="12351", description="违法和不良信息举报电话")


class EditionSettings(Section):
    """[edition] numbering, times and the masthead of the briefing."""

    title: str = Field(default="工会之声", description="报头")
    subtitle: str = Field(default="每日简报", description="报头第二行")
    next_number: int = Field(default=1, ge=1, description="下一期的年内期号")
    next_total: int = Field(default=1, ge=1, description="下一期的总期号")
    due: time = Field(default=time(8, 0), description="出版时限")
    report_to: str = Field(default="", description="报：")
    send_to: str = Field(default="", description="送：")
    issue_to: str = Field(default="", description="发：")
    copies: int = Field(default=0, ge=0, description="印数，0 表示不印")


class SiteSettings(Section):
    """[site] the two trees: where they are built, what they are called."""

    title: str = Field(default="工会之声", description="网站名称")
    output: Path = Field(default=Path("output"), description="生成目录")
    base_url: str = Field(default="", description="公开网址，如 https://…，可空")
    banner: str = Field(default="", description="每页顶部的提示，如演示说明")
    noindex: bool = False
    page_size: int = Field(default=50, ge=10, le=200)
    serve_port: int = Field(default=8351, ge=1024, le=65535)


class StoreSettings(Section):
    """[store] the folder of everything that must be kept."""

    folder: Path = Field(default=Path("data"), description="数据目录")
    keep_pages: int = Field(default=730, ge=30, description="原始网页保存天数")


class InboxSettings(Section):
    """[inbox] the folder door for the towns."""

    folder: Path = Field(default=Path("data/inbox"), description="投稿文件夹")


class CrawlSettings(Section):
    """[crawl] how politely and how much; the floors are not to be lowered."""

    user_agent: str = Field(min_length=10, description="如实的访客名，含联系方式")
    delay: float = Field(
        default=2.0, ge=2.0, le=60, description="同一网站两次请求间隔秒"
    )
    timeout: int = Field(default=20, ge=5, le=60, description="单次请求总时限秒")
    max_requests: int = Field(default=120, ge=1, le=120)
    max_new: int = Field(default=50, ge=1, le=50)
    max_seconds: int = Field(default=300, ge=30, le=600)
    recheck_days: int = Field(default=3, ge=0, le=10)
    parallel: int = Field(default=3, ge=1, le=6)
    retry_delays: tuple[float, ...] = (30.0, 120.0)


class ListApiSettings(Section):
    """[sources.api] the shape of a JSON or JSONP list API."""

    rows: str = Field(description="行所在的路径，如 data.list；顶层数组写 .")
    title: str = "title"
    date: str = "date"
    url: str = Field(default="", description="地址字段；没有就用 url_template")
    url_template: str = Field(default="", description="如 http://…?id={n_id}")
    body: str = Field(default="", description="正文 HTML 字段，可空")
    page_param: str = Field(default="page")
    first_page: int = Field(default=1, ge=0)
    total: str = Field(default="", description="总条数字段，可空")
    page_size: int = Field(default=20, ge=1)


class SourceSettings(Section):
    """[[sources]] one source: a column, feed, list API or a site with its own file."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,31}$")
    name: str = Field(min_length=2)
    tier: str = Field(description="来源层级的编号，见 sources.toml 的 [tier]")
    kind: Literal["section", "feed", "list_api", "site", "local"] = "section"
    urls: tuple[str, ...] = Field(default=(), description="栏目、RSS 或接口的地址")
    spider: str = Field(default="", description="kind = site 时的爬虫名")
    hosts: tuple[str, ...] = Field(
        default=(), description="允许访问的域名，默认取自 urls"
    )
    enabled: bool = True
    confirmed: bool = Field(default=True, description="地址是否已由单位确认")
    own: bool = False
    excerpt: bool = True
    union_filter: bool = False
    local_filter: bool = False
    city: str = Field(default="", description="来源所在市县，解释“全市”等词")
    insecure_reason: str = Field(
        default="", description="证书例外的理由，会写进每份报告"
    )
    max_pages: int = Field(default=2, ge=1, le=10, description="每次翻几页列表")
    api: ListApiSettings | None = None
    note: str = ""
