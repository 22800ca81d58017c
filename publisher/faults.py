"""What keeps a release from its host: sentences that name the cure."""

from __future__ import annotations

from newsroom.errors import NewsroomError


class PublishFailed(NewsroomError):  # noqa: N818 - the office's word
    """The release did not get onto the host; the site that stood there still stands."""


class LinkBroken(PublishFailed):
    """The host did not answer, or the line dropped; another run goes on from there."""


class LoginRefused(PublishFailed):
    """The host does not take the user, the password or the key."""


class HostKeyChanged(PublishFailed):
    """The host shows another key than the one pinned in the settings."""


class HostBusy(PublishFailed):
    """Somebody else is publishing to the host."""


class PublishRefused(PublishFailed):
    """We ourselves stop before anything is changed, until somebody says yes."""
