"""The nightly tidying: what is past its time goes, and is counted (domain: 8.3)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.article import CHINA
from newsroom.submission import SubmissionState
from site_builder.form_watch import RECENT
from submissions.found import RECEIPT, TAKEN
from workflow.forming import FOLDER as FORMS_FOLDER
from workflow.office_state import OfficeState, Tidied, change_state
from workflow.temporary import clear_left

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office

REJECTED = frozenset(
    {SubmissionState.REJECTED, SubmissionState.DROPPED, SubmissionState.DUPLICATE}
)
ADOPTED = frozenset(
    {
        SubmissionState.FINAL_OK,
        SubmissionState.PUBLISHED,
        SubmissionState.CORRECTED,
        SubmissionState.WITHDRAWN,
        SubmissionState.INTERNAL,
        SubmissionState.MERGED,
        SubmissionState.ARCHIVED,
    }
)
RECENT_DAYS = timedelta(days=30)
SEEN_DAYS = 5
_RUNS = 60
_NUMBER = re.compile(r"编号 (\S+?)。")


def clock_doubt(store: Store, now: datetime) -> str:
    """Why this date may be wrong, empty when the office is seen to work these days.

    A clock that jumped ahead by years would have everything past its time. After a
    long pause the office must be seen on a few days before anything is removed.
    """
    today = now.astimezone(CHINA).date()
    days = {run.started_at.astimezone(CHINA).date() for run in store.runs(limit=_RUNS)}
    before = {day for day in days if day < today - RECENT_DAYS}
    lately = {day for day in days if today - RECENT_DAYS <= day <= today}
    if not before or len(lately) >= SEEN_DAYS:
        return ""
    return (
        f"上一次运行是 {max(before)}，今天是 {today}：电脑的日期错了请校准；"
        f"没有错，运行满 {SEEN_DAYS} 天再做到期清理"
    )


def tidy(office: Office, store: Store) -> Tidied:
    """Remove what is past its time, and note the counts for the next report.

    Nothing goes while the date is in doubt.
    """
    if clock_doubt(store, office.now):
        return Tidied()
    clear_left()
    tidied = remove_past(office, store)
    if tidied != Tidied():
        change_state(
            office.data,
            lambda state: state.model_copy(update={"tidied": state.tidied + tidied}),
        )
    return tidied


def take_counts(office: Office) -> Tidied:
    """The counts that no report has told yet; they count as told from now on."""
    taken: list[Tidied] = []

    def take(state: OfficeState) -> OfficeState:
        taken.append(state.tidied)
        return state.model_copy(update={"tidied": Tidied()})

    change_state(office.data, take)
    return taken[0]


def remove_past(office: Office, store: Store) -> Tidied:
    """Remove raw pages, originals, phones and forms that are past their time."""
    keep, now = office.settings.store, office.now
    days, files = store.drop_pages(now.date() - timedelta(keep.keep_pages))
    rejected = store.past_submissions(REJECTED, now - timedelta(keep.keep_rejected))
    adopted = store.past_submissions(ADOPTED, now - timedelta(keep.keep_originals))
    removed = [number for number in rejected if store.remove_original(number)]
    forgotten = [number for number in adopted if store.remove_original(number)]
    phones = sum(store.mask_phones(number) for number in rejected)
    remove_put_away(office.inbox / TAKEN, {*removed, *forgotten})
    return Tidied(
        page_days=days,
        page_files=files,
        rejected=len(removed),
        phones=phones,
        originals=len(forgotten),
        drafts=store.drop_old_drafts(now - timedelta(keep.keep_drafts)),
        forms=_remove_forms(office.data / FORMS_FOLDER),
    )


def tidied_words(tidied: Tidied) -> str:
    """The counts as a sentence for the report; empty when nothing was removed."""
    parts = (
        (
            tidied.page_days,
            f"{tidied.page_days} 天的原始网页（{tidied.page_files} 个文件）",
        ),
        (tidied.rejected, f"{tidied.rejected} 件未采用投稿的原件"),
        (tidied.phones, f"未采用投稿里的 {tidied.phones} 个电话号码"),
        (tidied.originals, f"{tidied.originals} 件已采用投稿的原件"),
        (tidied.drafts, f"{tidied.drafts} 份没发的草稿（连照片、文件）"),
        (tidied.forms, f"{tidied.forms} 个旧的 Word、图片等文件（可随时重新生成）"),
    )
    said = [words for count, words in parts if count]
    return f"到期清理：{'、'.join(said)}（期限见 [store] 设置）" if said else ""


def _remove_forms(folder: Path) -> int:
    """Remove what the site no longer carries of older days; every PDF stays.

    ``gonghui forms DAY`` makes any of it anew.
    """
    removed = 0
    days = sorted(folder.glob("[0-9]*-[0-9]*-[0-9]*"), reverse=True)
    for day in days[2 * RECENT :]:
        for file in day.glob("*/*"):
            if file.is_file() and file.suffix != ".pdf":
                file.unlink()
                removed += 1
    return removed


def remove_put_away(folder: Path, numbers: Collection[str]) -> None:
    """Remove the folders of these submissions from 已收; the receipt has the number."""
    for receipt in sorted(folder.glob(f"*/*/*/{RECEIPT}")) if numbers else ():
        found = _NUMBER.search(
            receipt.read_text(encoding="utf-8-sig", errors="replace")
        )
        if found and found[1] in numbers:
            shutil.rmtree(receipt.parent, ignore_errors=True)
