"""Places to which the site was sent once and is sent no more: nobody clears them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.logbook import WHERE, places_of

if TYPE_CHECKING:
    from pathlib import Path

    from workflow.office import Office

_FEWEST = 6  # of the words that ``HostSettings.where`` joins
_KINDS = {
    "folder": "本机文件夹",
    "sftp": "SFTP",
    "ftps": "加密 FTP",
    "ftp": "FTP",
    "s3": "对象存储",
}


def former_places(office: Office) -> tuple[str, ...]:
    """Where pages of ours may still stand that no publishing reaches, in words.

    A host whose address or folder was changed in the settings, or that was taken out of
    them, keeps what was sent there; a story that is withdrawn later still stands in it.
    """
    now = {_spot(host.where) for host in office.settings.hosts}
    files = sorted((office.data / "publish").glob(f"*/{WHERE}"))
    places = (place for file in files for place in places_of(file.parent))
    kept = dict.fromkeys(place for place in places if _spot(place) not in now)
    return tuple(_words(place) for place in kept if _may_stand(place, office))


def _parts(place: str) -> tuple[str, ...]:
    """Kind, address, bucket and folder, as ``HostSettings.where`` joins them."""
    words = place.split(" ")
    if len(words) < _FEWEST:
        return place, "", "", ""
    kind, address, _port, bucket, *folder, _user, _branch = words
    return kind, address, bucket, " ".join(folder)


def _spot(place: str) -> tuple[str, ...]:
    """The place itself: another login or another line leads to the same one."""
    return _parts(place)[1:]


def _words(place: str) -> str:
    kind, *rest = _parts(place)
    return " ".join([_KINDS.get(kind, kind), *(word for word in rest if word)])


def _may_stand(place: str, office: Office) -> bool:
    """Whether it can still be there: a folder of this computer is looked at."""
    kind, *_, folder = _parts(place)
    return kind != "folder" or _folder(office, folder).exists()


def _folder(office: Office, folder: str) -> Path:
    return office.settings.path(folder.replace("\\", "/"))
