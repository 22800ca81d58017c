def test_a_column_comes_in_whole(site, visit):
    """A section's list and its articles come in, each article with its list entry."""
    crawled = visit(site)

    assert crawled.losses == []
    assert [page.requested_url.rsplit("/", 1)[1] for page in crawled.pages()] == [
        "1.html",
        "2.html",
        "3.html",
    ]
    assert all(
        page.entry.published.date().isoformat() == "2026-09-20"
        for page in crawled.pages()
    )
    assert crawled.end.listed == 3
    assert crawled.end.finished == "finished"
