"""Stories in parcels: a bad line at any byte, whatever is sent twice is one story."""

from __future__ import annotations

import json
import socket
import uuid
from urllib.parse import urlsplit

import pytest

from tests.desk.conftest import PAGE
from workflow.desk_office import make_application
from workflow.desk_serving import desk_in_thread

KEY = "0123456789abcdef0123456789abcdef"
STORY = {
    name: value
    for name, value in PAGE.items()
    if name in {"when", "place", "author", "reviewer", "phone", "public", "promise"}
}
STORY |= {"topic": "free", "said": f"清凉包送到车间\n{PAGE['text']}"}


def send(house, key=KEY, story=STORY, unit="afs"):
    told = {"key": key, "part": "send", "story": json.dumps(story)}
    return house.browser().post(f"/s/{house.links[unit]}/parcel", told)


def photo(house, data, key=KEY):
    told = {"key": key, "part": "photo", "photo": data, "caption": "职工领到清凉包"}
    return house.browser().post(f"/s/{house.links['afs']}/parcel", told)


def test_a_parcel_becomes_a_story_with_its_photos(house, picture):
    """Photos first, then the words; the receipt's number comes back."""
    first = photo(house, picture()).json()
    told = send(house).json()
    kept = house.store.submission(told["number"])

    assert {"photos": 1, "refused": []} == first
    assert "清凉包送到车间" == kept.title
    assert "职工领到清凉包" == kept.photos[0].caption
    assert "checked" == house.state(told["number"])


def test_answers_become_the_draft_of_their_topic(house):
    """The words are set into the topic's skeleton, without marks."""
    answers = {"org": "安福寺镇总工会", "goods": "清凉包1200份", "who": "一线职工"}
    answers |= {"result": "1200名职工领到清凉包"}
    told = send(house, story=STORY | answers | {"topic": "xiasong"}).json()
    text = house.store.submission(told["number"]).body.text

    assert "为一线职工送去清凉包1200份" in text
    assert "〔" not in text


def test_the_same_parcel_five_times_is_one_story(house, picture):
    """The phone's key and the photo's bytes decide, not how often they came."""
    data = picture()
    for _ in range(5):
        data.seek(0)
        photo(house, data)
    numbers = {send(house).json()["number"] for _ in range(5)}

    assert 1 == len(numbers)
    assert 1 == len(house.store.submissions())
    assert 1 == len(house.store.submissions()[0].photos)


def test_the_same_words_typed_five_times_keep_their_number(house):
    """Five drafts with the same words are one story; the unit reads its number."""
    numbers = {house.number() for _ in range(5)}

    assert 1 == len(numbers)
    assert 1 == len(house.store.submissions())


def test_the_same_words_with_a_new_photo_are_not_dropped(house, picture):
    """A photo that was forgotten the first time is not lost with the copy."""
    first = house.number()
    second = house.number(photo=picture())

    assert first != second
    assert 1 == len(house.store.submission(second).photos)


def test_one_phones_key_is_nothing_to_another_unit(house):
    """The same key from another link is another story."""
    numbers = {send(house, unit=unit).json()["number"] for unit in ("afs", "ds")}

    assert 2 == len(numbers)


def test_what_is_wrong_is_said_and_can_be_mended_online(house):
    """A faulty story is refused with sentences and the page where it is mended."""
    answer = send(house, story=STORY | {"phone": ""})
    page = house.browser().get(answer.headers["X-Mend"])

    assert 422 == answer.status_code
    assert ["phone"] == [one["field"] for one in answer.json()["faults"]]
    assert "清凉包送到车间" in page.content.decode()


@pytest.mark.parametrize("key", ["", "x", "../../etc", "0" * 100])
def test_a42_a_parcel_without_a_proper_key_is_refused(house, key):
    """A42: nothing is made of it."""
    answer = send(house, key=key)

    assert 400 == answer.status_code
    assert () == house.store.submissions()


def test_the_phone_is_given_what_it_needs(house):
    """Manifest, worker, page and questions; each with the headers of the form."""
    base = f"/s/{house.links['afs']}"
    client = house.browser()
    manifest = client.get(f"{base}/app.webmanifest").json()
    told = client.get(f"{base}/questions").json()
    page = client.get(f"{base}/pocket").content.decode()
    script = client.get("/s/sw.js")

    assert f"{base}/" == manifest["start_url"] == manifest["scope"]
    assert "text/javascript" == script.headers["Content-Type"]
    assert 12 == len(told["topics"])
    assert "安福寺镇总工会" == told["known"]["org"]
    assert page.index("个人信息告知") < page.index("联系电话</label>")


def _request(port, path, csrf, fields, data=None):
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + value.encode()
        + b"\r\n"
        for name, value in (fields | {"csrfmiddlewaretoken": csrf}).items()
    ]
    if data is not None:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="photo"; filename='
        parts.append(f'{head}"a.jpg"\r\n\r\n'.encode() + data + b"\r\n")
    body = b"".join([*parts, f"--{mark}--\r\n".encode()])
    host = f"127.0.0.1:{port}"
    lines = (
        f"POST {path} HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        f"Cookie: csrftoken={csrf}",
        f"Content-Type: multipart/form-data; boundary={mark}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode() + body


def _say(port, request, until=None) -> bytes:
    """Send a request (or its first bytes, and hang up); what came back."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(request[:until])
        if until is not None:
            return b""
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := line.recv(65536):
            answer += chunk
        return answer


def test_a_line_that_dies_at_every_byte_loses_and_doubles_nothing(house, picture):
    """Cut anywhere in photo or words and sent again: one story, one photo."""
    path = urlsplit(f"/s/{house.links['afs']}/parcel").path
    csrf = "a" * 32
    data = picture(size=(300, 200)).getvalue()
    with desk_in_thread(make_application()) as port:
        first = _request(port, path, csrf, {"key": KEY, "part": "photo"}, data)
        words = {"key": KEY, "part": "send", "story": json.dumps(STORY)}
        second = _request(port, path, csrf, words)
        for request in (first, second):
            head = request.index(b"\r\n\r\n")
            cuts = [*range(1, len(request), max(1, len(request) // 60)), head, head + 4]
            for cut in (*cuts, len(request) - 1):
                _say(port, request, cut)
        before = house.store.submissions()
        answers = [_say(port, one) for one in (first, first, second, second)]
    numbers = {
        json.loads(one.partition(b"\r\n\r\n")[2])["number"] for one in answers[2:]
    }
    (kept,) = house.store.submissions()

    assert () == before
    assert {kept.number} == numbers
    assert 1 == len(kept.photos)


def test_a58_what_is_far_too_large_is_refused_early_and_kindly(house):
    """A58: by its length alone, before a byte of it is kept, in plain words."""
    path = f"/s/{house.links['afs']}/whole"
    with desk_in_thread(make_application()) as port:
        request = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Content-Length: {10 * 1024**3}\r\n\r\n"
        )
        answer = _say(port, request.encode()).decode()

    assert answer.startswith("HTTP/1.1 413")
    assert "发来的东西太大了" in answer
    assert "Content-Security-Policy" in answer
