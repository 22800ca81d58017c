from hypothesis import given
from hypothesis import strategies as st

from site_builder.headline import LONGEST_KEPT, headline_pieces


@given(st.text())
def test_the_pieces_are_the_headline(headline):
    """A headline in pieces is still the headline, letter for letter."""
    pieces = headline_pieces(headline)

    assert headline == "".join(piece.text for piece in pieces)
    assert all(len(p.text) <= LONGEST_KEPT for p in pieces if p.kept)


def test_a_quotation_stays_together():
    """A quoted word is not torn apart at the end of a line."""
    pieces = headline_pieces("安福寺镇：1200份“清凉包”送到食品园一线")

    assert ["安福寺镇：", "1200份", "“清凉包”", "送到食品园一线"] == [
        p.text for p in pieces
    ]
