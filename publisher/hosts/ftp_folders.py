"""Looking into the folders of an FTP server: what is there, and what is shut.

FTP has one number (550) for "no such file" and for "you may not". What is only shut
must never be taken for absent: a record that we may not read would make every file a
stranger's, and a folder that we may not list would look empty.
"""

from __future__ import annotations

import ftplib
import posixpath
import re
from contextlib import suppress

from publisher.hosts.ftp_lists import Row, rows_of, rows_of_facts

REFUSED = "550"
_UNKNOWN = ("500", "501", "502", "504")
_FACTS = ["type", "size", "modify"]
_SHUT = re.compile(
    r"denied|permitted|privilege|not allowed|failed to open|权限|拒绝", re.IGNORECASE
)


class Folders:
    """How a server lists its folders: by MLSD, or by LIST where it knows no other."""

    def __init__(self) -> None:
        self._tells_facts = True
        self._tells_dots: bool | None = None

    def rows(self, ftp: ftplib.FTP, folder: str) -> list[Row] | None:
        """The names in a folder, as they are on the wire.

        None where the folder is not there or may not be looked into.
        """
        denied = False
        if self._tells_facts:
            try:
                return list(rows_of_facts(ftp.mlsd(folder, _FACTS)))
            except ftplib.error_perm as error:
                denied = bool(_SHUT.search(str(error)))
                if str(error).startswith(_UNKNOWN):
                    self._tells_facts = False
                elif not str(error).startswith(REFUSED):
                    raise
        # Some servers refuse MLSD itself with the number of an absent folder.
        try:
            ftp.cwd(folder)
        except ftplib.error_perm:
            return None
        lines = _lines(ftp, "LIST -a") or _lines(ftp, "LIST")
        # LIST shows a shut folder empty; one that is, it shows with a dot at least.
        if lines is None or (not lines and (denied or self._has_dots(ftp, folder))):
            return None
        return rows_of(lines)

    def is_file(self, ftp: ftplib.FTP, path: str) -> bool:
        """Whether a file stands where a folder is looked for."""
        above, name = posixpath.split(path)
        found = dict(self.rows(ftp, above) or ())
        return found.get(name) is not None

    def _has_dots(self, ftp: ftplib.FTP, folder: str) -> bool:
        """Whether this server lists a folder itself too, as the folder above shows."""
        if self._tells_dots is None:
            with suppress(ftplib.error_perm):
                ftp.cwd(posixpath.dirname(folder))
                lines = _lines(ftp, "LIST -a") or ()
                self._tells_dots = any(line.endswith(" .") for line in lines)
        return bool(self._tells_dots)

    def shut_at(self, ftp: ftplib.FTP, path: str) -> str:
        """What keeps us from reading something: itself, or a folder above it.

        Empty where it is not there, as far as one can see.
        """
        ftp.voidcmd("TYPE I")  # after a list: sizes are told of bytes only
        with suppress(ftplib.error_perm, ValueError):
            if ftp.size(path) is not None:
                return path
        above, name = posixpath.split(path)
        if not name:
            return path  # the top
        rows = self.rows(ftp, above)
        if rows is None:
            return self.shut_at(ftp, above)
        return path if any(name == other for other, _ in rows) else ""


def _lines(ftp: ftplib.FTP, command: str) -> list[str] | None:
    """The lines of a list; none of an empty folder, None where it is shut."""
    lines: list[str] = []
    try:
        said = ftp.retrlines(command, lines.append)
    except (ftplib.error_perm, ftplib.error_temp) as error:
        said = str(error)
        if isinstance(error, ftplib.error_temp) and not _SHUT.search(said):
            raise
    return lines if lines or not _SHUT.search(said) else None
