"""The values inside foreign JSON, at any depth and within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def nodes_of(value: Any, most: int) -> Iterator[Any]:  # noqa: ANN401 - foreign JSON
    """The value and all that it holds, as many as ``most``; what stands last first."""
    pending, seen = [value], 0
    while pending and seen < most:
        node = pending.pop()
        seen += 1
        yield node
        if isinstance(node, dict):
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
