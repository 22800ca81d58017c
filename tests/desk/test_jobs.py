"""Photos and files: sealed and answered at once, worked off later, never lost."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from urllib.parse import unquote

import pytest
from docx import Document
from PIL import Image

from newsroom.body import Table
from story_store.job_results import JobState
from tests.desk.conftest import PAGE
from workflow import desk_work
from workflow.desk_office import make_desk
from workflow.desk_work import work_off

TITLE = "1200份清凉包送到车间"
LINE = "9月18日，安福寺镇总工会走进食品工业园，送去清凉包1200份，惠及职工1200人。"


@pytest.fixture
def lazy(house):
    """The desk while its worker is away; ``work`` lets it come back."""
    hosts = ["testserver", "127.0.0.1"]
    make_desk(house.office, house.store, now=house.clock, hosts=hosts, wake=_asleep)
    return house


def _asleep():
    pass


def work(house) -> int:
    return work_off(house.office, house.store, now=house.clock, worker="w")


def send(house, *, files=(), photos=(), **changes):
    """A story on one page with files and photos; the answer."""
    page = PAGE | changes
    if files:
        page["file"] = list(files)
    if photos:
        page["photo"] = list(photos)
    return house.browser().post(f"/s/{house.links['afs']}/whole", page)


def number_of(answer) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return unquote(re.search(r"/r/([^/]+)$", answer.url)[1])


def word(*, table=True, name="稿件.docx"):
    document = Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph(LINE)
    if table:
        made = document.add_table(rows=2, cols=2)
        for cell, text in zip(
            (c for row in made.rows for c in row.cells),
            ("企业", "份数", "食品公司", "1200"),
            strict=True,
        ):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    out.name = name
    return out


def named(data: bytes, name: str) -> io.BytesIO:
    out = io.BytesIO(data)
    out.name = name
    return out


def test_a_request_only_seals_the_photo_and_answers(lazy, picture):
    """The receipt is there before any pixel was looked at; the original is sealed."""
    photo = picture()
    number = number_of(send(lazy, photos=[photo]))
    kept = lazy.store.submission(number)
    own = lazy.browser().get(f"/s/{lazy.links['afs']}/").content.decode()

    assert "submitted" == lazy.state(number)
    assert kept.photos[0].is_waiting
    sealed = list((lazy.store.folder / kept.original).glob("*-photo.jpg"))
    assert [photo.getvalue()] == [file.read_bytes() for file in sealed]
    assert "照片处理中" in own


def test_the_worker_makes_the_photo_and_the_story_goes_on(lazy, picture):
    """Afterwards the photo is its pixels only, and the story is checked."""
    number = number_of(send(lazy, photos=[picture(), picture(colour=(9, 9, 9))]))
    count = work(lazy)
    kept = lazy.store.submission(number)

    assert 2 == count
    assert "checked" == lazy.state(number)
    assert [False, False] == [photo.is_waiting for photo in kept.photos]
    with Image.open(lazy.store.picture_path(kept.photos[0].file)) as made:
        assert (1280, 960) == made.size


def test_captions_typed_while_a_photo_waits_stay(lazy, picture):
    """The chair goes on writing; what was typed belongs to the photo made later."""
    base = f"/s/{lazy.links['afs']}"
    client = lazy.browser()
    key = re.search(r"/d/([^/]+)/", client.post(f"{base}/new").url)[1]
    client.post(f"{base}/d/{key}/topic", {"topic": "free"})
    client.post(f"{base}/d/{key}/photos", {"photo": picture(), "go": "add"})
    page = client.get(f"{base}/d/{key}/photos").content.decode()
    told = {"caption0": "职工领到清凉包", "credit0": "王某", "go": "on"}
    client.post(f"{base}/d/{key}/photos", told)
    before = client.get(f"{base}/d/{key}/state").json()
    work(lazy)
    after = client.get(f"{base}/d/{key}/state").json()
    (draft,) = lazy.store.open_drafts(lazy.store.find_link(lazy.links["afs"]).id)

    assert "照片处理中" in page
    assert (1, []) == (before["waiting"], before["photos"])
    assert (0, 1) == (after["waiting"], len(after["photos"]))
    assert ("职工领到清凉包", "王某") == (
        draft.photos[0].caption,
        draft.photos[0].credit,
    )


def test_a_killed_workers_job_is_taken_again(lazy, picture):
    """Whoever dies with a job in hand is made up for by the next worker."""
    number = number_of(send(lazy, photos=[picture()]))
    lazy.store.take_job("dead", at=lazy.clock())
    work(lazy)
    (job,) = lazy.store.jobs_of(lazy.store.submission(number).key)

    assert (JobState.DONE, 2) == (job.state, job.tries)
    assert "checked" == lazy.state(number)


def test_a_job_that_kills_its_workers_goes_to_a_person(lazy, picture):
    """After three deaths the photo is left to an editor, and the story goes on."""
    number = number_of(send(lazy, photos=[picture()]))
    for _ in range(3):
        lazy.store.take_job("dead", at=lazy.clock())
        lazy.store.release_jobs()
    work(lazy)
    kept = lazy.store.submission(number)

    assert "checked" == lazy.state(number)
    assert () == kept.photos
    assert "编辑会手工处理" in kept.could_not_read[0]


def test_a_full_disk_is_waited_out(lazy, picture, monkeypatch):
    """What the disk refuses is tried again later, not given up."""
    number = number_of(send(lazy, photos=[picture()]))

    def full(_data):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(desk_work, "clean_picture", full)
        work(lazy)
    at_once = work(lazy)
    lazy.clock.on(minutes=1)
    later = work(lazy)

    assert (0, 1) == (at_once, later)
    assert "checked" == lazy.state(number)


def test_one_worker_of_an_office_at_a_time(lazy, picture):
    """A second worker leaves the jobs to the first."""
    send(lazy, photos=[picture()])
    with desk_work._alone(lazy.office.data) as first:
        count = work(lazy)

    assert (True, 0) == (first, count)


def test_a_word_file_alone_is_a_story(lazy):
    """Title, paragraphs and tables come from the file; nothing need be typed."""
    number = number_of(send(lazy, files=[word()], title="", text=""))
    before = lazy.store.submission(number)
    work(lazy)
    kept = lazy.store.submission(number)

    assert ("稿件", "") == (before.title, before.body.text)
    assert TITLE == kept.title
    assert LINE in kept.body.text
    assert any(isinstance(block, Table) for block in kept.body.blocks)
    assert "checked" == lazy.state(number)


def test_a_files_words_are_offered_on_the_draft_screen(house):
    """In the screens the file's words stand in the draft, and its table is kept."""
    base = f"/s/{house.links['afs']}"
    client = house.browser()
    key = re.search(r"/d/([^/]+)/", client.post(f"{base}/new").url)[1]
    here = f"{base}/d/{key}"
    client.post(f"{here}/topic", {"topic": "free"})
    client.post(f"{here}/when", {"when": "9月18日", "place": "食品工业园"})
    answer = client.post(f"{here}/said", {"said": "", "file": word(), "go": "on"})
    page = client.get(f"{here}/draft").content.decode()
    text = re.search(r'name="text"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1]
    client.post(f"{here}/draft", {"title": TITLE, "text": text, "go": "on"})
    sent = client.post(
        f"{here}/send",
        {
            name: PAGE[name]
            for name in ("author", "reviewer", "phone", "public", "promise")
        }
        | {"go": "on"},
    )
    kept = house.store.submission(number_of(sent))

    assert 302 == answer.status_code
    assert LINE in text
    assert any(isinstance(block, Table) for block in kept.body.blocks)


def test_a_text_file_is_read(house):
    """A .txt of any Chinese encoding will do."""
    data = f"{TITLE}\n{LINE}".encode("gb18030")
    number = number_of(send(house, files=[named(data, "a.txt")], title="", text=""))

    assert TITLE == house.store.submission(number).title


def test_a_typed_text_stays_beside_a_file(house):
    """Where both came, the typed words are the story, and the editor is told."""
    number = number_of(send(house, files=[word()]))
    kept = house.store.submission(number)

    assert PAGE["title"] == kept.title
    assert ("文件 稿件.docx：内容没有并入正文，要核对请看原件",) == kept.could_not_read


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"MZ\x90\x00" + bytes(600), "通知.docx", "这是程序，不是文稿，不收"),
        (b"\x7fELF" + bytes(600), "通知.txt", "这是程序"),
        (b"\xff\xd8\xff\xe0" + bytes(600), "照片.docx", "这是照片改了名字"),
        (b"\x00\x01\x02" * 300, "不明.docx", "不认识这种文件"),
    ],
)
def test_a44_a_program_named_docx_is_refused_at_once(lazy, data, name, words):
    """A44: content decides; nothing is kept of it, and what was typed stays."""
    answer = send(lazy, files=[named(data, name)], title="", text="")

    assert 422 == answer.status_code
    assert words in answer.content.decode()
    assert 0 == lazy.store.jobs_waiting()


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", b" " * (70 * 1024 * 1024))
    return out.getvalue()


