import pytest
import samples

from site_builder.build import build_site
from site_builder.given import Audience

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_days_of_the_archive_are_reached_by_arrows(open_page, tmp_path):
    """Left and right go to the edition before and after, and stop at the ends."""
    given = samples.given(tmp_path / "none")
    build_site(given, Audience.INTERNAL, tmp_path / "out", tmp_path / "work")
    page = open_page(tmp_path / "out/archive/index.html")
    days = sorted(path.stem for path in (tmp_path / "out/days").iterdir())

    page.locator(f".month a[href*='{days[-1]}']").focus()
    walked = []
    for key in ("ArrowLeft", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
        walked.append(page.evaluate("document.activeElement.getAttribute('href')"))

    expected = [days[-2], days[-1], days[-1]]
    assert [f"../days/{day}.html" for day in expected] == walked
