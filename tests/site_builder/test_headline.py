import samples
from hypothesis import given
from hypothesis import strategies as st

from site_builder.headline import (
    LONGEST_JOINED,
    LONGEST_KEPT,
    LONGEST_WIDE,
    headline_pieces,
    office_words,
    set_in_type,
)

KNOWN = office_words(samples.UNITS, samples.TOPICS)
WORDS = st.text(alphabet="工会请来老把式，：！“”《》（）… 12%ab", max_size=40)


@given(st.one_of(st.text(), WORDS))
def test_the_pieces_are_the_headline(headline):
    """A headline in pieces is still the headline, letter for letter."""
    pieces = headline_pieces(headline, KNOWN)

    assert headline == "".join(piece.text for piece in pieces)
    assert all(
        p.text == "".join(one.text for one in p.parts) for p in pieces if p.parts
    )
    assert all(len(p.text) <= LONGEST_KEPT for p in pieces if p.kept)
    assert all(LONGEST_KEPT < len(p.text) <= LONGEST_WIDE for p in pieces if p.wide)


@given(WORDS)
def test_no_piece_begins_or_ends_where_no_line_may(headline):
    """避头尾: closing marks begin no piece, and opening marks end none."""
    whole = headline_pieces(headline, KNOWN)
    pieces = [part for piece in whole for part in piece.parts or (piece,)]

    assert [] == [p.text for p in pieces[1:] if p.text[0] in "，：！”》）…%"]
    assert [] == [p.text for p in pieces[:-1] if p.text[-1] in "“《（"]


def test_a_quotation_stays_together():
    """A quoted word is not torn apart at the end of a line."""
    pieces = headline_pieces("安福寺镇：1200份“清凉包”送到食品园一线")

    assert ["安福寺镇：", "1200份", "“清凉包”", "送到食品园一线"] == [
        p.text for p in pieces
    ]


def test_a_long_clause_stays_together_where_there_is_room():
    """A clause that no phone holds in one line is kept on wider screens."""
    pieces = headline_pieces("白洋镇工会请来“老把式” 叉车工一周练出手上功夫")

    assert ("叉车工一周练出手上功夫", False, True) == (
        pieces[-1].text,
        pieces[-1].kept,
        pieces[-1].wide,
    )


def test_names_and_figures_stay_whole_where_a_clause_must_break():
    """What no line holds breaks beside the office's words and figures, not in them."""
    headline = "枝江市快递行业工会联合会联手姚家港化工园为326名骑手追回46.2万元工资"
    names = ("枝江", "快递行业", "工会联合会", "姚家港化工园")

    (clause,) = headline_pieces(headline, KNOWN)

    assert (False, False) == (clause.kept, clause.wide)
    assert [*names, "326名", "46.2万元", "工资"] == [
        part.text for part in clause.parts if part.kept
    ]
    assert ["快递行业", "46.2万元"] == [p.text for p in clause.parts if p.joint]


def test_the_short_end_of_a_clause_stays_whole():
    """A line does not begin with the last character of a clause."""
    headline = "百里洲镇总工会第8次把服务送到身边，56名职工受益"

    parts = set_in_type(headline, KNOWN)

    assert ("送到身边，", True) in parts


def test_the_words_of_an_office_are_its_names_and_topics():
    """Places, units with their unions and the words of topics; no more than fit."""
    words = {word for some in KNOWN.values() for word in some}

    assert {"枝江", "安福寺镇", "安福寺", "安福寺镇总工会", "夏送清凉"} <= words
    assert "枝江市快递行业工会联合会" not in words


@given(WORDS)
def test_what_a_typesetter_gets_is_the_headline(headline):
    """Letter for letter, and no stretch that is to stay whole is wider than a card."""
    parts = set_in_type(headline, KNOWN)

    assert headline == "".join(text for text, _ in parts)
    whole = [text for text, is_whole in parts if is_whole]
    narrow = [sum(one.isascii() for one in text) / 2 for text in whole]
    assert all(len(text) > 1 for text in whole)
    assert all(
        len(text) - half <= LONGEST_JOINED
        for text, half in zip(whole, narrow, strict=True)
    )


def test_a_card_keeps_figures_with_what_they_count():
    """A clause that a phone holds and a card does not breaks beside its figures."""
    parts = set_in_type("AI质检员上岗3个月", KNOWN)

    assert [("AI", True), ("质检员上岗", False), ("3个月", True)] == parts
