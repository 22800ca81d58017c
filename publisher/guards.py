"""When a publishing stops before it has changed anything. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from publisher.faults import PublishRefused
from publisher.plan import Plan

_NAMED = 10
_SHOWN = 3


def check_plan(
    plan: Plan,
    *,
    first: bool,
    folder: str,
    adopt: Collection[str],
    confirmed: int | None,
) -> None:
    """Let a plan pass, or say what a person must decide.

    Args:
        plan: what would be done.
        first: whether nothing of ours stands on the host yet.
        folder: the folder on the host, as the settings name it.
        adopt: files that are not ours and that may be replaced, typed by a person.
        confirmed: the number of vanishing pages that a person typed.

    Raises:
        PublishRefused: the sentence names the cure.
    """
    if first and plan.unknown and not adopt:
        raise PublishRefused(_foreign(plan, folder))
    refused = sorted(set(plan.taken) - set(adopt))
    if refused:
        raise PublishRefused(
            f"主机上有 {len(refused)} 个文件与网站重名，却不是我们放的："
            f"{_some(refused)}。"
            "没有动它们。确认可以替换的，在命令后面逐个写上 "
            + " ".join(f"--adopt {path}" for path in refused[:3])
        )
    strange = sorted(set(adopt) - set(plan.unknown))
    if strange and first:
        raise PublishRefused(
            f"主机上没有 --adopt 写的这些文件：{_some(strange)}。请照上面列出的名称写"
        )
    if plan.lacks_pages and confirmed != plan.pages_gone:
        raise PublishRefused(
            f"这次会从主机上撤掉 {plan.pages_gone} 页（原有 {plan.pages_before} 页"
            f"{_explained(plan)}），超过两成，先停下来。请看看 output/public "
            f"是不是缺了内容，如 {_few(plan.lost)}；"
            f"确实要撤，加上 --confirm-fewer {plan.pages_gone}"
        )


def _explained(plan: Plan) -> str:
    return f"，其中 {plan.pages_told} 页是登记撤下的" if plan.pages_told else ""


def _few(paths: tuple[str, ...]) -> str:
    more = f" 等 {len(paths)} 页" if len(paths) > _SHOWN else ""
    return "、".join(paths[:_SHOWN]) + more


def _foreign(plan: Plan, folder: str) -> str:
    below = f"{folder.rstrip('/')}/gonghui" if folder.strip("/.") else "gonghui"
    taken = " ".join(f"--adopt {path}" for path in plan.taken[:3])
    replace = (
        f"；要替换其中重名的文件，逐个写明：{taken}"
        if taken
        else f"；没有重名的，要与它们放在一起，写 --adopt {plan.unknown[0]}"
    )
    return (
        f"主机上的文件夹里已有 {len(plan.unknown)} 个不是我们放的文件："
        f"{_some(plan.unknown)}。第一次发布先停下来，什么也没有动。"
        f"建议在 config.toml 的 [[hosts]] 里改用一个空的子文件夹，如 "
        f'folder = "{below}"{replace}'
    )


def _some(paths: Iterable[str]) -> str:
    named = list(paths)
    more = f" 等 {len(named)} 个" if len(named) > _NAMED else ""
    return "、".join(named[:_NAMED]) + more
