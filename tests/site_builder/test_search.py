import json
import random
from dataclasses import replace
from datetime import timedelta

import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search_reader import SearchFiles

from newsroom.body import Body
from newsroom.story import StoryState
from site_builder.build import build_site
from site_builder.given import Audience
from site_builder.search import layout
from site_builder.search.folding import fold, seen, words_of
from site_builder.search.postings import (
    read_documents,
    read_numbers,
    write_documents,
    write_numbers,
)
from site_builder.search.records import folded_text, part_script
from site_builder.search.terms import Gathering, shard_of, terms_of

# What news is written with, and what breaks careless code.
LETTERS = st.sampled_from(
    "工会职联合枝江 aAＡ1１“”，。、\n\t　éΣßİ😀𠮷👨‍👩‍👧\u2028<&\\\"'"
)
TEXTS = st.text(LETTERS, max_size=40)


def build(stories, folder, audience=Audience.INTERNAL):
    now = samples.given(folder / "none", stories=tuple(stories))
    return build_site(now, audience, folder / "out", folder / "work")


def with_text(number, text, **more):
    story = samples.own_story(number, f"第{number}篇", "afs", "xiasong")
    body = Body(samples.text_body(*text.split("\n")))
    return replace(story, body=body, abstract="", **more)


@given(st.lists(st.integers(0, 10**7)))
def test_numbers_are_read_as_they_were_written(numbers):
    """Numbers come back from their text, whatever their size."""
    assert numbers == read_numbers(write_numbers(numbers))


@given(st.sets(st.integers(0, 10**6)))
def test_documents_are_read_as_they_were_written(documents):
    """Rising documents come back from their gaps."""
    rising = sorted(documents)

    assert rising == read_documents(write_documents(rising))


@pytest.mark.parametrize("gap", [1, 2, 5, 44, 45, 3000])
def test_many_documents_take_a_sixth_of_a_character_each_at_most(gap):
    """A list of any density among 50,000 documents is short, and is read again."""
    documents = [n for n in range(50_000) if n % 1000 < 900 or n % gap == 0]
    some = sorted({*documents[:10_000], *documents[::gap]})

    for rising in (documents, some):
        written = write_documents(rising)
        assert len(written) <= 8400
        assert read_documents(written) == rising


@given(TEXTS)
def test_folding_keeps_every_character_in_its_place(text):
    """A folded text is as long as the shown one, and folds to itself."""
    assert len(text) == len(fold(text))
    assert fold(text) == fold(fold(text))


def test_width_and_case_do_not_count():
    """Full-width letters and digits are found by plain ones, and the other way."""
    assert fold("ＡＰＰ２０２６，") == fold("app2026,") == "app2026,"


def test_words_of_a_query_are_folded_and_counted_once():
    """Blanks of any width part words; a word that comes twice counts once."""
    assert words_of(" 工会\u3000ＡＢ工 ab工\u200b ") == ("工会", "ab工")


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=12), st.integers(1, 5), st.data())
def test_terms_never_miss_a_substring(texts, shards, data):
    """Every substring's terms lead to every text that holds it."""
    gathering = Gathering(shards)
    folded = [fold(seen(text)) for text in texts]
    for number, text in enumerate(folded):
        gathering.add(number, text)
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text)))
    words = words_of(text[start : start + data.draw(st.integers(1, 6))])

    files = [
        dict(line.split(" ") for line in gathering.shard(n).split("\n")[1:-1])
        for n in range(shards)
    ]
    for word in words:
        holding = {n for n, one in enumerate(folded) if word in one}
        for term in terms_of(word):
            found = read_documents(files[shard_of(term, shards)].get(term, ""))
            assert holding <= set(found)


@pytest.mark.parametrize("at_least", [20, 1_000])
def test_documents_that_are_packed_stay_in_order(monkeypatch, at_least):
    """Packing in pieces gives the same files as packing at once."""
    monkeypatch.setattr("site_builder.search.terms.HELD", 1)
    monkeypatch.setattr("site_builder.search.terms.LINES", 5)
    monkeypatch.setattr("site_builder.search.terms.AT_LEAST", at_least)
    monkeypatch.setattr("site_builder.search.terms.A_LIST", 1)
    dice, texts = random.Random(5), []
    pieces, whole = Gathering(4), {}
    for number in range(20):
        texts.append("".join(dice.choices("工会职 联😀\n", k=9)))
        pieces.add(number, texts[-1])
        for term in terms_of(texts[-1]):
            whole.setdefault(term, []).append(number)

    read = {}
    for shard in range(4):
        for line in pieces.shard(shard).split("\n")[1:-1]:
            term, numbers = line.split(" ")
            read[term] = read_documents(numbers)
    assert whole == read


