"""The watch on a child's memory: what this program holds, not what its parent held.

On Linux ``getrusage`` gives a spawned child the peak of the process that spawned it
(the mark survives exec), so a large parent would end every small child.
"""

from __future__ import annotations

import psutil
from scrapy.extensions.memusage import MemoryUsage


class MemoryWatch(MemoryUsage):
    """Scrapy's watch, with the memory that is held now."""

    def get_virtual_size(self) -> int:
        """The bytes that this process holds in memory."""
        return int(psutil.Process().memory_info().rss)
