"""A site with a file of its own: what was seen of it in published links."""

from __future__ import annotations

from dataclasses import dataclass

from page_reading.layout import Layout


@dataclass(frozen=True, slots=True)
class Site:
    """What a site file says.

    Attributes:
        name: the spider's name in config.toml.
        title: what the site is called.
        hosts: the hosts seen in published links; empty where none is known.
        layouts: the layouts of its pages, the present one first.
    """

    name: str
    title: str
    hosts: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ()
