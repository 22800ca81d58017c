"""What an office has still to fill in, and what it could do better.

Neither is a fault: the settings load all the same.
"""

from __future__ import annotations

import re

from config_faults import Fault, KeyPath, key_name, shown
from config_settings import Settings
from config_toml import read_toml

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ICP = re.compile(rf"[{_PROVINCES}]ICP备\d{{8,10}}号(-\d+)?")
_POLICE = re.compile(rf"[{_PROVINCES}]公网安备\s?\d{{14}}号")
_PLACEHOLDER = re.compile(
    r"#{2,}|×+|[xX]{3,}|＊{2,}|\*{2,}|…{2,}|待填|待补|待定|待确认"
)
_CONTACT = re.compile(r"@|\d{7,}|\d{3,4}-\d{7,8}|https?://")


def placeholders_left(settings: Settings) -> tuple[Fault, ...]:
    """What stops a release: placeholders and a missing or odd ICP number.

    The forms of the numbers are those of the two registers (domain: 8.5).
    """
    faults = [
        _left(settings, section, key, f"还是占位的 {shown(value)}", "填上真实的内容")
        for section in ("office", "edition", "site")
        for key, value in getattr(settings, section)
        if isinstance(value, str) and _PLACEHOLDER.search(value)
    ]
    told = {fault.key for fault in faults}
    icp, police = settings.office.icp, settings.office.police_record
    if "office.icp" not in told and not _ICP.fullmatch(icp):
        found = f"写的是 {shown(icp)}" if icp else "没有填 ICP 备案号"
        mend = "照工信部备案系统里的写，如 鄂ICP备后接 8 到 10 位数字和“号”"
        faults.append(_left(settings, "office", "icp", found, mend))
    if police and "office.police_record" not in told and not _POLICE.fullmatch(police):
        mend = "照公安备案网站里的写：公网安备后接 14 位数字和“号”；还没有就留空"
        found = f"写的是 {shown(police)}"
        faults.append(_left(settings, "office", "police_record", found, mend))
    return tuple(faults)


def advice(settings: Settings) -> tuple[Fault, ...]:
    """What could be better and stops nothing."""
    advised = []
    if not settings.site.base_url:
        found = "没有填公开网址，订阅和站点地图里只能用相对地址"
        mend = "网站开通后填上，如 https:// 开头的网址"
        advised.append(_left(settings, "site", "base_url", found, mend))
    if not _CONTACT.search(settings.crawl.user_agent):
        found = "访客名里没有联系方式，对方网站找不到人"
        mend = "在后面加上单位的邮箱或电话"
        advised.append(_left(settings, "crawl", "user_agent", found, mend))
    starts, due = settings.schedule.morning, settings.edition.due
    if starts >= due:
        found = f"早晨任务 {starts:%H:%M} 才开始，简报 {due:%H:%M} 就要出来"
        mend = "把 [schedule] morning 改早，或把 [edition] due 改晚"
        advised.append(_left(settings, "schedule", "morning", found, mend))
    return tuple(advised)


def _left(settings: Settings, section: str, key: str, found: str, mend: str) -> Fault:
    path: KeyPath = (section, key)
    line = read_toml(settings.file).lines.get(path)
    return Fault(settings.file, key_name(path), line, found, "", mend)
