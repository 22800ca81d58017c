"""Places to which the site was sent once and is sent no more: nobody clears them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.logbook import WHERE, places_of

if TYPE_CHECKING:
    from publisher.logbook import SitePlace
    from workflow.office import Office

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
    now = {host.place[1:] for host in office.settings.hosts}  # by another door, as well
    files = sorted((office.data / "publish").glob(f"*/{WHERE}"))
    places = dict.fromkeys(p for file in files for p in places_of(file.parent))
    return tuple(
        _words(place)
        for place in places
        if place[1:] not in now and _may_stand(place, office)
    )


def _words(place: SitePlace) -> str:
    kind, *rest = place
    return " ".join([_KINDS.get(kind, kind), *filter(None, rest)])


def _may_stand(place: SitePlace, office: Office) -> bool:
    """Whether it can still be there: a folder of this computer is looked at."""
    kind, *_, folder = place
    here = office.settings.path(folder.replace("\\", "/"))
    return kind != "folder" or here.exists()