def _entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr(
            "word/document.xml",
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        )
    return out.getvalue()


@pytest.mark.parametrize("make", [_bomb, _entities])
def test_a46_a48_an_unsafe_file_comes_back_with_a_sentence(lazy, make):
    """A46, A48: acknowledged, sealed, then given back with what to do."""
    number = number_of(send(lazy, files=[named(make(), "稿.docx")], title="", text=""))
    work(lazy)
    own = lazy.browser().get(f"/s/{lazy.links['afs']}/").content.decode()

    assert "returned" == lazy.state(number)
    assert "请把文字复制到“正文”里再发" in own
    assert "passwd" not in own


def test_an_old_file_that_nothing_reads_waits_for_an_editor(lazy, monkeypatch):
    """Never refused: the story is checked, and the editor is told to type it in."""
    monkeypatch.setenv("PATH", "")
    data = file = named(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "老稿.doc")
    number = number_of(send(lazy, files=[file], title="", text=""))
    work(lazy)
    kept = lazy.store.submission(number)

    assert data is file
    assert "checked" == lazy.state(number)
    assert "您发的是老格式文件" in kept.could_not_read[0]


def test_an_editor_saves_the_original_that_nothing_could_read(lazy, monkeypatch):
    """The original is handed out byte for byte as a file to save, never shown."""
    monkeypatch.setenv("PATH", "")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)
    file = named(data, "老稿.doc")
    number = number_of(send(lazy, files=[file], title="", text=""))
    work(lazy)
    editor = lazy.browser("editor")
    page = editor.get(f"/desk/s/{number}/originals").content.decode()
    path = re.search(r'href="([^"]+)">老稿.doc', page)[1]
    saved = editor.get(path)
    outside = editor.get(f"/desk/s/{number}/original/../../../store.sqlite3")

    assert data == b"".join(saved.streaming_content)
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved.headers["Content-Security-Policy"]
    assert 404 == outside.status_code


