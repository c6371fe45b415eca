"""Naming counts, measures and money: 成立教育集团数, 新增学位数, 市级统筹资金, 加固重建学校总面积."""

from __future__ import annotations

import re

from ingest.facts.durations import CYCLE
from ingest.facts.endings import suffix
from ingest.facts.granted import granted_sum, per_sum, ruled_sum, scored, spent_on
from ingest.facts.named import Named, Slot, related
from ingest.facts.phrases import (
    change_at_end,
    first_verb,
    is_metric,
    is_money,
    is_person,
    is_relational,
    is_verb_first,
    noun_phrase,
    plain,
    predicate,
    split_verb,
    strip_lead,
    strip_tail,
    verbs_at_end,
    without_means,
)
from ingest.facts.subjects import core

_SPENDING = frozenset(
    {"拨付", "安排", "投入", "下达", "落实", "筹措", "统筹", "统筹安排", "争取", "补助", "给予", "支出"}
)
_FUNDS = re.compile(r".*?(?:资金|经费|专款|补助|补贴|奖补支持|贷款|债券|奖金|奖励)")
_PREDICATES_AFTER = re.compile(
    r"^(?:转|升格|终止|退出|建成|开工|投产|竣工|通车|落地|揭牌|达标|改|撤|关停|投用|投运|上线|落户|签约|开业|停办|摘帽|出列)"
)
_LAND = re.compile(r"^(?:区|县|市|省|州|镇|乡|村|旗)(?:\([^()]*\))?$")
_PREPOSITION = re.compile("[与同对向为在从以给]")
_HANDLED = re.compile("[为把将对向在从与以]")
_STATE = re.compile(r"[于为居“]|在(?!.{5})")
_BENEFICIARY = re.compile(r"(?:为|向|对|给|面向)(?P<who>[^,;。、]{2,14})$")
_FROM_TAIL = re.compile(r"(?:(?<![自理])由|从)(?:(?!贸)[^,;。]{0,8}的?)?$")
_PER_HEAD = re.compile(
    r"(?:超过?|不低于|不少于|达到?|为)?(?P<per>每[百千万]+(?:人口?|常住人口|户|名[一-鿿]{0,4}))$"
)
_AIDED = re.compile(r"^.{4,}?(?:助力|助推|推动|带动|促进|拉动|促使)(?=.{3})")
_EACH = re.compile(r"^每[处个所家间座](?=.{2})")
_LISTING = re.compile(r"^(?:[一-鿿]{2,4}?)?.{12,}?等(?P<what>(?!级).{4,})$")
_FINED = re.compile(r"的?罚款")
_CLASS_TAIL = re.compile(r"(?:班|机构|项目)$")
_CHANGED_TO = re.compile(
    r"^(?:大幅|逐步|逐年|进一步)?(?:提高|增加|增长|提升|减少|压减|压缩|下降|降低|扩大|缩小|调整|上升|上涨|跃升|攀升|扩展|拓展|增|降|升|减|扩|调)"
    r"[到至为]"
)
_MOVED_TO = re.compile(r"[^,。;]{0,8}(?:到|至|为|成)(?:了|约|近|目前的)?")
_ONLY_CHANGE = re.compile(r"(?:增加|减少|提高|下降|提升|增长)了?")
_HEADS = {"户": "户数", "人": "人口数"}
"""Households and people of a place: 13个村民小组,505户1748人."""
_INNER_VERB = re.compile(
    r"(?<=.)(?:新增|新建|新设|建成|新培育|培育|培训|引进|招聘|改造|发放|创建|打造|获批|集聚|转化|办理|惠及|覆盖|服务|受理|"
    r"选派|派出|增加|减少)(?=.{2,}$)"
)


def name_count(slot: Slot, before: Named | None) -> Named:
    """The name of a quantity that counts things or measures an amount."""
    left, right = CYCLE.sub("", plain(slot.left)), plain(slot.right)
    special = scored(slot, right) or spent_on(slot)
    if special:
        return special
    noun, end = ("", 0)
    moving = _CHANGED_TO.match(right) or (left.endswith(("由", "从")) and _MOVED_TO.fullmatch(right))
    moving = moving or (not left.strip("的") and _ONLY_CHANGE.fullmatch(right))
    if slot.base_unit == "元" and _FINED.match(slot.right):
        return Named("罚款金额", "罚款", "罚款")
    if right and right[0] not in ",;:。、)”和与及" and not moving:
        forced = left.endswith("等") or bool(verbs_at_end(strip_tail(left)))
        if forced or not is_verb_first(right):
            noun, end = noun_phrase(right, forced=forced)
    if "、" in noun and end >= len(right.rstrip()) and len(slot.right) < len(slot.beyond):
        # 惠及616.2万名近亲属、共济金额69.1亿元: the last item names the next number.
        kept = noun.rpartition("、")[0]
        noun, end = kept, end - len(noun) + len(kept)
    if noun and slot.base_unit == "元":
        money = _FUNDS.match(noun)
        noun, end = (money.group(), money.end()) if money else (noun, end)
    if noun:
        return _Attributive(slot, left, right, noun, end, before).name()
    return _final(slot, left, right, before)


