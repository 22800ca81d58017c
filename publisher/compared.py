"""Fetched files compared with what was published, and what a host did to them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from publisher.browsing import Answer

_NAMED = 5
_SHOWN = 10
_TYPES = {"html": "text/html", "css": "text/css", "js": "javascript"}


@dataclass(slots=True)
class Compared:
    """The files that were fetched, compared with what was published."""

    hashes: Mapping[str, str]
    seen: set[str] = field(default_factory=set)
    shut: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    mistyped: dict[str, str] = field(default_factory=dict)

    def compare(self, path: str, answer: Answer | str) -> None:
        """Compare a file once, if we know what it should be."""
        if isinstance(answer, Answer):
            self._see_type(path, answer)
        if path in self.seen or path not in self.hashes:
            return
        if isinstance(answer, str):
            self.seen.add(path)
            self.shut.append(f"{path} 打不开（{answer}）")
            return
        self.seen.add(path)
        if _hash(answer.body) == self.hashes[path]:
            return
        whole = _without_addition(answer.body)
        is_added = _hash(whole) == self.hashes[path] or (
            _hash(whole + b"\n") == self.hashes[path]
        )
        (self.added if is_added else self.changed).append(path)

    def _see_type(self, path: str, answer: Answer) -> None:
        """Browsers that are told nosniff use no style or script of another type."""
        told = answer.headers.get("content-type", "")
        wanted = _TYPES.get(path.rpartition(".")[2], "")
        if wanted not in told.lower():
            self.mistyped[path] = told or "什么也没说"

    def faults(self) -> Iterator[str]:
        """What differs, a sentence for each kind."""
        yield from shortened(self.shut, "个文件也打不开")
        if self.mistyped:
            first = next(iter(self.mistyped.values()))
            yield (
                f"{_some(list(self.mistyped))} 的类型不对（主机说的是 {first}）："
                "浏览器不认，网页会没有样式、不能检索，或变成下载。写法见 deploy/"
            )
        if self.added:
            yield (
                f"{_some(self.added)} 的末尾被加了内容，多半是主机插的广告或统计代码："
                "请主机商关掉"
            )
        if self.changed:
            yield (
                f"{_some(self.changed)} 与发布的内容不同：主机或缓存改了它，"
                "请清缓存，或运行 gonghui publish 恢复"
            )


def shortened(sentences: Sequence[str], more: str) -> Iterator[str]:
    """The first sentences, and how many others say the same of something else."""
    yield from sentences[:_SHOWN]
    if len(sentences) > _SHOWN:
        yield f"另有 {len(sentences) - _SHOWN} {more}"


def _without_addition(body: bytes) -> bytes:
    """A page up to its own end."""
    return body[: body.rfind(b"</html>") + len(b"</html>")]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _some(paths: list[str]) -> str:
    more = f" 等 {len(paths)} 个文件" if len(paths) > _NAMED else ""
    return "、".join(paths[:_NAMED]) + more
