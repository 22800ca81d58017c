"""Surnames (百家姓 and the frequent ones of today) and names that need no model."""

from __future__ import annotations

import re


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


DOUBLE = _words(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 夏侯 轩辕 "
    "独孤 南宫 西门 端木 申屠 百里 呼延 澹台 公冶 淳于 太史"
)
SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
    "云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常"
    "乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁"
    "荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙"
    "池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温"
    "别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴"
    "殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游"
    "竺权逯盖益桓公肖覃涂闫付代邸揭"
)
# Surnames that hardly ever begin a word of the language.
FREQUENT = (
    "王李刘陈杨赵黄周吴徐孙胡朱郭何罗郑梁谢唐许邓冯韩曹曾彭萧蔡潘袁董余苏叶吕魏蒋田杜"
)
_HAN = "\u4e00-\u9fff"
NAME = (
    f"(?:(?:{'|'.join(DOUBLE)})[{_HAN}]{{1,2}}|[{''.join(sorted(set(SINGLE)))}]"
    f"[{_HAN}×*＊]{{1,2}})"
)
MASKED = frozenset("某×*＊")
# Words that begin with a surname's character and name nobody.
NO_NAMES = frozenset(
    _words("""
    方代 方协 方首 高血 查体 常见 高龄 高空 高管 代表 应聘 应届 计算 管护 劳务
    劳保 安康 温馨
    家里 家属 家庭 家中 家长 家人 和谐 和他 和她 成长 成员 成功 成为 成立 关爱 关心 关于
    高兴 高度 高校 高中 高温 高级 平均 平安 平时 平台 方面 方便 常年 常常 安全 安排 安心
    应当 应该 应急 全部 全体 全家 全市 全镇 全国 全程 全省 任职 任务 任何 向上 向其 向市
    向镇 从事 从小 都能 都是 都有 能够 能力 能手 时候 时间 时代 明确 明年 明白 满意 满足
    满怀 通过 通知 连续 连日 双方 双职 单位 单亲 单身 单独 相关 相互 相继 经过 经济 经常
    经营 经验 管理 解决 解答 解除 劳动 劳模 师傅 师生 文化 文明 文艺 利益 利用 利润 广大
    广泛 国家 国庆 国有 关键 关怀 农民 农村 计划 计件 支持 支付 车间 车辆 车主 程度 程序
    项目 路上 路边 金额 金牌 金秋 水平 水电 水利 包括 包装 席位 符合 温度 温暖 游客 游戏
    查看 查找 后来 后勤 后续 公司 公益 公开 公共 公布 公告 东西 容易 别人 别的 终于 终身
    充分 充足 充电 权益 权利 权力 申请 申报 宣传 宣讲 宣读 冷链 冷饮 干部 干活 干净 干劲
    房屋 房子 强调 强化 盛夏 毛巾 毛毯 安装 于是 余人 余名 余家 余万 花费 元钱 元旦 元的
    胡同 华中 华为 华北 戴上 戴着 谈判 谈心 谈及 谈起 谈到 祝福 祝贺 纪律 纪念 童年 林业
    司机 商会 古城 古镇 步行 步骤 居民 居住 曾经 曾在 越来 简单 简历 简讯 空调 空间 须知
    养老 养殖 丰富 巢湖 融合 融入 新兴 新型 新人 石油 石化 武汉 宁夏 江苏 江西 马上 马路
    白天 白领 黄石 黄冈 荆州 荆门 湛江 汪洋 贝壳 红色 红包 红旗 红榜 红娘
    """)
)


_WHOLE = re.compile(NAME)


def is_full_name(word: str) -> bool:
    """Whether two or three characters are a person's whole, unmasked name."""
    if any(character in MASKED for character in word):
        return False
    if word[:2] in NO_NAMES or word in NO_NAMES:
        return False
    return bool(_WHOLE.fullmatch(word))
