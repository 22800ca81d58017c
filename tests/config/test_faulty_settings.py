"""What Notepad, haste and copying do to settings, and what the office is told."""

from __future__ import annotations

import pytest

from config import SettingsFault, load_settings

NAME = 'name = "枝江市总工会"'  # line 13 of config.toml

# what stands in the file, what was written in its place: key, found, mend
BAD_TEXT = {
    "full-width quotes": (NAME, "name = “枝江市总工会”", "“", "英文输入法"),
    "one full-width quote": (NAME, 'name = "枝江市总工会”', "引号", "英文引号"),
    "full-width equals": (NAME, 'name ＝ "枝江市总工会"', "＝", "改成 ="),
    "full-width space": (NAME, 'name　= "枝江市总工会"', "全角空格", "空格"),
    "full-width digits": ("copies = 0", "copies = ０", "０", "改成 0"),
    "full-width comma": ('["12351"]', '["12351"，"12333"]', "，", "改成 ,"),
    "enumeration comma": ('["12351"]', '["12351"、"12333"]', "、", "改成 ,"),
    "full-width colon": (NAME, "name：“枝江”", "：", "改成 ="),
    "full-width brackets": ('["12351"]', '［"12351"］', "［", "改成 ["),
    "full-width header": ("[edition]", "【edition】", "【", "改成 ["),
    "half-width colon": (NAME, 'name: "枝江市总工会"', "读不懂", "冒号"),
    "no quotes": (NAME, "name = 枝江市总工会", "读不懂", "引号"),
    "no closing quote": (NAME, 'name = "枝江市总工会', "成对", "补上"),
    "no equals": (NAME, 'name "枝江市总工会"', "读不懂", "等号"),
    "no value": (NAME, "name =", "读不懂", "补上值"),
    "upper-case False": ("noindex = false", "noindex = False", "读不懂", "小写"),
    "no for false": ("noindex = false", "noindex = no", "读不懂", "false"),
    "bare time": ('due = "08:00"', "due = 8:00", "读不懂", '"08:00"'),
    "leading zero": ('phone = ""', "phone = 0717", "读不懂", "引号"),
    "unit behind figure": ("timeout = 20", "timeout = 20秒", "读不懂", "单位"),
    "backslashes": ('folder = "data"', r'folder = "D:\gonghui"', "反斜杠", "改成 /"),
    "backslash u": ('folder = "data"', r'folder = "C:\users"', "反斜杠", "改成 /"),
    "unclosed header": ("[edition]", "[edition", "读不懂", "]"),
    "header twice": ("[store]", "[site]", "写了两次", "合到一处"),
    "key twice": ("copies = 0", 'due = "07:00"', "写了两次", "删掉其中一行"),
    "no such day": ("since = 2026-11-16", "since = 2026-11-31", "读不懂", "日期"),
    "unclosed list": ("retry_delays = [30.0, 120.0]", "retry_delays = [30.0", "", "]"),
    "invisible": (NAME, 'name\u200b = "枝江市总工会"', "看不见", "重新输入"),
    "chinese key": (NAME, '名称 = "枝江市总工会"', "读不懂", "名称"),
}


@pytest.mark.parametrize(
    ("old", "new", "found", "mend"), BAD_TEXT.values(), ids=list(BAD_TEXT)
)
def test_d39_bad_text_gets_its_line_and_its_mend(
    office, change, faults, old, new, found, mend
):
    """Text that TOML cannot read is told with line, place and cure."""
    text = (office / "config.toml").read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    change(old, new)

    told = faults()

    assert [line] == [fault.line for fault in told]
    assert found in told[0].found
    assert mend in told[0].mend


SAVED = {
    "bom": ("utf-8-sig", "BOM", 1),
    "gbk": ("gbk", "GBK", 1),
    "utf-16": ("utf-16", "UTF-16", 1),
    "utf-16 without mark": ("utf-16-le", "UTF-16", 1),
}


@pytest.mark.parametrize(("encoding", "found", "line"), SAVED.values(), ids=list(SAVED))
def test_d39_a_file_saved_wrongly_gets_its_line_and_its_mend(
    office, faults, encoding, found, line
):
    """What Notepad's other encodings do is named, with the way to save again."""
    file = office / "config.toml"
    text = file.read_text(encoding="utf-8")
    file.write_bytes(text.replace("—", "-").encode(encoding, errors="replace"))

    told = faults()

    assert [(line, True)] == [(f.line, found in f.found) for f in told]
    assert "另存为" in told[0].mend


