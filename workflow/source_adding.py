"""Keeping a found source: its block in config.toml and its sample; and removing it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from workflow.config_edit import (
    read_config_text,
    save_config,
    source_block,
    with_source,
    with_value,
    without_source,
)
from workflow.run_lock import run_lock
from workflow.source_samples import sample_folder, save_sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from config import Settings, SourceSettings
    from workflow.office import Office
    from workflow.source_finding import Finding


def comments_of(office: Office, finding: Finding) -> tuple[str, ...]:
    """What stands above the block: since when, what was found, what is unsure."""
    lists = [f"{one.name or '列表'}：{one.url}" for one in finding.chosen]
    read = sum(one.article is not None for one in finding.entries)
    return (
        f"{office.now:%Y-%m-%d} 用 gonghui sources add 加的，试读 {read} 篇",
        *lists,
        *([f"下一页：{finding.next_page}"] if finding.next_page else []),
        *([f"文章地址：{finding.article_pattern}"] if finding.article_pattern else []),
        *(f"拿不准：{doubt}" for doubt in finding.doubts),
    )


def block_of(office: Office, finding: Finding) -> str:
    """The block as it would be written."""
    return source_block(finding.source, comments_of(office, finding))


def check_new(office: Office, finding: Finding) -> None:
    """Refuse a source that is there already, or that nothing could be read of.

    Raises:
        NewsroomError: why it is not kept.
    """
    check_unknown(office, finding.source.urls)
    if finding.source.id in {source.id for source in office.settings.sources}:
        raise NewsroomError(f"编号 {finding.source.id} 已经有了，请换一个")
    check_tier(office, finding.source.tier)
    if not any(one.article for one in finding.entries):
        raise NewsroomError(
            "一篇文章也没有读出来，没有写入设置。"
            "请用 gonghui sources try 网址 --save 网页.zip 打包，发给维护人员"
        )


def check_tier(office: Office, tier: str) -> None:
    """Refuse a tier that the settings do not have.

    Raises:
        NewsroomError: which ones there are.
    """
    if tier not in office.settings.book.tiers:
        tiers = "、".join(
            f"{k}（{t.name}）" for k, t in office.settings.book.tiers.items()
        )
        raise NewsroomError(f"没有层级 {tier}；现有：{tiers}")


def check_unknown(office: Office, urls: Iterable[str]) -> None:
    """Refuse a list that is a source's already.

    Raises:
        NewsroomError: which source has it.
    """
    known = {url: s for s in office.settings.sources for url in s.urls}
    there = next((known[url] for url in urls if url in known), None)
    if there is None:
        return
    how = (
        f"要试读它：gonghui sources check {there.id}"
        if there.enabled
        else f"它停用了，要恢复：gonghui sources resume {there.id}"
    )
    raise NewsroomError(f"这个列表已经是来源「{there.name}」（{there.id}）；{how}")


def keep_source(office: Office, finding: Finding) -> Settings:
    """Write the block and the sample; the settings as they are now.

    Raises:
        NewsroomError: another run goes on, the source is not fit, or a file cannot be
            written.
    """
    check_new(office, finding)
    comments = comments_of(office, finding)
    settings = change_config(
        office, lambda text: with_source(text, finding.source, comments)
    )
    pages = [(one.role, one.page) for one in finding.pages]
    folder = sample_folder(office, finding.source.id)
    save_sample(folder, finding.source, pages, office.now)
    return settings


def pause_source(office: Office, source: SourceSettings) -> Settings:
    """Stop asking a source; its block, its stories and its sample stay."""
    return change_config(
        office, lambda text: with_value(text, source.id, "enabled", value=False)
    )


def resume_source(office: Office, source: SourceSettings) -> Settings:
    """Ask a paused source again.

    Raises:
        NewsroomError: its address was never confirmed.
    """
    if not source.confirmed:
        raise NewsroomError(
            f"{source.name} 的地址还没有确认：先在 config.toml 里填 urls，"
            f"gonghui sources check {source.id} 试读，再写 confirmed = true"
        )
    return change_config(
        office, lambda text: with_value(text, source.id, "enabled", value=True)
    )


def remove_source(office: Office, source: SourceSettings) -> bool:
    """Turn a source's block into comments; its stories and raw pages stay.

    A source that has stories keeps its block, or pages could no longer say where a
    story came from: it is paused, and False is given.

    Raises:
        NewsroomError: it is the last source.
    """
    if len(office.settings.sources) == 1:
        raise NewsroomError("这是最后一个来源，设置里至少要有一个；可以先加别的再删")
    if has_articles(office, source.id):
        pause_source(office, source)
        return False
    note = f"{office.now:%Y-%m-%d} 用 gonghui sources remove 停用；要恢复，去掉行首的 #"
    change_config(office, lambda text: without_source(text, source.id, note=note))
    shutil.rmtree(sample_folder(office, source.id), ignore_errors=True)
    return True


def has_articles(office: Office, source_id: str) -> bool:
    """Whether the store holds anything of a source."""
    from workflow.doctoring import has_store

    if not has_store(office):
        return False
    with office.store() as store:
        return bool(store.source_articles(source_id, limit=1))


def change_config(office: Office, change: Callable[[str], str]) -> Settings:
    """Change config.toml under the office's lock, validated before it is replaced."""
    with run_lock(office.data, office.now):
        config = read_config_text(office.settings.file)
        return save_config(
            config,
            change(config.text),
            kept_in=kept_configs(office),
            now=office.now,
        )


def kept_configs(office: Office) -> Path:
    """Where the old copies of config.toml are kept."""
    return office.data / "old_settings"
