"""Going back to a release before, and the releases that are kept for it."""

from __future__ import annotations

import pytest

from publisher.faults import PublishFailed
from publisher.releases import KEPT, ReleaseStore
from publisher.tree import hash_file, read_release
from tests.workflow.two_hosts import ASK, change, files
from workflow.cli import run
from workflow.publishing import choose_hosts, publish_all, release_store, roll_back


def differing(one, other) -> list[str]:
    """The paths of one state whose bytes are not those of the other."""
    return sorted(path for path in one if one[path] != other.get(path))


def test_d30_rollback_is_byte_equal_and_sends_only_what_differs(published):
    """D30: one step, two steps back; every byte; nothing travels that stands there."""
    states = [files(published.output / "public")]
    for words in ("二", "三"):
        change(published, words)
        publish_all(published, choose_hosts(published, ()), ASK)
        states.append(files(published.output / "public"))
    host = choose_hosts(published, ["wangpan"])[0]
    root = published.settings.folder / "host" / "wangpan"

    _, far = roll_back(published, host, 2, ASK)
    first = files(root)
    publish_all(published, [host], ASK)
    _, near = roll_back(published, host, 1, ASK)

    assert (states[0], states[1]) == (first, files(root))
    assert differing(states[0], states[2]) == sorted(far.sent)
    assert differing(states[1], states[2]) == sorted(near.sent)


def test_d30_rollback_by_command(published, capsys):
    """D30: ``publish --rollback 1 ben`` says where the host stands now."""
    before = files(published.output / "public")
    change(published, "二")
    config = ["--config", str(published.settings.file)]
    run(["publish", *config])
    current = published.settings.folder / "host" / "ben" / "current"
    new = files(current)

    code = run(["publish", "--rollback", "1", "ben", *config])
    again = run(["publish", "--rollback", "ben", *config])

    assert (0, 40) == (code, again)
    out, err = capsys.readouterr()
    assert out.index("已把旧的一版送回 ben") < out.index("主机上现在是")
    assert "主机上现在的就是本机保存的最早一版" in err
    assert before == files(current) != new


def test_d30_the_number_may_stand_after_the_host(published, capsys):
    """D30: ``publish ben --rollback 2`` is what one types; a number is no host."""
    states = []
    current = published.settings.folder / "host" / "ben" / "current"
    config = ["--config", str(published.settings.file)]
    for word in ("二", "三"):
        states.append(files(current))
        change(published, word)
        run(["publish", *config])

    none = run(["publish", "ben", "--rollback", "0", *config])
    two = run(["publish", "--rollback", "1", "2", *config])
    far = run(["publish", "ben", "--rollback", "2", *config])

    assert (2, 2, 0) == (none, two, far)
    assert "至少是 1" in capsys.readouterr().err
    assert states[0] == files(current)


def test_d30_there_is_no_going_back_before_the_first(published, capsys):
    """D30: too many steps are a sentence, and nothing changes."""
    back = ["publish", "--rollback", "3", "--config", str(published.settings.file)]

    first = run(back), capsys.readouterr().err
    change(published, "二")
    publish_all(published, choose_hosts(published, ()), ASK)
    second = run(back), capsys.readouterr().err

    assert (40, 40) == (first[0], second[0])
    assert first[1].startswith("没有退回 ben：")
    assert "没有更早的可以退" in first[1]
    assert "退不了 3 版" in second[1]


def test_d30_a_damaged_release_is_never_put_on_a_host(published):
    """D30: what was kept is checked byte for byte before it travels."""
    change(published, "二")
    hosts = choose_hosts(published, ["ben"])
    publish_all(published, hosts, ASK)
    store = release_store(published)
    old = store.load(store.releases()[1])
    content = old.sources["index.html"]
    content.unlink()
    content.write_text("damaged", encoding="utf-8")

    with pytest.raises(PublishFailed, match="保存得不完整"):
        roll_back(published, hosts[0], 1, ASK)


@pytest.mark.parametrize("returning", [1, 40])
def test_fourteen_releases_are_kept(tmp_path, office, returning):
    """The fifteenth is forgotten with the contents that nobody needs."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "edition.json").write_text('{"audience": "public"}', encoding="utf-8")
    store = ReleaseStore(tmp_path / "store")
    for number in range(KEPT + 3):
        words = {f"{page}.html": f"{page} {number % 9}" for page in range(returning)}
        for name, told in {**words, "index.html": str(number)}.items():
            (tree / name).unlink(missing_ok=True)
            (tree / name).write_text(told, encoding="utf-8")
        release = store.keep(read_release(tree), office.now)
        store.note_published(release.digest)

    kept = store.releases()
    *_, oldest = (store.load(one) for one in kept)
    assert len(kept) == 14
    assert oldest.sources["index.html"].read_text(encoding="utf-8") == "3"
    contents = list((tmp_path / "store" / "contents").glob("*/*"))
    assert len(contents) == 15 + 9 * returning


def test_a_release_travels_from_the_store_not_from_the_tree(tmp_path, office):
    """The tree may be built anew while a release is on its way."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "edition.json").write_text('{"audience": "public"}', encoding="utf-8")
    release = ReleaseStore(tmp_path / "store").keep(read_release(tree), office.now)
    (tree / "edition.json").unlink()

    source = release.sources["edition.json"]

    assert release.files["edition.json"].sha256 == hash_file(source)