def test_the_line_of_a_stray_byte_is_named(office, faults):
    """One line in another encoding is enough to be found."""
    file = office / "config.toml"
    rows = file.read_bytes().split(b"\n")
    rows[29] = b'publisher = "\xff\xfe\xff"'
    file.write_bytes(b"\n".join(rows))

    assert [30] == [fault.line for fault in faults()]


# what stands in the file, what was written in its place: key, found, mend
BAD_VALUES = {
    "unknown key": ("page_size = 50", "page_sise = 50", "site.page_sise", "page_size"),
    "key of another section": (
        'spider = "hubei"',
        'spider = "hubei"\ndelay = 5',
        "sources[1].delay",
        "[crawl]",
    ),
    "too hasty": ("delay = 2.0", "delay = 0.5", "crawl.delay", "2.0 或更大"),
    "too many": ("max_new = 50", "max_new = 500", "crawl.max_new", "50 或更小"),
    "number as text": ("copies = 0", 'copies = "零"', "edition.copies", "不加引号"),
    "text as number": ('phone = ""', "phone = 4210000", "office.phone", "引号"),
    "text as switch": ("noindex = false", 'noindex = "否"', "site.noindex", "false"),
    "no list": ('["12351"]', '"12351"', "office.public_phones", "方括号"),
    "hour": ('due = "08:00"', 'due = "八点"', "edition.due", '"08:00"'),
    "missing key": ('place = "枝江" ', "# ", "office.place", "place = "),
    "unknown tier": ('tier = "sheng"', 'tier = "shen"', "sources[1].tier", "编号"),
    "unknown kind": ('kind = "site"', 'kind = "web"', "sources[1].kind", "选一个"),
    "same id twice": ('id = "zgw"', 'id = "hbghw"', "sources[5].id", "没用过"),
    "reserved id": ('id = "zgw"', 'id = "con"', "sources[5].id", "换一个"),
    "odd id": ('id = "zgw"', 'id = "中工网"', "sources[5].id", "hbghw"),
    "no web address": (
        "http://www.hbzgh.org.cn/",
        "www.hbzgh.org.cn",
        "sources[1].urls[1]",
        "地址栏",
    ),
    "a file address": (
        "http://www.hbzgh.org.cn/",
        "file:///etc/passwd",
        "sources[1].urls[1]",
        "地址栏",
    ),
    "password in an address": (
        "http://www.hbzgh.org.cn/",
        "http://a:b@www.hbzgh.org.cn/",
        "sources[1].urls[1]",
        "删掉",
    ),
    "host of another site": (
        'hosts = ["www.hbzgh.org.cn"]',
        'hosts = ["hbzgh.org.cn"]',
        "sources[1]",
        "在 hosts 里加上",
    ),
    "site without spider": ('spider = "hubei"', "", "sources[1]", "spider"),
    "section without address": (
        'hosts = ["jmzgh.gov.cn"]\nenabled = false\nconfirmed = false',
        "",
        "sources[9]",
        "urls",
    ),
    "unconfirmed but enabled": (
        'spider = "yichang"\nenabled = false',
        'spider = "yichang"',
        "sources[2]",
        "confirmed = true",
    ),
    "list api without shape": (
        'id = "jmzgh"',
        'id = "jmzgh"\nkind = "list_api"',
        "sources[9]",
        "[sources.api]",
    ),
    "user agent in Chinese": (
        'user_agent = "Gong',
        'user_agent = "工会Gong',
        "crawl.user_agent",
        "英文",
    ),
    "another year": ("2026-02-14, ", "2027-02-14, ", "calendar[1]", "年份"),
    "workday on a weekday": ("2026-02-14, ", "2026-02-13, ", "calendar[1]", "日期"),
    "holiday backwards": (
        "2026-10-01 至 2026-10-07",
        "2026-10-07 至 2026-10-01",
        "calendar[1].holidays",
        "起止",
    ),
    "year twice": ("year = 2025", "year = 2026", "calendar[2].year", "没用过"),
    "reminder backwards": (
        "until = 2026-11-30",
        "until = 2026-11-01",
        "reminder[1]",
        "对调",
    ),
    "path with eaten backslash": (
        'folder = "data"',
        r'folder = "d:\news"',
        "store.folder",
        "改成 /",
    ),
    "store among the pages": (
        'folder = "data"',
        'folder = "output/public/data"',
        "store.folder",
        "一起打包、发布",
    ),
    "no such rule file": ("config/units.toml", "config/unit.toml", "", "改对路径"),
    "port": ("serve_port = 8351", "serve_port = 80", "site.serve_port", "1024"),
}


