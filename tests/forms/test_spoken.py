import pytest
import samples

from site_builder.build import build_site
from site_builder.given import Audience

# A voice that says nothing and tells what it was given; a browser without a sound card
# has no other.
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = function (words) { this.words = words; };
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: function () { return []; },
  cancel: function () { window.now = null; },
  speak: function (spoken) { window.said.push(spoken.words); window.now = spoken; }
}});
window.finish = function () { var one = window.now; one.onend(); };
"""


@pytest.fixture(scope="module")
def tree(pictures, tmp_path_factory):
    folder = tmp_path_factory.mktemp("spoken")
    given = samples.given(pictures)
    build_site(given, Audience.PUBLIC, folder / "public", folder / "work")
    return folder / "public"


@pytest.mark.browser
@pytest.mark.parametrize("page_name", ["index.html", f"briefing/{samples.DAY}.html"])
def test_the_briefing_is_read_sentence_by_sentence(browser, tree, page_name):
    """The button reads on after each sentence, pauses at its place, and goes on."""
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(fault))  # noqa: PLW0108 - playwright marks its handlers
    page.add_init_script(VOICE)
    page.goto((tree / page_name).as_uri())
    page.get_by_role("button", name="听简报").click()
    page.evaluate("window.finish()")
    page.evaluate("window.finish()")
    page.get_by_role("button", name="暂停").click()
    before = page.evaluate("window.said")
    kept = page.locator(".is-read").count()
    page.get_by_role("button", name="继续").click()
    after = page.evaluate("window.said")
    page.get_by_role("button", name="停止").click()

    assert [] == faults
    assert 3 == len(before)
    assert 1 == kept
    assert before[-1] == after[-1]
    assert all(len(words) <= 120 for words in after)
    assert page.get_by_role("button", name="听简报").is_visible()
    page.close()


@pytest.mark.browser
def test_a_sentence_that_breaks_off_is_tried_once_more(browser, tree):
    """The place is kept and the button goes on there; failing twice it is over."""
    page = browser.new_page()
    page.add_init_script(VOICE)
    page.goto((tree / "index.html").as_uri())
    told = page.locator("[data-listen] [role=status]")
    page.get_by_role("button", name="听简报").click()
    page.evaluate("window.finish()")
    page.evaluate("window.now.onerror()")
    first = told.inner_text()
    page.get_by_role("button", name="继续").click()
    said = page.evaluate("window.said")
    page.evaluate("window.now.onerror()")
    second = told.inner_text()

    assert "按“继续”把这一句再读一遍" in first
    assert said[1] == said[2]
    assert "换一个浏览器" in second
    assert page.get_by_role("button", name="听简报").is_visible()
    page.close()


@pytest.mark.browser
def test_the_speed_is_chosen_while_reading_and_kept(browser, tree):
    """A new speed begins the sentence again, and holds on the next visit."""
    page = browser.new_page()
    page.clock.install()
    page.add_init_script(VOICE)
    page.goto((tree / "index.html").as_uri())
    speed = page.get_by_role("combobox", name="语速")
    shown_before = speed.count()
    page.get_by_role("button", name="听简报").click()
    page.evaluate("window.finish()")
    usual = page.evaluate("window.now.rate")
    height = speed.bounding_box()["height"]
    speed.select_option(label="快速")
    page.clock.run_for(100)
    said, faster = page.evaluate("[window.said, window.now.rate]")
    page.get_by_role("button", name="暂停").click()
    speed.select_option(label="慢速")
    page.reload()
    page.get_by_role("button", name="听简报").click()
    kept = page.evaluate("window.now.rate")
    page.close()

    assert 0 == shown_before
    assert height >= 44
    assert said[1] == said[2]
    assert (1, 1.25, 0.8) == (usual, faster, kept)


@pytest.mark.browser
def test_without_a_voice_there_is_no_button(browser, tree):
    """A browser that cannot speak shows nothing to press."""
    page = browser.new_page()
    page.add_init_script("delete window.SpeechSynthesisUtterance")
    page.goto((tree / "index.html").as_uri())

    assert 0 == page.get_by_role("button", name="听简报").count()
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("voices", "said"),
    [
        ("[]", "听不到：请看看音量和静音开关，或换一个浏览器"),
        ("[{lang: 'en-GB'}]", "这个浏览器没有中文的声音，听不清就换一个浏览器"),
    ],
)
def test_a_browser_that_stays_silent_is_explained(browser, tree, voices, said):
    """Words that nobody hears: the page says what to try, and stops saying so."""
    page = browser.new_page()
    page.clock.install()
    page.add_init_script(VOICE.replace("return []", f"return {voices}"))
    page.goto((tree / "index.html").as_uri())
    told = page.locator(".listen [role=status]")
    page.get_by_role("button", name="听简报").click()
    if voices == "[]":
        page.clock.run_for(8000)
    silent = told.text_content()
    page.get_by_role("button", name="停止").click()

    assert said == silent
    assert "" == told.text_content()
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("voices", "taken"),
    [
        (["en-US", "zh-HK", "zh-TW", "zh-CN"], "zh-CN"),
        (["zh-Hant-HK", "zh_CN"], "zh_CN"),
        (["zh-HK", "cmn-Hans-CN"], "cmn-Hans-CN"),
        (["zh-HK", "zh-TW"], "zh-TW"),
        (["zh-HK"], "zh-HK"),
    ],
)
def test_putonghua_is_taken_before_cantonese(browser, tree, voices, taken):
    """Many machines list the voices of Hong Kong and Taiwan first."""
    listed = ", ".join(f"{{lang: '{one}'}}" for one in voices)
    page = browser.new_page()
    page.add_init_script(VOICE.replace("return []", f"return [{listed}]"))
    page.goto((tree / "index.html").as_uri())
    page.get_by_role("button", name="听简报").click()

    assert taken == page.evaluate("window.now.voice.lang")
    page.close()


@pytest.mark.browser
def test_nothing_is_read_of_which_only_the_heading_would_be(browser, tree):
    """Stories and reminders are read; board, calendar and links are for the eye."""
    page = browser.new_page()
    page.add_init_script(VOICE)
    page.goto((tree / "index.html").as_uri())
    page.get_by_role("button", name="听简报").click()
    for _ in range(200):
        if page.get_by_role("button", name="听简报").is_visible():
            break
        page.evaluate("window.finish()")
    said = page.evaluate("window.said")
    page.close()

    assert "中秋、国庆慰问活动请提前报送安排。" == said[-1]
    assert not {"数据看板", "每日简报", "往期", "镇（街道）"} & set(said)
