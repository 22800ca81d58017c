"""The records of rows: the newsroom's own codec, by the name the shelves know."""

from newsroom.record import (
    digest_of,
    dump,
    from_record,
    in_china,
    in_utc,
    load,
    to_record,
)

__all__ = [
    "digest_of",
    "dump",
    "from_record",
    "in_china",
    "in_utc",
    "load",
    "to_record",
]