@pytest.mark.parametrize(
    ("old", "new", "key", "mend"), BAD_VALUES.values(), ids=list(BAD_VALUES)
)
def test_a_bad_value_gets_its_key_and_its_mend(change, faults, old, new, key, mend):
    """A value that cannot be meant is told by key, with line and cure."""
    change(old, new)

    told = [fault for fault in faults() if fault.key == key]

    assert 1 <= len(told)
    assert mend in told[0].mend
    assert told[0].line or not key


# file, what stands there, what was written in its place, key, mend
BAD_RULES = {
    "unknown parent": (
        "units",
        'parent = "kfq"',
        'parent = "kaifaqu"',
        "unit[11].parent",
        "编号",
    ),
    "unknown town": ("units", 'town = "ds"', 'town = "jy"', "unit[11].town", "编号"),
    "unit twice": ("units", 'id = "afs"', 'id = "mjd"', "unit[2].id", "没用过"),
    "family of units": ("units", 'kind = "园区"', 'kind = "公司"', "unit[10].kind", ""),
    "topic twice": ("topics", 'id = "xieshang"', 'id = "zujian"', "topic[2].id", ""),
    "topic qita": ("topics", 'id = "xieshang"', 'id = "qita"', "topic[2].id", ""),
    "month": ("topics", "months = [6, 7, 8]", "months = [6, 13]", None, "12 或更小"),
    "level": ("sources", '"provincial"', '"省"', "tier.sheng.level", "选一个"),
    "rights topic": (
        "sources",
        '"huzhu"',
        '"huzu"',
        "news.rights_topics[2]",
        "编号",
    ),
    "elsewhere": ("sources", '["tashan"]', '["ta"]', "news.elsewhere_tiers[1]", ""),
    "score not 100": ("highlight", "max = 12", "max = 20", "parts", "max"),
    "score part": ("highlight", "[parts.fresh]", "[parts.frsh]", "parts.frsh", "fresh"),
    "score reason": ("highlight", "后{n}天", "后{m}天", "parts.fresh.reason", "花括号"),
    "penalty": ("highlight", "points = -8", "points = 8", "penalty.stale.points", "0"),
    "word level": (
        "checks",
        '"攻府", "政府", "block"',
        '"攻府", "政府", "bad"',
        "wrong_words.pairs[6][3]",
        "选一个",
    ),
    "pattern": ("checks", r"'\.{3,}|。{2,}|", "'(。{2,}|", "punct.dots", "括号"),
    "checksum": (
        "checks",
        'check = "Luhn"',
        'check = "luhn"',
        "pii.bank.check",
        "选一个",
    ),
    "nothing to find": (
        "checks",
        "regex = '[京津沪",
        "how = '[京津沪",
        "pii.plate",
        "其中一项",
    ),
    "year's end": ("ledger", '"11-30"', '"13-30"', "year_ends", ""),
    "template topic": (
        "story_templates",
        'id = "xiasong"',
        'id = "xiason"',
        "template[1].id",
        "编号",
    ),
    "template word": (
        "story_templates",
        "走进{{ place }}，为",
        "走进{{ plac }}，为",
        "template[1].skeleton",
        "",
    ),
}


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "mend"), BAD_RULES.values(), ids=list(BAD_RULES)
)
def test_a_bad_rule_names_its_file_and_key(change, faults, name, old, new, key, mend):
    """Faults of the rule files come with the file, the key, the line and the cure."""
    change(old, new, f"config/{name}.toml")

    told = [fault for fault in faults() if key is None or fault.key == key]

    assert 1 <= len(told)
    assert f"{name}.toml" == told[0].file.name
    assert told[0].line
    assert mend in told[0].mend