class _Attributive:
    """A number before its noun: 成立14个教育集团; 24所薄弱学校转为公办; 新增教育用地的14个独立校区."""

    def __init__(self, slot: Slot, left: str, right: str, noun: str, end: int, before: Named | None) -> None:
        self.slot, self.noun, self.end, self.before = slot, noun, end, before
        self.raw = without_means(strip_lead(left))
        self.stripped = strip_tail(self.raw)
        self.rest = right[end:]

    def _named(self, words: str, thing: str = "") -> Named:
        """``words`` with the noun, or with ``thing`` for it."""
        noun = thing or self.noun
        name = suffix(words + self.noun, self.slot.quantity.unit, noun=noun)
        return Named(name, words + self.noun, noun, words, consumed=self.end)

    def name(self) -> Named:
        if self.raw.endswith(("等", "等多")):
            return self._after_list()
        verb = verbs_at_end(self.stripped)
        if self.rest.startswith("全覆盖"):
            return self._named(self.stripped + "覆盖")
        if verb:
            return self._after_verb(verb)
        if not self.stripped:
            return self._opening()
        if self.raw.endswith("的") and 2 <= len(self.stripped) <= 14:
            return self._owned(self.stripped, "")
        if is_metric(self.stripped):
            return Named(self.stripped, self.stripped, self.stripped)
        follow = predicate(self.rest)
        if len(self.stripped) <= 10 and not _HANDLED.match(self.stripped):
            follow = "" if _STATE.match(follow) else follow
            return self._owned("" if len(follow) > 12 or follow.startswith("在") else self.stripped, follow)
        return self._named(follow if len(follow) + len(self.noun) <= 24 else "")

    def _owned(self, owner: str, follow: str) -> Named:
        name = suffix(owner + follow + self.noun, self.slot.quantity.unit, noun=self.noun)
        return Named(name, self.stripped + self.noun, self.noun, consumed=self.end)

    def _after_list(self) -> Named:
        """组建“山海”“杭阿”等15个协作联盟."""
        verb = first_verb(self.stripped)
        if verb or _PREPOSITION.match(self.raw):
            return self._named(verb)
        follow = predicate(self.rest)
        return self._named(follow if len(follow) + len(self.noun) <= 24 else "")

    def _after_verb(self, verb: str) -> Named:
        if self.slot.base_unit == "元" and verb in _SPENDING and is_money(self.noun):
            return Named(self.noun, self.noun, self.noun, verb, consumed=self.end)
        if len(self.stripped) > len(verb):
            helped = _BENEFICIARY.search(self.stripped[: -len(verb)])
            if helped and not helped["who"].startswith("全"):
                return self._named(helped["who"] + verb)
        if _LAND.match(self.noun):
            return self._named(predicate(self.rest) or verb)
        if verb.endswith("覆盖") and "的" in self.noun:
            self.noun = self.noun.split("的")[0]
            self.end = len(self.noun)
            return self._named("覆盖")
        return self._named(verb)

    def _opening(self) -> Named:
        """Nothing names it before the number: 19所学校面貌焕然一新, 建成3个A、2个B."""
        slot, before = self.slot, self.before
        if slot.joined and before and before.verb:
            return self._named(before.verb)
        follow = predicate(self.rest)
        if not follow and self.rest.strip() in ("、", "和", "及", "与") and slot.closing != slot.right:
            closing = plain(slot.closing)
            follow = predicate(closing[noun_phrase(closing)[1] :])
        unit = slot.quantity.unit
        if follow and unit != "元":
            after = _PREDICATES_AFTER.match(follow)
            words = self.noun + follow if after else follow + self.noun
            name = suffix(words, unit, noun=self.noun)
            return Named(name, follow + self.noun, self.noun, follow, consumed=self.end)
        if slot.part and before and before.verb:
            return self._named(before.verb)
        return self._named("")


def _final(slot: Slot, left: str, right: str, before: Named | None) -> Named:
    """A number after its noun: 新增学位13万余个; 成员学校1130所; 由120家压减为12家; 立项54个."""
    unit = slot.quantity.unit
    from_tail = _FROM_TAIL.search(left)
    change = None if from_tail else change_at_end(left)
    if change:
        return _changed(slot, left[: change.start()], _verb_of(change), before)
    granted = granted_sum(slot, left, right, before)
    if granted:
        return granted
    per = _PER_HEAD.search(left)
    if per and per.start():
        subject = strip_tail(strip_lead(left[: per.start()]))
        return Named(suffix(per["per"] + subject, unit, noun=subject), subject, subject)
    body = left[: from_tail.start()] if from_tail else left
    subject = core(strip_tail(_shorter(strip_lead(without_means(strip_lead(body))))))
    ruled = ruled_sum(subject, before)
    if ruled:
        return ruled
    if is_metric(subject):
        subject = _AIDED.sub("", subject)
    if not subject or subject in ("中", "里", "内", "有", "的"):
        return per_sum(slot, before) or _elided(slot, right, before)
    verb, noun = split_verb(subject)
    if unit == "元" and verb in _SPENDING and is_money(noun):
        return Named(noun, noun, noun, verb)
    carried = _carried(slot, subject, verb, noun, before) if before else None
    if carried:
        return carried
    if not noun:
        return Named(suffix(subject, unit), subject, "", subject)
    return _stated(slot, subject, verb, noun, before)


