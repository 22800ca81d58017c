from hypothesis import given
from hypothesis import strategies as st

from site_builder.headline import LONGEST_KEPT, LONGEST_WIDE, headline_pieces

WORDS = st.text(alphabet="工会请来老把式，：！“”《》（）… 12%ab", max_size=40)


@given(st.one_of(st.text(), WORDS))
def test_the_pieces_are_the_headline(headline):
    """A headline in pieces is still the headline, letter for letter."""
    pieces = headline_pieces(headline)

    assert headline == "".join(piece.text for piece in pieces)
    assert all(len(p.text) <= LONGEST_KEPT for p in pieces if p.kept)
    assert all(LONGEST_KEPT < len(p.text) <= LONGEST_WIDE for p in pieces if p.wide)


@given(WORDS)
def test_no_piece_begins_or_ends_where_no_line_may(headline):
    """避头尾: closing marks begin no piece, and opening marks end none."""
    pieces = headline_pieces(headline)

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