def test_a_file_of_the_search_is_plain_json_in_one_call():
    """Nothing in a text can end the string or the script."""
    text = '</script>"\\\u2028\u2029\n😀'

    script = part_script("x", text)

    assert "</script" not in script
    assert "\u2028" not in script
    assert text == json.loads(script[len('gonghuiSearch("x",') : -len(");\n")])


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
@given(st.lists(TEXTS, min_size=1, max_size=8), st.data())
def test_the_tree_finds_what_a_plain_scan_finds(tmp_path_factory, texts, data):
    """The built files lead to every right story; with the text, to those only."""
    stories = [with_text(n, text) for n, text in enumerate(texts, 1)]
    folder = tmp_path_factory.mktemp("search")
    build(stories, folder)
    files = SearchFiles(folder / "out/search")
    text = data.draw(st.sampled_from([folded_text(story) for story in stories]))
    start = data.draw(st.integers(0, len(text)))
    query = text[start : start + data.draw(st.integers(1, 6))]
    words = words_of(query)
    right = {
        f"stories/2026/{story.id}.html"
        for story in stories
        if words and all(word in folded_text(story) for word in words)
    }

    assert right <= files.candidates(query)
    texts = {r[0]: fold(f"{r[1]}\n{r[5]}") for r in files.documents.values()}
    assert right == {
        path
        for path in files.candidates(query)
        if all(word in texts[path] for word in words)
    }


def test_one_changed_story_writes_the_delta_and_leaves_the_base(tmp_path):
    """A change rewrites a few small files; the old words are gone from all of them."""
    stories = [with_text(n, f"第{n}件事，职工点赞。") for n in range(1, 40)]
    build(stories, tmp_path)
    search = tmp_path / "out/search"
    before = {f.name: f.read_bytes() for f in search.iterdir()}
    stories[4] = with_text(5, "换了全新的说法：工匠讲堂。")

    report = build(stories, tmp_path)

    after = {f.name: f.read_bytes() for f in search.iterdir()}
    changed = {name for name, content in after.items() if before.get(name) != content}
    assert before.keys() <= after.keys()
    assert len(changed) <= layout.DELTA_SHARDS + 4
    assert not any(re_base(name) for name in changed)
    assert report.removed == 0
    files = SearchFiles(search)
    assert {"stories/2026/5.html"} == files.candidates("工匠讲堂")
    assert "第5件事".encode() not in b"".join(after.values())


def re_base(name):
    return name.startswith("b") and "-t" in name


def test_nothing_changed_writes_nothing(tmp_path):
    """The same stories: no file of the search is written, with a delta or without."""
    stories = [with_text(n, f"第{n}件事。") for n in range(1, 20)]
    build(stories, tmp_path)
    again = build(stories, tmp_path)
    build(stories[:-1], tmp_path)

    with_delta = build(stories[:-1], tmp_path)

    assert (0, 0) == (again.written, with_delta.written)


def test_texts_that_are_kept_leave_with_their_story(tmp_path):
    """A story of the delta changed again: its old words are not even in the gaps."""
    stories = [with_text(n, f"第{n}件事，职工点赞。") for n in range(1, 40)]
    build(stories, tmp_path)
    stories[4] = with_text(5, "换了全新的说法：工匠讲堂。")
    stories[5] = with_text(6, "这一篇不再换了：班组园地。")
    build(stories, tmp_path)
    stories[4] = with_text(5, "又换了一种说法：劳模课堂。")

    build(stories, tmp_path)

    files = SearchFiles(tmp_path / "out/search")
    assert {"stories/2026/5.html"} == files.candidates("劳模课堂")
    assert {"stories/2026/6.html"} == files.candidates("班组园地")
    kept = b"".join(f.read_bytes() for f in (tmp_path / "work").rglob("*.*"))
    assert "班组园地".encode() in kept
    assert "工匠讲堂".encode() not in kept


def test_a_new_month_begins_a_new_base(tmp_path):
    """The first story of a month: base written anew, delta empty."""
    stories = [
        with_text(n, f"第{n}件事。", published=samples.moment(1)) for n in (1, 2)
    ]
    build(stories, tmp_path)
    later = samples.moment(1) + timedelta(days=30)
    stories.append(with_text(3, "新的一月。", published=later))

    build(stories, tmp_path)

    head = SearchFiles(tmp_path / "out/search").head
    assert ("", []) == (head["delta"], head["deltaBlocks"])


@pytest.mark.parametrize("state", [StoryState.WITHDRAWN, StoryState.HELD])
def test_what_is_taken_back_leaves_the_public_search(tmp_path, state):
    """A withdrawn story: its words are in no file of the public search any more."""
    stories = list(samples.STORIES)
    build(stories, tmp_path, Audience.PUBLIC)
    search = tmp_path / "out/search"
    shown = {record[0] for record in SearchFiles(search).documents.values()}
    gone = next(s for s in stories if s.own and f"stories/2026/{s.id}.html" in shown)
    place = stories.index(gone)
    stories[place] = replace(gone, state=state)

    build(stories, tmp_path, Audience.PUBLIC)

    left = {record[0] for record in SearchFiles(search).documents.values()}
    assert {f"stories/2026/{gone.id}.html"} == shown - left
    said = b"".join(file.read_bytes() for file in search.glob("*.js"))
    assert gone.headline.encode() not in said


def test_the_public_search_holds_what_the_public_pages_show(tmp_path):
    """Stories of others stand in the public search with their excerpt only."""
    now = samples.given(tmp_path / "none")
    for audience in Audience:
        build_site(now, audience, tmp_path / audience.value, tmp_path / "work")
    public = SearchFiles(tmp_path / "public/search").documents.values()
    internal = SearchFiles(tmp_path / "internal/search").documents.values()
    others = {f"stories/2026/{s.id}.html": s for s in samples.STORIES if not s.own}

    assert len(public) < len(internal)
    for record in public:
        if record[0] in others:
            assert record[5] in {"", others[record[0]].excerpt}
