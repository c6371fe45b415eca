"""Which region an issuing body, a document number or a site number speaks for."""

from __future__ import annotations

import re
from collections.abc import Collection

from kb.regions.find import find_regions
from kb.regions.mentions import Mention
from kb.regions.names import abbreviation
from kb.regions.tree import NATION, tree

_MINISTRIES = (
    "外交部|国防部|教育部|科学技术部|科技部|工业和信息化部|工信部|国家民族事务委员会|国家民委|公安部|国家安全部|民政部|司法部|财政部|"
    "人力资源和社会保障部|人力资源社会保障部|人社部|自然资源部|生态环境部|环境保护部|住房和城乡建设部|住房城乡建设部|住建部|"
    "交通运输部|水利部|农业农村部|农业部|商务部|文化和旅游部|文化部|卫生部|国家卫生健康委员会|国家卫生健康委|国家卫健委|"
    "退役军人事务部|应急管理部|中国人民银行|审计署|海关总署|国家税务总局|税务总局|国家市场监督管理总局|市场监管总局|"
    "国家广播电视总局|国家体育总局|体育总局|国家统计局|国家知识产权局|国家医疗保障局|国家医保局|国家发展和改革委员会|"
    "国家发展改革委|国家发改委|国家数据局|国家中医药管理局|国家疾控局|国家文物局|国家能源局|国家林业和草原局|国家铁路局|"
    "中国民用航空局|国家邮政局|国家药品监督管理局|国家粮食和物资储备局|国家外汇管理局|国家教委|国家计委|国家经贸委|国家地震局|"
    "中国气象局|中国证监会|银保监会|证监会|国务院国资委|国资委|中央网信办|国家网信办|国家互联网信息办公室|中央编办|中央宣传部|中宣部|"
    "中央组织部|中组部|中央文明办|共青团中央|团中央|全国妇联|全国总工会|中国残联|中国科协|中国银保监会|国家金融监督管理总局"
)
_NATIONAL_BODY = re.compile(
    rf"(?:中共中央(?!党校)|中央(?:办公厅|军委|全面|农村|财经)|国务院|全国人民代表大会|全国人大|全国政协|"
    rf"(?:第[一二三四五六七八九十]+届)?全国人民代表大会|中国人民政治协商会议全国委员会|最高人民(?:法院|检察院)|"
    rf"中国共产党(?:第.{{1,4}}次全国|中央)|中央人民政府|政务院|{_MINISTRIES})"
)
_NATIONAL_OFFICE = re.compile(
    r"(?:国家|中国)(?![(（])[一-鿿]{2,12}?(?:总局|局|委员会|委|办公室|联合会|协会|学会|研究院|中心|管理会)"
)
# 国家税务总局北京市税务局 and 中国银保监会四川监管局 speak for their place.
_BRANCH = re.compile(
    r"[一-鿿]{0,6}?(?:税务局|监管局|监管分局|分局|管理局|调查总队|调查队|分行|支行|办事处|专员办|气象局|邮政局|海关|地震局|通信管理局)"
)
_NATIONAL_LAW = re.compile(
    r"中华人民共和国|国家[^一-鿿]?[一-鿿]{2,12}(?:规划|纲要|方案|标准|办法|规定)|全国[一-鿿]{2,16}(?:规划|纲要|方案|办法)|中国共产党"
)
_NATIONAL_NUMBER = re.compile(
    r"(?:国发|国办发|国函|国办函|国令|中发|中办发|厅字|教[一-鿿]{0,3}|财[一-鿿]{0,3}|人社部[一-鿿]{0,3}|发改[一-鿿]{0,4}|国卫[一-鿿]{0,5}|民[发函]|"
    r"国[一-鿿]{1,4}|工信部[一-鿿]{0,4}|建[一-鿿]{1,2})[〔\[(（]\d{4}[〕\])）]\d+号"
)
_NUMBER = re.compile(r"(?:^|\n)\s*([一-鿿]{2,8})[〔\[(（]\d{4}[〕\])）]\s*\d+\s*号")
_SITE = re.compile(r"网站标识码\s*[::]?\s*(?:bm)?(\d{6})\d{2,4}")
_INDEX = re.compile(r"(?<![0-9A-Z])11(\d{6})[0-9A-Z]{10}/20\d\d-\d{3,}")
_ICP = re.compile(r"([京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵黔云滇藏陕甘青宁新])ICP备\d+号")
_PORTAL = re.compile(r"门户|网站|公众号|客户端|日报|晚报|新闻|融媒体|杂志|编辑部|转载|发布$|政府网")
_BRACKETED = re.compile(r"[(（][^)）]*[)）]")


def is_national_body(name: str) -> bool:
    """Whether a name is that of a body of the whole country: 国务院办公厅, 教育部等八部门."""
    found = _NATIONAL_BODY.match(name) or _NATIONAL_OFFICE.match(name)
    if not found:
        return False
    rest = name[found.end() : found.end() + 24]
    return not any(_BRANCH.match(rest, mention.end) for mention in find_regions(rest))


def is_national_title(title: str) -> bool:
    """Whether a title is that of a law or plan of the whole country: 中华人民共和国…法, 国家…规划."""
    return bool(_NATIONAL_LAW.match(title))


def issuer_region(issuer: str, *, known: Collection[str] = ()) -> str:
    """The region that an issuing body speaks for: 济源示范区教体局 → 419001, 教育部 → 100000, "" if none is told.

    The first body of a joint text decides. A portal or a newspaper that only passes a text on tells nothing.
    """
    name = _BRACKETED.sub("", issuer).strip(" 《》\n")
    if not name or _PORTAL.search(name):
        return ""
    if is_national_body(name):
        return NATION
    mention = first_region(name, known=known)
    return mention.code if mention and (mention.start <= 4 or _NATIONAL_BODY.match(name)) else ""


def first_region(text: str, *, known: Collection[str] = (), masked: bool = True) -> Mention | None:
    """The first region that ``text`` names; one that only begins a school's name counts if ``masked``."""
    fallback: Mention | None = None
    for mention in find_regions(text, known=known):
        if mention.kind != "region" or not mention.code:
            continue
        if mention.role != "masked":
            return mention
        fallback = fallback or mention
    return fallback if masked else None


def number_region(text: str) -> str:
    """The region that a document number at the head of ``text`` tells: 京政办发〔2021〕4号 → 110000.

    Numbers of cities (穗府办规) and ministries without a place in their name tell nothing certain; "" then.
    """
    found = _NUMBER.search(text[:600])
    if not found:
        return ""
    if _NATIONAL_NUMBER.match(found.group().strip()):
        return NATION
    return abbreviation(found.group(1)[0])


def site_region(page: str) -> tuple[str, str]:
    """The region of the government site a page comes from, by its site number, and the words that tell."""
    regions = tree()
    for pattern in (_SITE, _INDEX):
        found = pattern.search(page)
        if found:
            for code in (found.group(1), found.group(1)[:4] + "00", found.group(1)[:2] + "0000"):
                if code in regions:
                    return code, found.group()
    return "", ""


def licence_region(page: str) -> tuple[str, str]:
    """The province of a site by its ICP licence, and the words that tell."""
    found = _ICP.search(page)
    return (abbreviation(found.group(1)), found.group()) if found else ("", "")
