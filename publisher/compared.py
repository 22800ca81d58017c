"""Fetched files compared with what was published, and what a host did to them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from publisher.browsing import Answer

_NAMED = 5


@dataclass(slots=True)
class Compared:
    """The files that were fetched, compared with what was published."""

    hashes: Mapping[str, str]
    seen: set[str] = field(default_factory=set)
    shut: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    def compare(self, path: str, answer: Answer | str) -> None:
        """Compare a file once, if we know what it should be."""
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

    def faults(self) -> Iterator[str]:
        """What differs, a sentence for each kind."""
        yield from self.shut
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


def _without_addition(body: bytes) -> bytes:
    """A page up to its own end."""
    return body[: body.rfind(b"</html>") + len(b"</html>")]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _some(paths: list[str]) -> str:
    more = f" 等 {len(paths)} 个文件" if len(paths) > _NAMED else ""
    return "、".join(paths[:_NAMED]) + more
