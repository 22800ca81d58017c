"""Pictures inside a form: brought to a width and a size, always the same bytes."""

from __future__ import annotations

import io
import struct
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from PIL import ExifTags, Image, ImageOps

from newsroom.errors import NewsroomError

WIDEST, HIGHEST = 1200, 630  # pixels: what a form shows a photo in at most
_BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, struct.error),
    Image.DecompressionBombError,
)
_KEPT = 12  # photos held at once, 3 MB each as a rule
_QUALITIES = (86, 78, 70, 60, 45)


_UPPER_MIDDLE = (0.5, 1 / 3)
_MOST_ENLARGED, _LEAST_KEPT = 2.25, 0.2  # 480 pixels to 1080; 1:2 in a wide strip


@dataclass(frozen=True, slots=True)
class FormPicture:
    """A JPEG with its size in pixels."""

    content: bytes
    width: int
    height: int


class Photos:
    """The photos of one edition, each read and made smaller once for all its forms.

    A photo is kept in the smallest size that serves them all; the last few are held,
    for the forms go through the edition in the same order. Threads may share it.
    """

    def __init__(self, widest: int = WIDEST, highest: int = HIGHEST) -> None:
        """For forms that show a photo in so many pixels at most."""
        self._most = (widest, highest)
        self._held: OrderedDict[Path, _Held] = OrderedDict()
        self._lock = Lock()

    def jpeg(
        self,
        file: Path,
        *,
        width: int,
        most_bytes: int = 2_000_000,
        ratio: float | None = None,
        ratios: tuple[float, float] | None = None,
    ) -> FormPicture:
        """A picture at most ``width`` pixels wide and ``most_bytes`` big, as JPEG.

        Args:
            file: a picture of the store.
            width: never enlarged beyond its own; what this was made for at most.
            most_bytes: quality gives way until it fits.
            ratio: width by height to crop to, about the upper middle (heads stay).
            ratios: the slimmest and the widest that are left as they are; a panorama
                or a long screen is cropped to the nearer one.

        Raises:
            NewsroomError: the file is no picture that can be read.
        """
        picture = self._base(file)
        if ratios is not None:
            ratio = min(max(picture.width / picture.height, ratios[0]), ratios[1])
        if ratio is not None:
            picture = _crop(picture, ratio)
        if picture.width > width:
            height = max(1, round(picture.height * width / picture.width))
            picture = picture.resize((width, height), Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            content = _jpeg(picture, quality)
            if len(content) <= most_bytes:
                break
        return FormPicture(content, picture.width, picture.height)

    def filling(self, file: Path, width: int, height: int) -> Image.Image:
        """A picture of exactly this size, cut where its shape is another.

        The sides go evenly, of the height more below than above: heads stay.

        Raises:
            NewsroomError: the file is no picture that can be read.
        """
        return ImageOps.fit(
            self._base(file),
            (width, height),
            Image.Resampling.LANCZOS,
            centering=_UPPER_MIDDLE,
        )

    def _base(self, file: Path) -> Image.Image:
        with self._lock:
            held = self._held.setdefault(file, _Held())
            self._held.move_to_end(file)
            if len(self._held) > _KEPT:
                self._held.popitem(last=False)
        with held.lock:
            held.picture = held.picture or _read(file, self._most)
            return held.picture


def suits(file: Path, width: int, height: int) -> bool:
    """Whether a place of this size may be filled with the picture.

    Not when it would blur, nor when a crop leaves a sliver of a panorama or a screen.

    Raises:
        NewsroomError: the file is no picture that can be read.
    """
    try:
        with Image.open(file) as opened:
            own = _upright(opened).size
    except _BROKEN as error:
        raise _unreadable(file, error) from error
    scale = max(width / own[0], height / own[1])
    kept = (width * height) / (own[0] * own[1] * scale * scale)
    return scale <= _MOST_ENLARGED and kept >= _LEAST_KEPT


def _unreadable(file: Path, error: Exception) -> NewsroomError:
    return NewsroomError(f"图片 {file.name[:12]}… 打不开：{error}")


@dataclass
class _Held:
    """A photo that is being read, or was."""

    lock: Lock = field(default_factory=Lock)
    picture: Image.Image | None = None


def _read(file: Path, most: tuple[int, int]) -> Image.Image:
    """The picture upright, on white, no bigger than the forms need it."""
    try:
        with Image.open(file) as opened:
            upright = _upright(opened)
            size = _least(upright.size, most)
            upright.draft("RGB", size)  # a JPEG is read in a half or a quarter at once
            picture = _flat(upright)
            if picture.size == size:
                return picture
            return picture.resize(size, Image.Resampling.LANCZOS)
    except _BROKEN as error:
        raise _unreadable(file, error) from error


def _upright(opened: Image.Image) -> Image.Image:
    """As browsers show it: some cameras only note how they were held."""
    try:
        turned = opened.getexif().get(ExifTags.Base.Orientation, 1) != 1
        return ImageOps.exif_transpose(opened) if turned else opened
    except _BROKEN:
        return opened  # a broken note says nothing of the pixels


def _least(size: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """The smallest size of this shape that is wide and high enough for each form."""
    width, height = size
    scale = min(1.0, max(most[0] / width, most[1] / height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _flat(opened: Image.Image) -> Image.Image:
    """On white where it is transparent."""
    if opened.mode == "RGB":
        opened.load()
        return opened
    if opened.mode.startswith("I;16"):  # a scan in 16 bits: Pillow would cut its light
        opened = opened.point(lambda light: light * (1 / 256)).convert("L")
    with_alpha = opened.convert("RGBA")
    white = Image.new("RGBA", with_alpha.size, "white")
    return Image.alpha_composite(white, with_alpha).convert("RGB")


def _crop(picture: Image.Image, ratio: float) -> Image.Image:
    width, height = picture.size
    if width / height > ratio:
        wanted = round(height * ratio)
        left = (width - wanted) // 2
        return picture.crop((left, 0, left + wanted, height))
    wanted = round(width / ratio)
    top = (height - wanted) // 3
    return picture.crop((0, top, width, top + wanted))


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