def _stated(slot: Slot, subject: str, verb: str, noun: str, before: Named | None) -> Named:
    """A subject that says what is measured, if need be with the thing or the verb said before it."""
    unit = slot.quantity.unit
    if unit.startswith("元/人") and is_person(subject):
        return Named(f"{subject}补助标准", subject, subject, measure="补助标准")
    owned = related(subject, slot, before) if not verb else subject
    if owned != subject:
        subject = noun = owned
    elif before and slot.part and 0 < len(before.verb) <= 6 and not verb:
        subject, verb = before.verb + subject, before.verb
    return Named(suffix(subject, unit, noun=noun), subject, noun, verb)


_WHOLE_VERBS = {"增": "增加", "降": "下降", "减": "减少", "涨": "上涨"}


def _verb_of(change: re.Match[str]) -> str:
    verb = change["verb"]
    return "净增" if change.group().startswith("净增") else _WHOLE_VERBS.get(verb, verb)


def _changed(slot: Slot, left: str, verb: str, before: Named | None) -> Named:
    """相较五年前减少551所: 普通小学减少数."""
    base = strip_tail(strip_lead(left))
    if not base and before:
        base = before.noun or before.subject
    elif before and len(base) <= 4 and is_relational(base):
        base = before.noun + base
    tail = "额" if slot.quantity.unit == "元" else "量" if is_metric(base) else "数"
    return Named(f"{base}{verb}{tail}", base, base)


def _carried(slot: Slot, subject: str, verb: str, noun: str, before: Named) -> Named | None:
    """What the quantity before lends to this one: its verb, its noun, or itself as the owner."""
    unit = slot.quantity.unit

    def made(name: str, thing: str, verbs: str = "", words: str = "") -> Named:
        return Named(suffix(name, unit, noun=thing), words or name, thing, verbs)

    if verb and slot.same_clause and before.consumed and not slot.joined and len(before.noun) <= 10:
        return made(before.noun + subject, noun or before.noun)
    if slot.joined and not verb and not is_metric(subject):
        inner = _INNER_VERB.search(before.subject) if not before.verb else None
        lent = inner.group() if inner else before.verb
        if lent:
            return made(lent + subject, subject, lent)
    if not noun and before.noun:
        if unit in ("人", "名", "位", "人次") and not is_person(before.noun):
            base = _CLASS_TAIL.sub("", before.noun)
            base = base[: -len(subject)] if base.endswith(subject) else base
            return Named(suffix(base + subject, unit), base + subject, base, subject)
        if unit != "元":
            return made(subject + before.noun, before.noun, subject)
    if before.noun and _EACH.match(subject):
        owned = before.noun + _EACH.sub("", subject)
        return Named(suffix(owned, unit), owned, before.noun)
    if slot.aside and before.noun and not verb and not is_metric(subject) and not slot.joined:
        return made(before.noun + subject, subject, before.noun, subject)
    return None


def _shorter(subject: str) -> str:
    """A long enumeration before 等 falls away: 开展“…、…”等集体交流活动 → 开展集体交流活动."""
    match = _LISTING.match(subject) if len(subject) > 26 else None
    return first_verb(subject) + match["what"] if match else subject


def _elided(slot: Slot, right: str, before: Named | None) -> Named:
    """Nothing before the number: 压减为12家 continues, 12个已接受评估 takes the noun said before."""
    unit = slot.quantity.unit
    strange = before is not None and unit in _HEADS and not slot.elided and not is_person(before.noun)
    if before and not slot.part and not strange and (slot.elided or not is_verb_first(right)):
        name = before.indicator
        if name.endswith(("增速", "降幅", "幅度", "翻番", "倍数", "周期", "期限", "时限")) or (
            unit == "元"
        ) != name.endswith("额"):
            name = suffix(before.subject, unit, noun=before.noun)
        return Named(name, before.subject, before.noun, before.verb)
    follow = predicate(right)
    noun = before.noun if before else ""
    if not follow and unit in _HEADS and noun and not slot.elided and not is_person(noun):
        return Named(_HEADS[unit], _HEADS[unit], _HEADS[unit])
    if follow and unit in ("人", "名", "位") and not is_person(noun):
        noun = ""
    return Named(suffix(follow + noun, unit, noun=noun), follow + noun, noun, follow)
