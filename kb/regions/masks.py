"""Names of institutions, roads, media and events that begin with a region's name: 北京大学, 南京路, 云南日报.

Such a name says nothing about the region a text speaks of. 济源市小学 and 厦门市教育局 are no such names: the first
is any school of the town, the second its government.
"""

from __future__ import annotations

import re

# Words that a proper name doesn't hold: after one of them, 学校 or 医院 is any school or hospital of the region.
_PLAIN = (
    "自治区|示范|的|了|和|与|及|或|在|为|将|对|等|有|以|从|让|并|到|把|给|是|各|全|所|个|名|家|区级|市级|省级|县级|中小学|中小|幼儿园|义务|"
    "教育|公办|民办|农村|城乡|乡镇|乡村|城区|普通|优质|全部|适龄|薄弱|新建|新增|建设|实施|推进|城镇|部分|多|两|三|"
    "几|一些|所有|建成|加快|加强|基层|直属|市直|省属|属|小学生|中学生|大学生|学生|教师|老师|校长|人民政府|政府|委|局|厅|部门|机构|单位|内|可|向|请|年|至|"
    "服务|由|应|按|已|未|其|该|本|中央|开展|推动|支持|管理|工作|申请|报名|户籍|审批|尽快|不|等"
)
_TAIL = rf"(?:(?!{_PLAIN})[㐀-鿿A-Za-z0-9“”])"
_FULL_ENDS = "省市县区旗州盟"

_COLLEGE = re.compile(
    rf"{_TAIL}{{0,10}}?(?:大学|学院|学堂|师范学校|师范(?:大学|学院|高等专科学校|附小|附中)?|师专|高专|党校|职校|技校|卫校|商校|中专|职高|研究院|研究所|研究中心|"
    rf"实验室|科学院|社科院|社会科学院|设计院|工程院|交大|理工大学?|师大|财大|医科大学?|农大)(?!生|城|路|科技园)"
)
_SCHOOL = re.compile(
    rf"(?:{_TAIL}|教育){{1,10}}?(?:中学|小学|幼儿园|学校|高中|初中|附中|附小|中心校|完小|书院|分校)(?![生段]|阶段|教育|学生|数)"
    rf"|[第]?[一二三四五六七八九十\d]+(?:中学|小学|中|小|幼|高)(?![个年级心])(?:学校|分校|校区|附中|附小)?"
    rf"|实验(?:学校|中学|小学|高中|幼儿园)|外国语(?:学校|中学|小学)?(?:学校)"
)
_BARE_SCHOOL = re.compile(
    r"(?:大学|学院|中学|小学|一中|二中|三中)(?![生段]|阶段|教育|教师|学生|数|学位|在校|校长)"
)
_ROAD = re.compile(
    r"[东西南北中一二三四五六上下新老前后环]{0,2}(?:路(?![径线网由演演段况基费])|大道|大街|街(?![区镇头])|巷|桥头|立交桥)"
)
_MEDIA = re.compile(
    r"(?:[一-鿿]{0,3}(?:日报|晚报|晨报|商报|早报|时报|都市报|青年报|教育报|新闻网|新闻传媒|电视台|广播电视|卫视|出版社|杂志|画报)|"
    r"(?:发布|头条)(?=客户端|微信|公众号|[”\"》]))"
)
_BODY = re.compile(
    rf"{_TAIL}{{0,10}}?(?:有限责任公司|有限公司|股份公司|集团公司|分公司|总公司|公司|银行|证券交易所|交易所|"
    rf"医院(?!化)|博物馆|图书馆|科技馆|体育馆|纪念馆|美术馆|机场|火车站|高铁站|油田|"
    rf"电厂|水电站|核电站|大桥|长江大桥|高速公路(?=有限|集团|公司|管理局|建设)|铁路局|军区|战区|律师事务所|天文台|动物园|植物园)"
)
_EVENT = re.compile(
    r"(?:冬季?奥(?:林匹克)?运动?会|冬奥会?|奥运会?|亚运会?|世博会?|世园会|青奥会|大运会|全运会|残奥会|"
    r"精神(?!文明|卫生|病|专科|疾病|残疾|障碍)|会议精神|起义|事变|会战|战役|宣言|公报|论坛|车展|马拉松)"
)
# 河南村 and 辽阳镇 lie in 左权县.
_VILLAGE = re.compile(r"村(?![庄镇民集])|村(?=村民)|镇(?![村域区静])|乡(?![村镇土])|街道|社区")
_PATTERNS = (_COLLEGE, _SCHOOL, _MEDIA, _BODY)
_SHORT_PATTERNS = (_BARE_SCHOOL, *_PATTERNS, _ROAD, _EVENT, _VILLAGE)
_WINDOW = 14
# None of the patterns can match where none of these words is near: this settles most places at little cost.
_TRIGGER = re.compile(
    "大学|学院|学堂|学校|中学|小学|高中|初中|附中|附小|幼儿园|中心校|完小|书院|分校|师范|师专|高专|党校|职校|技校|卫校|商校|"
    "中专|职高|研究院|研究所|研究中心|实验室|科学院|社科院|设计院|工程院|交大|理工|师大|财大|医科大|农大|"
    r"[一二三四五六七八九十\d][中小幼高]|路|大道|街|巷|桥|报|新闻|电视|卫视|出版社|杂志|发布|头条|公司|银行|交易所|医院|馆|机场|"
    "站|油田|厂|铁路局|军区|战区|事务所|天文台|动物园|植物园|冬奥|奥运|亚运|世博|世园|青奥|大运|全运|残奥|冬季|精神|起义|事变|"
    "会战|战役|宣言|公报|论坛|车展|马拉松|外国语|村|镇|乡|社区"
)


def mask_end(text: str, end: int, *, full: bool) -> int:
    """Where the proper name ends that a region's name ending at ``end`` begins, -1 if there is none.

    :param full: the region's name ends in 省, 市, 县 … : then 小学 right behind it is no proper name.
    """
    following = text[end : end + 1]
    if not ("㐀" <= following <= "鿿" or following.isalnum() or following == "“"):
        return -1
    if not _TRIGGER.search(text, end, end + _WINDOW):
        return -1
    for pattern in _PATTERNS if full else _SHORT_PATTERNS:
        found = pattern.match(text, end)
        if found:
            return found.end()
    return -1


_AGENCY = ("新华社", "中新社", "中新网", "人民网", "新华网", "央广网", "本报", "本报讯")


def in_dateline(text: str, start: int) -> bool:
    """Whether the name at ``start`` is where an agency reports from: 新华社北京2月3日电."""
    return text.endswith(_AGENCY, max(0, start - 3), start)


def ends_full(surface: str) -> bool:
    """Whether a name carries its level: 保定市, 莲池区."""
    return surface[-1] in _FULL_ENDS and len(surface) > 2
