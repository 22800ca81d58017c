"""An ordinary day, an empty day, a day of sixty stories, and the odd cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from config import EditionSettings, OfficeSettings, SiteSettings
from newsroom.article import CHINA
from newsroom.body import (
    Body,
    Cell,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Run,
    Subhead,
    Table,
    plain_runs,
)
from newsroom.edition import (
    Board,
    BoardRow,
    Column,
    Edition,
    Entry,
    Passed,
    Release,
    Score,
    ScorePart,
)
from newsroom.report import Hold, Merge, RunReport, TagDoubt
from newsroom.source import FaultClass, Loss, SourceReport, SourceState
from newsroom.story import Appearance, Story, StoryState
from newsroom.taxonomy import Level, Tag, Topic, Unit, UnitKind, UnitRules
from site_builder.given import SiteGiven

DAY = date(2026, 9, 21)
NOW = datetime(2026, 9, 21, 7, 52, tzinfo=CHINA)
LANDSCAPE = "a" * 64 + ".jpg"
PORTRAIT = "b" * 64 + ".jpg"
TOOLS = "c" * 64 + ".jpg"
UNUSED = "d" * 64 + ".jpg"

TOWNS = (
    ("mjd", "马家店街道"),
    ("afs", "安福寺镇"),
    ("by", "白洋镇"),
    ("gjd", "顾家店镇"),
    ("ds", "董市镇"),
    ("xn", "仙女镇"),
    ("wa", "问安镇"),
    ("qxt", "七星台镇"),
    ("blz", "百里洲镇"),
)

OFFICE = OfficeSettings(
    name="枝江市总工会",
    short_name="枝江工会",
    place="枝江",
    city="宜昌",
    publisher="枝江市总工会办公室",
    address="枝江市团结路（演示）",
    phone="0717-1234567",
    icp="鄂ICP备12345678号-1",
)
EDITION_SETTINGS = EditionSettings(
    title="枝江工会信息",
    report_to="宜昌市总工会，枝江市委办公室、市政府办公室",
    send_to="市委常委，市总工会主席、副主席",
    issue_to="各镇（街道）总工会，市直各局工会，各园区、行业工会",
    copies=30,
)
SITE = SiteSettings(title="工会之声", banner="演示：人物、企业和事件均为虚构")

UNITS = UnitRules(
    units=(
        *(Unit(i, n, f"{n}总工会", UnitKind.TOWN) for i, n in TOWNS),
        Unit("yjg", "姚家港化工园", "姚家港化工园工会联合会", UnitKind.PARK),
        Unit("zj", "市住房和城乡建设局", "市住建局工会", UnitKind.BUREAU),
        Unit("hy_kd", "快递行业", "枝江市快递行业工会联合会", UnitKind.TRADE),
        Unit("szgh", "枝江市总工会", "枝江市总工会", UnitKind.OFFICE, ranked=False),
    ),
    ambiguous=frozenset(),
    relative=frozenset(),
    place="枝江",
    city="宜昌",
)
TOPICS = tuple(
    Topic(i, n, 1.0, (), ())
    for i, n in (
        ("xiasong", "夏送清凉"),
        ("xieshang", "集体协商"),
        ("weiquan", "维权服务"),
        ("xinye", "新就业形态"),
        ("jingsai", "劳动竞赛"),
        ("huiyi", "会议部署"),
    )
)

AFS_TEXT = (
    (
        "9月18日，安福寺镇总工会组织3个慰问小组，走进食品工业园9家企业的蒸煮、烘烤"
        "车间，为一线职工送去装有藿香正气水、毛巾和清凉油的“清凉包”1200份，并逐个"
        "车间查看防暑降温设备运行情况。"
    ),
    (
        "在一家食品公司蒸煮车间，室内温度比室外高出近5℃。慰问小组把“清凉包”送到"
        "工位，同车间主任一起核对了轮班休息表。“上午十点半、下午三点各休息二十分钟，"
        "绿豆汤管够。”在这里干了7年的包装工何秀兰说。"
    ),
    (
        "与往年不同，今年的送清凉多了一张“问题清单”。镇总工会请园区卫生院医生随行，"
        "现场为职工测血压、讲防暑急救，共发现休息点不足等问题6个，当场约定整改时限，"
        "目前已整改5个。"
    ),
)


def moment(days_ago: int, hour: int = 8, minute: int = 0) -> datetime:
    """A time so many days before the sample day."""
    day = DAY - timedelta(days=days_ago)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def text_body(*paragraphs: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(plain_runs(p)) for p in paragraphs)


def own_story(number: int, headline: str, unit: str, topic: str, **more) -> Story:
    values = {
        "abstract": AFS_TEXT[0][:84] + "。",
        "body": Body(text_body(*AFS_TEXT)),
        "published": moment(1),
        "byline": "何某",
        "reviewer": "向书平",
        "submission_number": f"报0920-{unit.upper()}-{number:02d}",
    }
    values |= more
    return Story(
        id=number,
        headline=headline,
        state=StoryState.PUBLISHED,
        first_seen=moment(1, 16),
        own=True,
        units=(Tag(unit, 6.0, (unit,)),),
        topics=(Tag(topic, 6.0, ("送清凉",)),),
        **values,
    )


def foreign_story(number: int, headline: str, source: str, level: Level, **more):
    name = {"hbghw": "湖北工会网", "ycghw": "宜昌工会维权网", "sxzjw": "三峡枝江网"}[
        source
    ]
    first = Appearance(
        source,
        name,
        level,
        f"http://www.{source}.example/xw/{number}.html",
        headline,
        moment(0, 6),
        moment(1, 17, 20),
        is_first=True,
    )
    reprint = Appearance(
        "sxzjw",
        "三峡枝江网",
        Level.COUNTY,
        f"http://www.sxzjw.example/{number}.html",
        headline,
        moment(0, 6),
        moment(0, 6, 30),
    )
    excerpt = (
        "省总工会日前下发通知，要求各级工会在高温时段督促用人单位落实劳动保护措施，"
        "重点关注户外作业和高温车间职工。"
    )
    values = {
        "appearances": (first, reprint) if number % 2 else (first,),
        "abstract": excerpt,
        "excerpt": excerpt,
        "body": Body(text_body(excerpt, "这是原文的第二段，只有内部可以看到全文。")),
        "published": moment(1, 17, 20),
        "has_time": True,
    }
    values |= more
    return Story(
        id=number,
        headline=headline,
        state=StoryState.PUBLISHED,
        first_seen=moment(0, 6),
        topics=(Tag("huiyi", 4.0, ("通知",)),),
        **values,
    )


RICH_BODY = Body(
    (
        Picture(
            LANDSCAPE, "工人们在车间核对轮班表（示意图）", "何某 摄", None, 900, 600
        ),
        *text_body(*AFS_TEXT[:2]),
        Subhead("一张“问题清单”"),
        Paragraph(
            (
                Run("镇总工会主席介绍，"),
                Run("活动将持续到8月底", strong=True),
                Run("，详见"),
                Run("活动方案", href="https://www.example.org/plan.html"),
                Run("。"),
            )
        ),
        Picture(PORTRAIT, "户外劳动者服务站（示意图）", None, None, 600, 900),
        ListBlock((plain_runs("送到9家企业"), plain_runs("发放1200份")), ordered=True),
        Quote(plain_runs("送清凉不能只送东西，更要把降温措施送到岗位上。")),
        Table(
            (
                (
                    Cell(plain_runs("企业"), header=True),
                    Cell(plain_runs("份数"), header=True),
                ),
                *(
                    (Cell(plain_runs(f"第{n}车间")), Cell(plain_runs(str(n * 20))))
                    for n in range(1, 20)
                ),
            ),
            "清凉包发放情况",
        ),
        Paragraph(plain_runs(AFS_TEXT[2])),
    )
)
LONG_HEADLINE = (
    "省总工会部署高温时段劳动保护工作要求各级工会督促用人单位合理安排作息时间"
    "切实保障户外劳动者和高温车间职工身体健康与生命安全"
)[:60]

SCORE = Score(
    (
        ScorePart("fresh", 12, 12, "时效+12"),
        ScorePart("numbers", 9, 10, "数据9个+9"),
        ScorePart("people", 12, 12, "人物+12"),
        ScorePart("photo", 8, 8, "图片2张+8"),
        ScorePart("unique", 14, 14, "独特+14"),
        ScorePart("policy", 12, 14, "契合“夏送清凉”+12"),
        ScorePart("silent", 3, 8, "20天未发声+3"),
        ScorePart("complete", 6, 6, "要素6/6+6"),
        ScorePart("benefit", 5, 6, "受益1200人+5"),
    )
)

STORIES = (
    own_story(
        1,
        "安福寺镇：1200份“清凉包”送到食品园一线",
        "afs",
        "xiasong",
        body=RICH_BODY,
    ),
    own_story(2, "董市镇46家小微企业同桌谈定年度工资", "ds", "xieshang"),
    own_story(3, "仙女镇：把工会建在货车司机的停车场", "xn", "xinye"),
    own_story(
        4,
        "农民工年前拿到46.2万元工资 市住建局工会联动调解一起欠薪争议",
        "zj",
        "weiquan",
        published=moment(2),
    ),
    foreign_story(5, "省总工会部署高温时段劳动保护", "hbghw", Level.PROVINCIAL),
    foreign_story(6, LONG_HEADLINE, "ycghw", Level.CITY),
    foreign_story(
        7,
        "枝江市总工会走访慰问一线环卫职工 <script>alert(1)</script>",
        "sxzjw",
        Level.COUNTY,
        published=None,
        has_time=False,
        excerpt="",
    ),
    foreign_story(8, "咸宁：楼宇工会把食堂开到写字楼下", "hbghw", Level.PROVINCIAL),
    own_story(9, "问安镇对照“七有”逐户过筛 23家企业工会告别“影子”", "wa", "huiyi"),
    replace(
        own_story(10, "某厂欠薪一事正在调解", "mjd", "weiquan"),
        state=StoryState.HELD,
        own=False,
        held_reason="涉及未结争议，请主席定",
    ),
    own_story(11, "安福寺镇职工夜校开课", "afs", "jingsai", published=moment(3)),
)


def entry(story: Story, **more) -> Entry:
    unit = UNITS.unit(story.unit_id) if story.unit_id else None
    first = story.first
    values = {
        "score": None,
        "reasons": ("来源层级高，今天首发",),
        "reprints": len(story.reprints),
        "abstract": story.abstract,
    }
    values |= more
    return Entry(
        story_id=story.id,
        headline=story.headline,
        kicker=unit.name if unit else (first.source_name if first else ""),
        source_name=first.source_name if first else (unit.union if unit else ""),
        source_level=first.level if first else Level.TOWNSHIP,
        published=story.published,
        unit_id=story.unit_id,
        topic_id=story.topic_id,
        own=story.own,
        correspondent=story.byline,
        reviewer=story.reviewer,
        **values,
    )


def board(**more) -> Board:
    rows = tuple(
        BoardRow(i, n, 9 - p, max(0, 6 - p), max(0, 3 - p), p * 7)
        for p, (i, n) in enumerate(TOWNS)
    )
    values = {"stories": 86, "received": 45, "adopted": 21, "rows": rows, "silent": 3}
    return Board(since=DAY.replace(day=1), until=DAY, **(values | more))


ORDINARY = Edition(
    day=DAY,
    number=187,
    total=1024,
    covers_from=DAY - timedelta(days=2),
    issued_at=NOW,
    lead="高温未退，省总部署劳动保护；安福寺把1200份“清凉包”送到车间，董市46家企业谈定工资。",
    columns=(
        (
            Column.HIGHLIGHTS,
            (
                entry(
                    STORIES[0],
                    picture=LANDSCAPE,
                    picture_caption="工人们在车间核对轮班表（示意图）",
                    label="惠及职工多",
                    score=SCORE,
                    reasons=("本月题材新", "有一线职工原话"),
                ),
                entry(STORIES[1], picture=PORTRAIT, label="新做法", score=SCORE),
                entry(STORIES[2], score=SCORE),
                entry(STORIES[8], picture=TOOLS, score=SCORE, follow_up=True),
            ),
        ),
        (
            Column.NEWS,
            (
                entry(STORIES[6], abstract="这段只在内部看到。"),
                entry(STORIES[5]),
                entry(STORIES[4]),
            ),
        ),
        (Column.RIGHTS, (entry(STORIES[3]),)),
        (Column.ELSEWHERE, (entry(STORIES[7]),)),
    ),
    board=board(),
    reminders=("金秋助学稿件请于9月30日前报送。", "中秋、国庆慰问活动请提前报送安排。"),
    passed=(
        Passed(
            11, "安福寺镇职工夜校开课", Column.HIGHLIGHTS, "同一单位每天最多一条", SCORE
        ),
    ),
    sources_total=4,
    sources_normal=3,
    source_line="4个来源3个正常；三峡枝江网：今早打不开，保留了昨天的内容。",
    release=Release("何某", "周某", NOW + timedelta(minutes=30), "abc"),
)
YESTERDAY = replace(
    ORDINARY,
    day=DAY - timedelta(days=3),
    number=186,
    total=1023,
    issued_at=moment(3, 7, 55),
    columns=((Column.HIGHLIGHTS, (entry(STORIES[10]),)),),
    passed=(),
    lead="安福寺镇职工夜校开课。",
)
EMPTY = replace(
    ORDINARY,
    columns=(),
    lead="",
    passed=(),
    board=board(stories=0, received=0, adopted=0, rows=(), silent=0),
    reminders=(),
    source_line="",
)
THIN = replace(
    EMPTY,
    lead="今天没有新稿，一起回看这一周。",
    week=tuple(entry(s) for s in (STORIES[0], STORIES[1], STORIES[4], STORIES[3])),
    board=board(),
    reminders=ORDINARY.reminders,
)

SOURCES = (
    SourceReport(
        "hbghw",
        "湖北工会网",
        "省级工会",
        SourceState.NORMAL,
        listed=40,
        new=3,
        changed=1,
        unchanged=36,
        last_good=NOW,
    ),
    SourceReport(
        "ycghw",
        "宜昌工会维权网",
        "市级工会",
        SourceState.PARTIAL,
        listed=20,
        new=1,
        losses=(
            Loss(
                "ycghw",
                FaultClass.TIMEOUT,
                "2 篇文章超时没有打开",
                "http://www.ycghw.example/1.html",
                2,
            ),
        ),
        last_good=NOW,
    ),
    SourceReport(
        "sxzjw",
        "三峡枝江网",
        "本地媒体",
        SourceState.DOWN,
        last_good=moment(1),
        sentence="连接被拒绝，已试 3 次。",
    ),
    SourceReport(
        "zjghw",
        "枝江市总工会网",
        "本级工会",
        SourceState.UNCONFIRMED,
        sentence="请确认栏目地址。",
    ),
)
REPORT = RunReport(
    day=DAY,
    started_at=moment(0, 6, 0),
    ended_at=NOW,
    sources=SOURCES,
    submissions_received=4,
    submissions_waiting=1,
    losses=SOURCES[1].losses,
    merges=(
        Merge(
            5, "省总工会部署高温时段劳动保护", "三峡枝江网", "标题相同，正文相似 96%"
        ),
    ),
    doubts=(TagDoubt(6, LONG_HEADLINE, "夏送清凉", "高温"),),
    holds=(Hold(10, "某厂欠薪一事正在调解", "涉及未结争议，请主席定"),),
    notes=("中秋假期前最后一个工作日。",),
    files_written=12,
    files_unchanged=120,
    exit_code=10,
)


def sixty_stories() -> tuple[Story, ...]:
    units = [i for i, _ in TOWNS]
    return tuple(
        own_story(
            100 + n,
            f"{dict(TOWNS)[units[n % 9]]}第{n}次把服务送到身边 {n * 7}名职工受益",
            units[n % 9],
            "xiasong",
        )
        for n in range(60)
    )


SIXTY_STORIES = sixty_stories()
SIXTY = replace(
    ORDINARY,
    columns=(
        (
            Column.HIGHLIGHTS,
            tuple(
                entry(s, picture=LANDSCAPE if n % 3 else None, score=SCORE)
                for n, s in enumerate(SIXTY_STORIES[:20])
            ),
        ),
        (Column.NEWS, tuple(entry(s) for s in SIXTY_STORIES[20:50])),
        (Column.RIGHTS, tuple(entry(s) for s in SIXTY_STORIES[50:55])),
        (Column.ELSEWHERE, tuple(entry(s) for s in SIXTY_STORIES[55:])),
    ),
)


def draw_pictures(folder: Path) -> Path:
    """The picture store of the samples."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {
        LANDSCAPE: (900, 600),
        PORTRAIT: (600, 900),
        TOOLS: (900, 600),
        UNUSED: (300, 200),
    }
    for name, size in sizes.items():
        picture = Image.new("RGB", size, "#d9c7a3")
        pen = ImageDraw.Draw(picture)
        for step in range(8):
            box = (
                size[0] * step // 9,
                size[1] // 3,
                size[0] * (step + 1) // 9 - 8,
                size[1],
            )
            pen.rectangle(box, fill=("#8a6d3b", "#b8862e", "#5b4a2f")[step % 3])
        picture.save(folder / name, quality=70)
    return folder


def given(pictures: Path, *editions: Edition, **more) -> SiteGiven:
    """What the builder is given: by default the ordinary day and the one before."""
    values = {
        "office": OFFICE,
        "edition_settings": EDITION_SETTINGS,
        "site": SITE,
        "units": UNITS,
        "topics": TOPICS,
        "editions": editions or (ORDINARY, YESTERDAY),
        "stories": STORIES,
        "sources": SOURCES,
        "report": REPORT,
        "pictures": pictures,
        "built_at": NOW,
    }
    return SiteGiven(**(values | more))
