import samples

from site_builder.build import build_site
from site_builder.given import Audience


def build(pictures, tmp_path, audience):
    given = samples.given(pictures, forms=tmp_path / "releases")
    out = tmp_path / audience.value
    return build_site(given, audience, out, tmp_path / "work"), out


def lay(tmp_path, audience, *ends):
    folder = tmp_path / "releases" / str(samples.DAY) / audience
    folder.mkdir(parents=True)
    for end in ends:
        (folder / f"{samples.DAY}{end}").write_bytes(b"form " + end.encode())
    return folder


def test_the_briefing_links_to_the_forms_that_are_there(pictures, tmp_path):
    """The office's tree carries each form's file, and its page leads to them."""
    lay(
        tmp_path, "internal", ".pdf", ".docx", "-wechat.html", "-long-1.png", "-sms.txt"
    )

    report, out = build(pictures, tmp_path, Audience.INTERNAL)

    page = (out / "briefing" / f"{samples.DAY}.html").read_text("utf-8")
    assert () == report.faults
    for end in (".pdf", ".docx", "-wechat.html", "-long-1.png"):
        assert (out / "briefing" / f"{samples.DAY}{end}").is_file()
        assert f'href="../briefing/{samples.DAY}{end}"' in page
    assert not (out / "briefing" / f"{samples.DAY}-sms.txt").exists()


def test_the_public_tree_carries_the_pdf_alone(pictures, tmp_path):
    """Word, article and picture stay in the office."""
    lay(tmp_path, "public", ".pdf", ".docx", "-wechat.html")

    report, out = build(pictures, tmp_path, Audience.PUBLIC)

    names = {f.name for f in (out / "briefing").iterdir() if f.suffix != ".html"}
    assert () == report.faults
    assert f"{samples.DAY}.pdf" in names
    assert not any(name.endswith((".docx", "wechat.html")) for name in names)


def test_a_form_that_was_made_anew_replaces_the_old_one(pictures, tmp_path):
    """The next build takes the new file and leaves what did not change."""
    folder = lay(tmp_path, "internal", ".pdf")
    build(pictures, tmp_path, Audience.INTERNAL)
    (folder / f"{samples.DAY}.pdf").write_bytes(b"another, longer form")

    report, out = build(pictures, tmp_path, Audience.INTERNAL)

    assert 1 == report.written
    placed = out / "briefing" / f"{samples.DAY}.pdf"
    assert b"another, longer form" == placed.read_bytes()


def test_without_forms_the_briefing_offers_none(pictures, tmp_path):
    """A tree without made forms is whole, and its page says nothing of them."""
    report, out = build(pictures, tmp_path, Audience.INTERNAL)

    page = (out / "briefing" / f"{samples.DAY}.html").read_text("utf-8")
    assert () == report.faults
    assert ".pdf" not in page