def test_all_faults_of_all_files_are_told_at_once(change, faults):
    """Nobody mends one line to be told of the next."""
    change("delay = 2.0", "delay = 0.5")
    change("page_size = 50", "page_sise = 50")
    change('tier = "yc"', 'tier = "yichang"')
    change("top = 5", "top = 0", "config/highlight.toml")
    change('"首创"', "“首创”", "config/checks.toml")

    told = {(fault.file.name, fault.key) for fault in faults()}

    assert {
        ("config.toml", "crawl.delay"),
        ("config.toml", "site.page_sise"),
        ("highlight.toml", "choose.top"),
        ("checks.toml", ""),
    } <= told


def test_a_wrong_encoding_does_not_hide_what_else_is_wrong(office, change, faults):
    """A file saved as GBK with a bad value in it gives both faults."""
    change("delay = 2.0", "delay = 0.5")
    file = office / "config.toml"
    text = file.read_text(encoding="utf-8")
    file.write_bytes(text.encode("gb18030"))

    assert ["", "crawl.delay"] == [fault.key for fault in faults()]


def test_a_fault_is_not_told_twice(office, faults):
    """A list whose only entry is faulty is not also called too short."""
    file = office / "config.toml"
    text = file.read_text(encoding="utf-8")
    start = text.index("[[sources]]")
    one = '[[sources]]\nid = "x"\nname = "某网"\ntier = "zj"\n'
    file.write_text(text[:start] + one, encoding="utf-8")

    assert ["sources[1].id"] == [fault.key for fault in faults()]


def test_an_empty_file_says_what_must_stand_in_it(office, faults):
    """An empty config.toml asks for the sections that have no default."""
    (office / "config.toml").write_text("", encoding="utf-8")

    assert {"office", "crawl", "sources"} == {fault.key for fault in faults()}


def test_several_bad_lines_are_told_at_once(change, faults):
    """Chinese punctuation in three lines gives three faults, in their order."""
    change(NAME, "name = “枝江市总工会”")
    change("copies = 0", "copies ＝ 0")
    change("noindex = false", "noindex = False")

    told = faults()

    assert [13, 37, 44] == [fault.line for fault in told]


def test_chinese_punctuation_inside_text_and_notes_is_welcome(change, office):
    """Only what stands outside quotes and notes is code."""
    change('address = ""', 'address = "枝江市“迎宾”大道，１号" # 说明：“引号”，＝')

    settings = load_settings(office / "config.toml")

    assert "枝江市“迎宾”大道，１号" == settings.office.address


@pytest.mark.parametrize("key", ["password", "api_key", "smtp_token", "secret"])
def test_a_secret_is_refused_and_never_told(change, faults, key):
    """A password in the file is a fault that does not repeat the password."""
    change("[store]", f'[store]\n{key} = "hunter2"')

    told = faults()

    assert [f"store.{key}"] == [fault.key for fault in told]
    assert "环境变量" in told[0].mend
    assert "hunter2" not in str(SettingsFault(told))


def test_windows_paths_in_single_quotes_work(change, office):
    """A path as Explorer shows it is taken, in single quotes."""
    change('folder = "data/inbox"', r"folder = 'data\inbox'")

    settings = load_settings(office / "config.toml")

    assert (office / "data" / "inbox").resolve() == settings.path(settings.inbox.folder)


def test_windows_line_ends_are_welcome(office):
    """A file with Windows line ends is the same file."""
    file = office / "config.toml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert "枝江市总工会" == load_settings(file).office.name


def test_a_fault_reads_as_a_sentence(change, faults):
    """File, line, key, what stands there, what should, and the mend."""
    change("delay = 2.0 ", "delay = 0.5 ")

    assert (
        "config.toml 第 62 行，crawl.delay：写的是 0.5；应当不小于 2.0。"
        "改法：改成 2.0 或更大" == str(faults()[0])
    )


def test_a_folder_in_place_of_a_file_is_told(office, faults):
    """A folder where a rule file should stand is told as such."""
    (office / "config" / "units.toml").unlink()
    (office / "config" / "units.toml").mkdir()

    assert "这是文件夹，不是文件" == faults()[0].found
