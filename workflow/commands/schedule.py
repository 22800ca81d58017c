"""``gonghui schedule``: the clock of the office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.commands.options import Config

if TYPE_CHECKING:
    from workflow.scheduling import Children, Clerk


def schedule(
    config: Config = None,
    once_due: Annotated[
        bool,
        typer.Option(
            "--once-due", help="只做现在到点的（给系统的定时任务用），做完就走"
        ),
    ] = False,
) -> None:
    """值守：到点自动跑早晨任务、下午补采、备份和告警，一直开着。

    钟点写在设置的 schedule 段，按北京时间和节假日表，只在工作日出简报。
    电脑早上没开，开机后马上补上；卡住的运行 45 分钟后终止；从不同时跑两个。

    例：gonghui schedule；交给系统每 10 分钟叫一次：gonghui schedule --once-due
    """
    from filelock import FileLock, Timeout

    from newsroom.errors import NewsroomError
    from workflow.clock import now
    from workflow.console import console
    from workflow.office import open_office
    from workflow.scheduling import Children, Clerk

    office = open_office(config)
    office.data.mkdir(parents=True, exist_ok=True)
    lock = FileLock(office.data / "schedule.lock", fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        if once_due:
            console().print("值守已经在运行，这一次不用再做。")
            return
        raise NewsroomError(
            "值守已经在运行（gonghui schedule 只要开一个），这一个不再启动"
        ) from error
    children = Children()
    clerk = Clerk(office.settings.file, now, children.run)
    try:
        if once_due:
            _once(clerk)
        else:
            _forever(clerk, children, office.settings.file)
    finally:
        children.stop()
        lock.release()


def _once(clerk: Clerk) -> None:
    from workflow.console import console

    done = clerk.catch_up()
    for ran in done:
        console().print(f"{ran.job.value}：退出码 {ran.code}")
    worst = max((abs(ran.code) for ran in done), default=0)
    if worst:
        raise typer.Exit(worst)


def _forever(clerk: Clerk, children: Children, file: Path) -> None:
    import importlib
    import threading

    from apscheduler.schedulers.blocking import BlockingScheduler

    # What is needed later is read now: a program that is renewed under an open
    # schedule must not have it read half of each.
    importlib.import_module("story_store.store")
    from config import load_settings
    from workflow.clock import now
    from workflow.console import console
    from workflow.scheduling import arrange, follow_clock

    settings = load_settings(file)
    scheduler = BlockingScheduler()
    arrange(scheduler, settings, clerk, now())
    stop = threading.Event()
    watcher = threading.Thread(
        target=follow_clock, args=(scheduler, stop, now), daemon=True
    )
    times = settings.schedule
    console().print(
        f"值守中：早晨 {times.morning:%H:%M}"
        + (f"，补采 {times.light:%H:%M}" if times.light else "")
        + f"，告警 {settings.edition.due:%H:%M}"
        + (f"，备份 {times.backup:%H:%M}" if times.backup else "")
        + "（北京时间）。按 Ctrl-C 结束。",
        soft_wrap=True,
    )
    watcher.start()
    try:
        scheduler.start()
    except KeyboardInterrupt:
        console().print("值守已停止。")
    finally:
        stop.set()
        children.stop()
        if scheduler.running:
            scheduler.shutdown(wait=False)
