from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from newsroom.text import clean_text, fold, join_name, squeeze, strip_invisible


def test_indents_and_blanks_are_one_blank():
    """Ideographic indents, non-breaking blanks and line ends fold to one blank."""
    text = clean_text("\u3000\u3000工会\u00a0\u00a0服务\r\n职工 ")

    assert "工会 服务 职工" == text


def test_what_no_reader_sees_goes():
    """Control, zero-width, bidi and private-use characters are stripped."""
    text = clean_text("工\x00会\u200b之\u202e声\ufeff\ue123\x0b。")

    assert "工会之声。" == text


def test_full_width_stays_as_shown():
    """A headline is shown letter for letter: full-width letters stay."""
    assert "ＡＢ１２，：" == clean_text("ＡＢ１２，：")


def test_names_lose_their_filling():
    """A name spread with blanks is joined, Latin words are not."""
    assert ("熊武", "Li Lei") == (join_name("熊 武"), join_name("Li  Lei"))


def test_fold_compares_what_looks_alike():
    """Width, case, blanks and punctuation do not count when comparing."""
    assert fold("工会 ＡＢｃ！") == fold("工会abC")


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    """Cleaning is idempotent and leaves no edge blanks."""
    once = clean_text(text)

    assert once == clean_text(once)
    assert once == once.strip()


@example("工\u034f会\ufe00")
@given(st.text())
def test_squeezing_leaves_no_blank(text):
    """A squeezed text has no white space and nothing invisible."""
    squeezed = squeeze(text)

    assert squeezed == strip_invisible("".join(squeezed.split()))


@given(
    st.text(
        st.sampled_from("工会Ａａé①℃㈱ß、。，“”— 　_·…（）%<＝\u0301\u3099\u0345か")
    )
)
def test_the_short_way_of_folding_gives_what_the_long_way_gives(text):
    """A text folds to its normal form without punctuation, marks and blanks."""
    plain = unicodedata.normalize("NFKC", text).casefold()

    assert re.sub(r"[\W_]+", "", plain) == fold(text)
