import re

import pytest

from site_builder.assets import TEMPLATES

CSS = (TEMPLATES / "shared/site.css").read_text("utf-8")
ROOTS = re.findall(r":root[^{]*\{([^}]*--paper[^}]*)\}", CSS)


def luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
    parts = (int(full[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ROOTS)
@pytest.mark.parametrize("ground", ["paper", "quiet"])
def test_text_has_enough_contrast(scheme, ground):
    """Ink, second text, red and link reach 6:1 on each ground, 7:1 on paper."""
    colours = dict(re.findall(r"--(\w[\w-]*):(#[0-9a-f]{3,6})", scheme))
    least = 7.0 if ground == "paper" else 6.0

    weak = {
        name: contrast(colours[name], colours[ground])
        for name in ("ink", "second", "red", "link")
        if contrast(colours[name], colours[ground]) < least
    }

    assert {} == weak
