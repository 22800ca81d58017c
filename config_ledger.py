"""What config/ledger.toml may say: the points of 用稿, one frozen model a section."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from config_faults import Section
from config_rule_files import Id, Words
from newsroom.taxonomy import Level, UnitKind


class LedgerLevelSettings(Section):
    """[level.ID] what an adoption at this level is worth."""

    name: str = Field(min_length=1, description="名称")
    level: Level = Field(description="级别")
    points: float = Field(ge=0, description="分")
    media: Words = Field(default=(), description="媒体名")
    own: bool = Field(default=False, description="本单位自己的，不算上级采用")


class KindFactorSettings(Section):
    """[kind_factor] ID = {...} the factor of a kind of writing."""

    name: str = Field(description="体裁")
    factor: float = Field(gt=0, description="系数")
    needs: str = Field(default="", description="要附什么证明")


class PointsSettings(Section):
    """[bonus] and [deduct] ID = {...} points given or taken."""

    name: str = Field(description="名称")
    points: float = Field(description="分，扣分写负数")
    effect: str = Field(default="", description="还有什么后果")


class SubmitSettings(Section):
    """[submit] points for handing in."""

    valid_each: float = Field(ge=0, description="有效报送每篇几分")
    valid_cap_month: float = Field(ge=0, description="每月最多几分")


class CapSettings(Section):
    """[cap] the most that counts."""

    ben_month: float = Field(ge=0, description="本站采用每月最多几分")
    same_event: int = Field(ge=1, description="一件事最多计几次")


class JointSettings(Section):
    """[joint] how units share the points of one story."""

    first: float = Field(gt=0, lt=1, description="第一单位占几成")


class RankSettings(Section):
    """[rank] who is ranked with whom."""

    group: tuple[UnitKind, ...] = Field(description="分组排名的类别")
    method: Literal["dense"] = Field(default="dense", description="同分并列")


class AssessSettings(Section):
    """[assess] the year's end."""

    full: float = Field(gt=0, description="信息宣传占多少分")
    base_rank: int = Field(ge=1, description="以第几名为基准")


class LedgerFile(Section):
    """config/ledger.toml: the points of 用稿."""

    year_ends: str = Field(
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
        description="考核年度截止的月-日，如 11-30",
    )
    level: dict[Id, LedgerLevelSettings] = Field(description="级别和分")
    kind_factor: dict[Id, KindFactorSettings] = Field(description="体裁系数")
    bonus: dict[Id, PointsSettings] = Field(description="加分")
    submit: SubmitSettings = Field(description="报送分")
    cap: CapSettings = Field(description="封顶")
    joint: JointSettings = Field(description="联合署名")
    deduct: dict[Id, PointsSettings] = Field(description="扣分")
    rank: RankSettings = Field(description="排名")
    assess: AssessSettings = Field(description="年终折算")
