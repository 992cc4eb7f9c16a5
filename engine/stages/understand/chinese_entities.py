"""Key information of Chinese sentences: LAC's tags, mended by tables and rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.contract.storyboard import EntityKind, Language
from engine.stages.understand.english_entities import table_mention
from engine.stages.understand.gazetteer import DATA, Gazetteer, read_rows
from engine.stages.understand.people import PeopleTable
from engine.stages.understand.words import Mention, ParsedSentence, Word

_ZH = Language.CHINESE
_LANDMARK_END = re.compile(
    r"(?:铁塔|宝塔|佛塔|电视塔|灯塔|大桥|大厦|城堡|宫殿|皇宫|故宫|行宫|教堂|清真寺|寺|寺庙|神庙|神社|博物馆|博物院|美术馆|纪念馆|纪念碑|"
    r"体育场|体育馆|歌剧院|大剧院|图书馆|长城|金字塔|石窟|陵|陵墓|园林|故居|古城遗址|遗址|瀑布|大峡谷|峡谷|火山|雪山|冰川|溶洞|国家公园|公园|"
    r"动物园|植物园|广场|城墙|钟楼|鼓楼|阁|楼|塔|山|峰|祠|牌坊|大坝|水坝|天文台|天文馆|大佛|堂|宫|亭|殿|庵)$"
)
_NO_LANDMARK = frozenset(
    [
        "大山",
        "高山",
        "青山",
        "下山",
        "上山",
        "江山",
        "高楼",
        "大楼",
        "登山",
        "爬山",
        "火山",
        "雪山",
        "宝塔",
        "铁塔",
        "广场",
        "公园",
        "教堂",
        "寺庙",
        "城堡",
        "宫殿",
        "皇宫",
        "瀑布",
        "峡谷",
        "冰川",
        "高塔",
        "灯塔",
        "博物馆",
        "图书馆",
        "体育场",
        "大桥",
        "大厦",
        "遗址",
        "山峰",
        "阁楼",
        "塔楼",
        "酒楼",
        "红楼",
        "青楼",
        "办公楼",
        "教学楼",
        "石窟",
        "动物园",
        "城墙",
        "陵墓",
        "大佛",
        "纪念碑",
    ]
)
_PLACE_END = re.compile(
    r"(?:省|市|县|区|州|镇|乡|村|洲|岛|群岛|半岛|平原|高原|盆地|草原|沙漠|河|江|湖|海|洋|湾|海峡|运河|星|街|路)$"
)
_ORG_END = re.compile(
    r"(?:大学|学院|公司|集团|银行|委员会|协会|组织|联合国|研究院|研究所|研究中心|政府|法院|医院|中学|小学|出版社|航天局|总局|管理局|部|"
    r"俱乐部|联盟|队|基金会|报社|电视台|通讯社|实验室|工厂|剧院|剧团|乐团|歌舞团|艺术团|学会|商会|工会|杂志社|日报|晚报|科技|股份|航空|气象台|管理处|服务中心|办公室|团队)$"
)
_EVENT = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z0-9]{1,8})?(?:奥运会|冬奥会|世界杯|锦标赛|运动会|电影节|音乐节|艺术节|文化节|啤酒节|博览会|世博会|马拉松赛|(?<=[\u4e00-\u9fff])马拉松(?!选手|比赛|运动员|跑|爱好者)|峰会|战役|"
    r"起义|之战|革命|大地震|变法|运动会|演唱会|发布会|世锦赛|颁奖典礼|事变|惨案|大捷|之变|登陆战|空难|海啸|联赛|公开赛|大奖赛|嘉年华|庙会|龙舟赛|灯会)"
)
#: Characters that may follow a name inside one word of LAC: 西湖边.
_AFTER_NAMES = frozenset("边畔旁上里内外岸人市省县区城队式产")
_EVENT_STOP = re.compile(
    r"^(?:.*[的在了年和与是，、]|第[一二三四五六七八九十0-9]+届|本届|这场|一场|这次|一次|举办|参加|举行|一年一度)"
)
_SCENE = re.compile(
    r"(?:美景|风景|景色|夜景|风光|夜空|全景|日出|日落|星空|雪景|云海|晚霞|山水|夕阳|田园风光|美丽景色|湖光山色)$"
)
_SCENE_SPAN = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,8}?)(?:的)?(?P<scene>美景|景色|夜景|风光|夜空|全景|雪景|日出|日落|星空)"
)
_TITLE_AFTER = re.compile(
    r"^(?:皇帝|大帝|女王|国王|天皇|法老|可汗|苏丹|一世|二世|三世|四世|五世|六世|十四世|十五世|十六世)+"
)
_TITLE_BEFORE = re.compile(r"(?:汉武帝|皇帝|女王|国王|沙皇|法老|教皇|可汗|皇后)$")
#: Emperors by their temple or era names.
_RULER = re.compile(
    r"(?:汉|魏|晋|隋|唐|宋|元|明|清|周|梁|陈|齐|秦|金|辽)[\u4e00-\u9fff](?:祖|宗|帝)(?![国王都师])"
    r"|(?:康熙|乾隆|雍正|嘉庆|道光|光绪|万历|永乐|洪武|崇祯|顺治|咸丰|同治)(?:皇帝|帝)?(?!年)"
    r"|[\u4e00-\u9fff·]{2,6}(?:[一二三四五六七八九]|十[一二三四五六]?)世(?![纪界])"
)
#: Characters that foreign names are written with.
_TRANSLITERATION = frozenset(
    "阿埃艾安奥巴贝比波伯布查达德迪蒂东多恩尔法菲费弗夫福盖戈格古哈海汉赫霍基吉加贾杰卡凯康考柯科克库拉莱兰朗劳雷里利莉丽林琳隆鲁路伦罗洛"
    "马玛麦曼梅门蒙米密莫默姆慕那娜纳内尼娘涅宁牛纽努诺欧帕庞佩彭皮珀普奇恰切乔琼丘茹萨塞森莎山尚舍圣施史什舒斯丝苏索塔泰坦汤唐特提汀图托"
    "瓦万威韦维魏温文翁沃乌伍西希锡夏谢辛雅亚扬耶叶伊因尤于约泽扎詹珍兹朱佐茨士顿"
)
#: Last characters of names of animals, plants and food, which LAC takes for places when one is in them.
_LIVING = frozenset("鸟鱼鸥鹤鹰虎熊豹猫狗马羊牛鹿猴蛇龟蛙虫蜂蝶花草树茶酒菜面饭饼糕肉鸭鹅鸡")
_COLOURS_ONLY = re.compile(r"^[金黄红白黑绿蓝紫灰橙粉银青褐棕]+色?$")
_FOREIGN = re.compile(
    rf"[{''.join(sorted(_TRANSLITERATION))}]{{1,6}}(?:·[{''.join(sorted(_TRANSLITERATION))}]{{1,7}})+"
)


#: Roles that go with the noun before them: 足球 + 运动员.
_ROLE_TAILS = frozenset({"学家", "运动员", "爱好者", "工作者", "教师", "医师", "工程师", "设计师"})
_SURE = frozenset({EntityKind.LANDMARK, EntityKind.PERSON, EntityKind.ORGANIZATION})


class ChineseEntities:
    """Finds mentions in Chinese sentences. Spans are found in simplified characters; offsets are the same."""

    def __init__(
        self, gazetteer: Gazetteer, people: PeopleTable, common: frozenset[str] = frozenset()
    ) -> None:
        self._gazetteer = gazetteer
        self._people = people
        #: Common nouns, which are no names whatever LAC says.
        self._common = common
        self._surnames = frozenset("".join(row[0] for row in read_rows(DATA / "surnames.txt")))

    def find(self, plain: str, sentence: ParsedSentence) -> Iterator[Mention]:
        """Yield the mentions of one sentence of ``plain`` (simplified text); they may overlap."""
        starts = {word.start for word in sentence.words}
        ends = {word.end for word in sentence.words}
        for hit in self._gazetteer.find(plain, sentence.start, sentence.end, _ZH):
            length = hit.end - hit.start
            aligned = (hit.start in starts) + (
                hit.end in ends or plain[hit.end : hit.end + 1] in _AFTER_NAMES
            )
            team = (
                plain[hit.end : hit.end + 1] == "队"
                and hit.end + 1 in ends
                and hit.entry.kind is not EntityKind.PERSON
            )
            if team:
                yield Mention(
                    start=hit.start, end=hit.end + 1, kind=EntityKind.ORGANIZATION, priority=63, source="team"
                )
            yield from self._before_name(plain, sentence, hit.start)
            if team:
                continue
            if aligned == 2 or (length > 2 and aligned) or (length > 3):
                yield table_mention(hit, 62 if hit.entry.kind in _SURE else 56)
        for match in _RULER.finditer(plain, sentence.start, sentence.end):
            end = match.end()
            title = _TITLE_AFTER.match(plain[end : min(end + 4, sentence.end)])
            end += len(title.group()) if title else 0
            yield Mention(start=match.start(), end=end, kind=EntityKind.PERSON, priority=61, source="rulers")
        yield from self._from_tags(plain, sentence)
        yield from self._from_patterns(plain, sentence)

    def _before_name(self, plain: str, sentence: ParsedSentence, start: int) -> Iterator[Mention]:
        """The city that stands before a sight inside one word of LAC: 南京 in 南京夫子庙."""
        word = next((word for word in sentence.words if word.start < start < word.end), None)
        entry = self._gazetteer.lookup(plain[word.start : start], _ZH) if word is not None else None
        if word is not None and entry is not None and entry.kind in {EntityKind.PLACE, EntityKind.COUNTRY}:
            normal = entry.country if entry.kind is EntityKind.COUNTRY else entry.english
            yield Mention(
                start=word.start,
                end=start,
                kind=entry.kind,
                priority=62,
                normal=normal,
                source="before a name",
            )

    def _from_tags(self, plain: str, sentence: ParsedSentence) -> Iterator[Mention]:
        words = sentence.words
        for index, word in enumerate(words):
            name = plain[word.start : word.end]
            if word.tag == "PER" and self._is_name(plain, words, index):
                yield self._person(plain, words, index)
            elif word.tag == "ORG" and len(name) > 1 and not self._is_thing(name):
                kind = (
                    EntityKind.LANDMARK
                    if _is_landmark(name) and not _ORG_END.search(name)
                    else EntityKind.ORGANIZATION
                )
                yield Mention(start=word.start, end=word.end, kind=kind, priority=48, source="model")
            elif self._people.listed(name, _ZH) is not None:
                yield from self._common_noun(plain, words, index)
            elif word.tag == "LOC" and len(name) > 1:
                yield from self._location(name, word)
            elif word.tag in {"nz", "nw"} and name.isascii() and len(name) > 1 and name[0].isupper():
                yield from self._latin(name, word)
            elif word.tag in {"n", "nz", "r", "nw", "vn", "m"}:
                yield from self._common_noun(plain, words, index)

    def _is_name(self, plain: str, words: tuple[Word, ...], index: int) -> bool:
        """Whether what LAC takes for a person is one: by its family name, its sound, or a role before it."""
        name = plain[words[index].start : words[index].end]
        if len(name) < 2 or name in self._common or self._people.listed(name, _ZH) is not None:
            return False
        after_role = (
            index > 0
            and self._people.role(plain[words[index - 1].start : words[index - 1].end], _ZH) is not None
        )
        foreign = len(name) > 2 and all(char in _TRANSLITERATION for char in name)
        return foreign or after_role or "·" in name or name[0] in self._surnames

    def _person(self, plain: str, words: tuple[Word, ...], index: int) -> Mention:
        word = words[index]
        start, end = word.start, word.end
        title = _TITLE_AFTER.match(plain[end : end + 4])
        if title:
            end += len(title.group())
        if index and _TITLE_BEFORE.search(plain[words[index - 1].start : start]):
            start = words[index - 1].start
        return Mention(start=start, end=end, kind=EntityKind.PERSON, priority=50, source="model")

    def _is_thing(self, name: str) -> bool:
        """Whether a name that LAC takes for an organization only ends in a common noun (熊猫宝宝)."""
        if len(name) > 5 or _ORG_END.search(name) or self._gazetteer.lookup(name, _ZH) is not None:
            return False
        return any(name[first:] in self._common for first in range(1, len(name) - 1))

    def _location(self, name: str, word: Word) -> Iterator[Mention]:
        entry = self._gazetteer.lookup(name, _ZH)
        if entry is None and (name in self._common or _COLOURS_ONLY.match(name) or name[-1] in _LIVING):
            return
        if entry is not None:
            kind = entry.kind
        elif _is_landmark(name):
            kind = EntityKind.LANDMARK
        elif name.endswith(("国", "帝国", "王国", "共和国")) and name not in {
            "各国",
            "外国",
            "全国",
            "祖国",
            "我国",
        }:
            kind = EntityKind.COUNTRY
        elif _ORG_END.search(name) and not _PLACE_END.search(name):
            kind = EntityKind.ORGANIZATION
        else:
            kind = EntityKind.PLACE
        normal = (entry.country if entry.kind is EntityKind.COUNTRY else entry.english) if entry else None
        if name not in {"各国", "外国", "全国", "我国", "各地", "当地", "国内", "海外"}:
            yield Mention(
                start=word.start, end=word.end, kind=kind, priority=49, normal=normal, source="model"
            )

    def _latin(self, name: str, word: Word) -> Iterator[Mention]:
        entry = self._gazetteer.lookup(name, Language.ENGLISH)
        if entry is not None:
            normal = entry.country if entry.kind is EntityKind.COUNTRY else entry.english
            yield Mention(
                start=word.start, end=word.end, kind=entry.kind, priority=57, normal=normal, source="table"
            )
        elif (
            name.isupper()
            and 3 <= len(name) <= 6
            and name not in {"DNA", "RNA", "CPU", "GPU", "GDP", "LED", "APP", "USB", "PPT", "CEO"}
        ):
            yield Mention(
                start=word.start, end=word.end, kind=EntityKind.ORGANIZATION, priority=30, source="capitals"
            )

    def _common_noun(self, plain: str, words: tuple[Word, ...], index: int) -> Iterator[Mention]:
        word = words[index]
        name = plain[word.start : word.end]
        role = self._people.role(name, _ZH)
        if index and word.tag == "n" and _is_built(name) and _names_it(words, index):
            yield Mention(
                start=words[index - 1].start,
                end=word.end,
                kind=EntityKind.LANDMARK,
                priority=52,
                source="compound",
            )
        herd = name.endswith("们") and name[:-1] in self._common and self._people.listed(name, _ZH) is None
        if role is not None and role.telling and not herd:
            start = word.start
            before = words[index - 1] if index else None
            if (
                name in _ROLE_TAILS
                and before is not None
                and before.tag in {"n", "nz", "vn"}
                and before.end == start
            ):
                start = before.start
            yield Mention(
                start=start,
                end=word.end,
                kind=EntityKind.PEOPLE,
                priority=36,
                normal=role.english or None,
                source="people table",
            )
        elif word.tag == "nz" and _ORG_END.search(name) and len(name) > 2:
            yield Mention(
                start=word.start, end=word.end, kind=EntityKind.ORGANIZATION, priority=40, source="ending"
            )
        elif word.tag == "nz" and _is_landmark(name) and len(name) > 2:
            yield Mention(
                start=word.start, end=word.end, kind=EntityKind.LANDMARK, priority=40, source="ending"
            )

    def _from_patterns(self, plain: str, sentence: ParsedSentence) -> Iterator[Mention]:
        for match in _EVENT.finditer(plain, sentence.start, sentence.end):
            start = _event_start(plain, sentence, match)
            if match.end() - start > 2:
                yield Mention(
                    start=start, end=match.end(), kind=EntityKind.EVENT, priority=58, source="pattern"
                )
        for match in _FOREIGN.finditer(plain, sentence.start, sentence.end):
            starts = [word.start for word in sentence.words if match.start() <= word.start < match.end()]
            first = starts[0] if starts else match.start()
            yield Mention(start=first, end=match.end(), kind=EntityKind.PERSON, priority=47, source="pattern")
        yield from self._scenes(plain, sentence)

    def _scenes(self, plain: str, sentence: ParsedSentence) -> Iterator[Mention]:
        """A view: the name or noun before 美景, 夜景 ..., with a 的 between them when there is one."""
        words = sentence.words
        for index, word in enumerate(words):
            if index == 0 or not _SCENE.search(plain[word.start : word.end]):
                continue
            first = index - 1
            if plain[words[first].start : words[first].end] == "的" and first > 0:
                first -= 1
            if words[first].is_noun or words[first].pos == "ADJ":
                while first > 0 and words[first - 1].tag == "LOC" and words[first].tag == "LOC":
                    first -= 1
                yield Mention(
                    start=words[first].start,
                    end=word.end,
                    kind=EntityKind.SCENE,
                    priority=95,
                    source="pattern",
                )


def _event_start(plain: str, sentence: ParsedSentence, match: re.Match[str]) -> int:
    """Return where the name of an event begins: at most three nouns before its kind, 杭州 + 马拉松."""
    begin = match.start()
    words = [word for word in sentence.words if word.start < match.end() and word.end > begin]
    start = match.end()
    for word in reversed(words[-4:]):
        named = word.tag in {"n", "nz", "nw", "vn", "LOC", "ORG", "PER", "TIME", "s"} or word.text.isascii()
        if word.end < match.end() and (not named or _EVENT_STOP.match(plain[word.start : word.end])):
            break
        start = max(begin, word.start)
    return start


def _is_built(name: str) -> bool:
    return name in {
        "体育场",
        "体育馆",
        "博物馆",
        "博物院",
        "纪念馆",
        "美术馆",
        "图书馆",
        "天文馆",
        "大桥",
        "大剧院",
        "公园",
        "动物园",
        "植物园",
        "广场",
        "大厦",
        "教堂",
    }


def _names_it(words: tuple[Word, ...], index: int) -> bool:
    """Whether the word before a building is part of its name: 工人体育场, but not 一座城市图书馆."""
    before = words[index - 1]
    if before.tag in {"LOC", "PER", "ORG", "nz"}:
        return True
    counted = index > 1 and words[index - 2].tag in {"m", "r", "q", "a", "u"}
    return before.tag == "n" and not counted and len(before.text) + len(words[index].text) >= 4


def _is_landmark(name: str) -> bool:
    return len(name) > 1 and name not in _NO_LANDMARK and bool(_LANDMARK_END.search(name))
