"""Lines of a card's headline: even, whole words, all of the headline."""

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from site_builder.forms.card_lines import settings_of
from site_builder.headline import office_words, set_in_type

WORDS = office_words(samples.UNITS, samples.TOPICS)


def lines(headline: str, count: int) -> tuple[str, ...]:
    return settings_of(set_in_type(headline, WORDS))[count - 1].lines


@pytest.mark.parametrize(
    ("headline", "wanted"),
    [
        (
            "城北街道工会服务站建成 让职工在家门口享受暖心服务",
            ("城北街道工会服务站建成", "让职工在家门口享受暖心服务"),
        ),
        (
            "安福寺镇总工会为一千二百名职工送上“清凉包”服务",
            ("安福寺镇总工会", "为一千二百名职工", "送上“清凉包”服务"),
        ),
        (
            "枝江工厂WiFi 6与5G-A改造，3,200名职工工资上涨6.5%",
            ("枝江工厂WiFi 6与5G-A改造，", "3,200名职工工资上涨6.5%"),
        ),
        (
            "合作社签订2026—2028年集体合同，按GB/T 45001—2020办",
            ("合作社签订2026—2028年集体合同，", "按GB/T 45001—2020办"),
        ),
        (
            "合作社签订2026—2028年集体合同",
            ("合作社签订", "2026—2028年", "集体合同"),
        ),
        ("史密斯（中国）热水器公司", ("史密斯（中国）", "热水器公司")),
        ("谁来当娘家人——工会主席的一天", ("谁来当娘家人", "——工会主席的一天")),
        ("吉林口二〇二六年一号工程开工", ("吉林口二〇二六年", "一号工程开工")),
    ],
)
def test_lines_end_between_clauses_and_words(headline, wanted):
    """No word, figure or number in characters is torn, and no line is a rest."""
    assert wanted == lines(headline, len(wanted))


@pytest.mark.parametrize("headline", [s.headline for s in samples.SIXTY_STORIES[:9]])
def test_no_line_is_left_with_a_character_or_two(headline):
    """In two lines or three, each has a fair share of the headline."""
    for count in (2, 3):
        assert min(map(len, lines(headline, count))) > 2


@pytest.mark.parametrize("count", [3, 4, 5])
def test_long_figures_stay_whole(count):
    """A date, a sum with its unit, a measure: digits are narrow, so they have room."""
    told = "2026年7月18日至11月23日累计投入1,234.56万元惠及12,000人次，PM2.5低于35μg/m³"

    found = lines(told, count)

    for figure in ("7月18日", "11月23日", "1,234.56万元", "12,000人次", "35μg/m³"):
        assert any(figure in line for line in found)


def one_line(text: str) -> str:
    """As the store keeps a headline: every run of blanks is one."""
    return " ".join(text.split())


@given(st.text("工会服务送到一线，：“”《》 A1", max_size=30).map(one_line))
def test_every_setting_holds_the_whole_headline_and_breaks_no_rule(headline):
    """Whatever the headline: nothing is lost, and no mark stands where it may not."""
    for number, setting in enumerate(settings_of([(headline, False)]), 1):
        assert len(setting.lines) == number
        assert headline.replace(" ", "") == "".join(setting.lines).replace(" ", "")
        assert not any(one[:1] in "，：”》" for one in setting.lines[1:] if one)
        assert not any(one[-1:] in "“《" for one in setting.lines[:-1] if one)
