"""An office at work: submissions with a photo, an edition, both trees built."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import timedelta

from PIL import Image

from workflow.accepting import accept_submission
from workflow.inbox import take_inbox
from workflow.morning import MorningPlan, run_morning
from workflow.office import Office
from workflow.releasing import release_edition

NO_SITES = MorningPlan(only=("jcbs",))
TEXT = """安福寺镇：36名焊工同台比武
日期：2026-09-20
作者：何某
审核：向书平
地点：安福寺食品工业园

9月20日上午，安福寺镇总工会在食品工业园举办焊工技能比武，36名职工同台竞技，用时最短的选手四十分钟完成全部工件。
赛后，镇总工会为前六名颁发荣誉证书，并把比武中发现的三个操作难点列入下月的培训课程，请师傅到车间现场讲解示范。
"""


@dataclass(frozen=True)
class Lively:
    """The office, and the numbers of its two submissions."""

    office: Office
    accepted: str
    waiting: str


def jpeg(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 700), (shade, 80, 40)).save(out, "JPEG")
    return out.getvalue()


def hand_in(office: Office, name: str, text: str, shade: int = 200) -> None:
    folder = office.inbox / "安福寺镇" / name
    folder.mkdir(parents=True)
    (folder / "稿件.txt").write_text(text, encoding="utf-8")
    (folder / "照片1.jpg").write_bytes(jpeg(shade))


def make_lively(office: Office) -> Lively:
    """Hand in two stories, take one, run the morning, release it."""
    hand_in(office, "9月20日 技能比武", TEXT)
    other = (
        TEXT.replace("焊工", "电工").replace("36", "28").replace("食品工业园", "物流园")
    )
    hand_in(office, "9月20日 电工比武", other, 90)
    with office.store() as store:
        one, two = take_inbox(office, store).received
        for number in (one.number,):
            accept_submission(
                store, office.settings.rules, number, by="何某", at=office.now
            )
    run_morning(office, NO_SITES, clock=lambda: office.now)
    signing = replace(office, now=office.now + timedelta(hours=2))
    with signing.store() as store:
        release_edition(
            signing, store, office.now.date(), edited_by="何某", signed_by="江某"
        )
    return Lively(office, one.number, two.number)