def test_the_same_files_again_are_not_doubled(lazy, picture):
    """A resent form gives the same jobs, the same photos, the same number."""
    client = lazy.browser()
    base = f"/s/{lazy.links['afs']}/whole"
    data = picture().getvalue()

    def photo():
        return named(data, "照片.jpg")

    first = client.post(base, PAGE | {"promise": "", "photo": photo()})
    key = re.search(r'name="key" value="([^"]+)"', first.content.decode())[1]
    again = PAGE | {"key": key}
    numbers = [number_of(client.post(base, again | {"photo": photo()}))]
    numbers += [number_of(client.post(base, again | {"photo": photo()}))]
    work(lazy)

    assert 1 == len(set(numbers))
    assert 1 == len(lazy.store.submission(numbers[0]).photos)


def test_a_fourth_file_and_fifty_photos_are_refused_kindly(lazy, picture):
    """Three files, nine photos; the sentence says which one was not taken."""
    files = [word(name=f"稿{n}.docx") for n in range(4)]
    for n, file in enumerate(files):
        document = Document(file)
        document.add_paragraph(str(n))
        file.seek(0)
        document.save(file)
        file.seek(0)
    photos = [picture(size=(60 + n, 60)) for n in range(50)]
    answer = send(lazy, files=files, photos=photos)
    said = answer.content.decode()

    assert 422 == answer.status_code
    assert "稿3.docx：一篇最多 3 个文件，这个没有收" in said
    assert 2 * 41 == said.count("一篇最多 9 张照片，这张没有收")


def test_a_draft_thrown_away_leaves_no_files(lazy, picture):
    """What was not sent goes with its photos, sealed or not."""
    base = f"/s/{lazy.links['afs']}"
    client = lazy.browser()
    key = re.search(r"/d/([^/]+)/", client.post(f"{base}/new").url)[1]
    client.post(f"{base}/d/{key}/topic", {"topic": "free"})
    client.post(f"{base}/d/{key}/photos", {"photo": picture(), "go": "add"})
    client.post(f"{base}/d/{key}/drop")

    assert 0 == lazy.store.jobs_waiting()
    assert not (lazy.store.folder / "originals" / f"web-{key}").exists()


