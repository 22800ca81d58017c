"""The records of rows: the newsroom's own codec, by the name the shelves know."""

from newsroom.record import (
    digest_of,
    dump,
    dumped,
    from_record,
    in_china,
    in_utc,
    line_of,
    load,
    loader,
    to_record,
)

__all__ = [
    "digest_of",
    "dump",
    "dumped",
    "from_record",
    "in_china",
    "in_utc",
    "line_of",
    "load",
    "loader",
    "to_record",
]