def test_the_morning_works_off_what_was_left(lazy, picture):
    """Without a worker the morning run takes the photos before it takes stories."""
    from workflow.doors import take_doors

    number = number_of(send(lazy, photos=[picture()]))
    take_doors(lazy.office, lazy.store)

    assert "checked" == lazy.state(number)


def test_photos_added_to_a_returned_story_are_checked_with_it(lazy, picture):
    """补一补再发: the new photo waits, and the text that is signed has it."""
    number = number_of(send(lazy))
    lazy.act("editor", number, "return", reason="result", questions="照片？")
    lazy.clock.on(minutes=5)
    base = f"/s/{lazy.links['afs']}/r/{number}/mend"
    told = {"title": PAGE["title"], "text": PAGE["text"], "version": 0}
    lazy.browser().post(base, told | {"photo": picture()})
    before = lazy.state(number)
    work(lazy)
    review = lazy.store.review(number)

    assert ("submitted", "checked") == (before, lazy.state(number))
    assert not review.submission.photos[0].is_waiting
    assert review.text_hash == lazy.store.text_versions(number)[-1].text_hash
    assert lazy.clock.at - review.submission.received_at == timedelta(minutes=5)


def test_the_ninth_photo_sent_again_is_not_a_tenth(lazy, picture):
    """Over a bad line it comes twice; nobody is told that it was not taken."""
    token = lazy.links["afs"]
    start = lazy.browser().post(f"/s/{token}/new").url
    screen = start.replace("/topic", "/photos")
    lazy.browser().post(start, {"topic": "free"})
    photos = [picture(size=(60 + n, 60)) for n in range(9)]
    asked = {"HTTP_ACCEPT": "application/json"}
    lazy.browser().post(screen, {"photo": photos}, **asked)
    photos[8].seek(0)
    again = lazy.browser().post(screen, {"photo": photos[8]}, **asked).json()
    work(lazy)
    photos[8].seek(0)
    later = lazy.browser().post(screen, {"photo": photos[8]}, **asked).json()

    assert {"count": 9, "faults": []} == again == later


def test_what_is_not_checked_yet_is_seen_as_the_chairs(lazy, picture):
    """Until its photos are ready nobody knows the class of a story."""
    number = number_of(send(lazy, photos=[picture()]))
    before = lazy.browser("editor").get(f"/desk/s/{number}/").status_code
    work(lazy)
    after = lazy.browser("editor").get(f"/desk/s/{number}/").status_code

    assert (404, 200) == (before, after)


def test_a_photo_chosen_beside_a_fault_is_not_asked_for_again(house, picture):
    """The page of a returned story keeps it; another story's cannot be named."""
    other = number_of(send(house, photos=[picture(size=(1500, 900))]))
    number = house.number(title="夜班车间有了纳凉点", text=f"另一件事。{house.text}")
    house.act("editor", number, "return", reason="photo")
    review, owner = house.store.review(number), house.store.submission(other).key
    (foreign,) = (job.key for job in house.store.jobs_of(owner))
    path = f"/s/{house.links['afs']}/r/{number}/mend"
    told = {"title": "", "text": review.submission.body.text, "version": review.version}
    page = house.browser().post(path, told | {"photo": picture()}).content.decode()
    kept = re.findall(r'name="kept" value="([^"]+)"', page)
    told |= {"title": "夜班车间有了纳凉点", "kept": [*kept, foreign]}
    answer = house.browser().post(path, told)

    assert "刚才选的 1 张已经收到" in page
    assert 302 == answer.status_code
    assert 1 == len(house.store.submission(number).photos)
    assert house.store.submission(number).photos[0].width


def test_a_file_is_enough_even_when_the_draft_was_passed_over(house):
    """Whoever goes straight to the last screen sends what the file says."""
    base = f"/s/{house.links['afs']}"
    client = house.browser()
    key = re.search(r"/d/([^/]+)/", client.post(f"{base}/new").url)[1]
    here = f"{base}/d/{key}"
    client.post(f"{here}/topic", {"topic": "free"})
    client.post(f"{here}/said", {"said": "", "file": word(), "go": "on"})
    names = ("author", "reviewer", "phone", "public", "promise")
    told = {name: PAGE[name] for name in names}
    number = number_of(client.post(f"{here}/send", told | {"go": "on"}))

    assert TITLE == house.store.submission(number).title
    assert LINE in house.store.submission(number).body.text
