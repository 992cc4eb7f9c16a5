"""Words for roles and groups of people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from engine.contract.storyboard import Action, Language
from engine.stages.understand.gazetteer import names, read_rows

PEOPLE_FILE = Path(__file__).with_name("data") / "people.tsv"
#: English words for people that are too general to count as key information.
_GENERAL = frozenset(
    {
        "person",
        "human",
        "individual",
        "guy",
        "human being",
        "fellow",
        "generation",
        "one",
        "people",
        "somebody",
        "someone",
        "everyone else",
        "arrival",
        "case",
        "winner",
        "loser",
        "rival",
        "captain",
        "society",
        "nation",
        "family",
        "favourite",
        "substitute",
        "community",
        "speaker",
        "server",
        "model",
        "host",
        "twin",
    }
)
_GENERAL_ZH = frozenset(
    {"人", "大人", "自己", "人类", "大家", "成人", "先生", "王", "团队", "人士", "群体", "当事人"}
)
#: Chinese words in 人 that name no group or role.
_NO_PEOPLE_ZH = frozenset(
    [
        "个人",
        "糖人",
        "面人",
        "泥人",
        "石人",
        "铁人",
        "木人",
        "纸人",
        "本人",
        "机器人",
        "他人",
        "人人",
        "猎人们",
        "别人",
        "某人",
        "做人",
        "为人",
        "惊人",
        "感人",
        "动人",
        "迷人",
        "令人",
        "众人",
        "雪人",
        "稻草人",
        "巨人",
        "小矮人",
        "机械人",
        "我们",
        "你们",
        "他们",
        "她们",
        "它们",
        "咱们",
        "人们",
        "丢人",
        "何人",
        "每人",
        "无人",
        "有人",
        "世人",
        "私人",
        "吸引人",
        "外星人",
        "原始人",
    ]
)
#: English endings of roles that the table does not list.
_ROLE_ENDING = re.compile(
    r"(?:ologist|ician|grapher|keeper|smith|monger|wright|woman|[a-z]{3}man|people|folk)$"
)
#: Chinese endings of roles, with the concept that shows one; the whole word must have two characters or more.
_ZH_ENDINGS = {
    "学家": "scientist",
    "专家": "scientist",
    "艺术家": "artist",
    "运动员": "person_running",
    "演员": "performing_arts",
    "爱好者": "person_standing",
    "工作者": "office_worker",
    "工人": "factory_worker",
    "艺人": "performing_arts",
    "教师": "teacher",
    "医师": "health_worker",
    "工程师": "mechanic",
    "队员": "person_running",
    "们": "people_holding_hands",
    "作者": "person_standing",
    "负责人": "office_worker",
    "管理者": "office_worker",
    "商人": "office_worker",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWord:
    """A word for people and how one of them is shown."""

    #: English singular form.
    english: str
    #: Concept that shows one of them.
    concept: str
    action: Action
    #: False for words as general as "person": no key information, though they can be drawn.
    telling: bool = True


class PeopleTable:
    """Finds roles by word."""

    def __init__(self, rows: list[tuple[list[str], list[str], str, str]]) -> None:
        self._roles: dict[Language, dict[str, PeopleWord]] = {Language.ENGLISH: {}, Language.CHINESE: {}}
        for english, chinese, concept, action in rows:
            for name in english:
                role = PeopleWord(
                    english=name,
                    concept=concept,
                    action=Action(action) if action else Action.STAND,
                    telling=name not in _GENERAL,
                )
                self._roles[Language.ENGLISH].setdefault(name.lower(), role)
            for word in chinese:
                role = PeopleWord(
                    english=english[0],
                    concept=concept,
                    action=Action(action) if action else Action.STAND,
                    telling=word not in _GENERAL_ZH,
                )
                self._roles[Language.CHINESE].setdefault(word, role)

    @classmethod
    def load(cls, path: Path = PEOPLE_FILE) -> PeopleTable:
        """Read the table of roles."""
        return cls([(names(row[0]), names(row[1]), row[2], row[3]) for row in read_rows(path)])

    def words(self, language: Language) -> tuple[str, ...]:
        """Return the words of the table."""
        return tuple(self._roles[language])

    def listed(self, word: str, language: Language) -> PeopleWord | None:
        """Return the role that a word of the table names, or None."""
        found = self._roles[language].get(word)
        if found is None and language is Language.CHINESE and word.endswith("们"):
            found = self._roles[language].get(word[:-1])
        return found

    def role(self, word: str, language: Language) -> PeopleWord | None:
        """Return the role that a word (English: lemma, may be two words; Chinese: simplified) names, or None.

        Words that the table does not list are judged by their ending.
        """
        found = self.listed(word, language)
        if found is not None:
            return found
        if language is Language.ENGLISH:
            known = (
                " " not in word and _ROLE_ENDING.search(word) and word not in {"german", "roman", "talisman"}
            )
            return PeopleWord(english=word, concept="person_standing", action=Action.STAND) if known else None
        if len(word) in {2, 3} and word.endswith("人") and word not in _NO_PEOPLE_ZH:
            return PeopleWord(english="", concept="person_standing", action=Action.STAND)
        for ending, concept in _ZH_ENDINGS.items():
            if (
                word.endswith(ending)
                and (len(word) > len(ending) or word == "学家")
                and word not in _NO_PEOPLE_ZH
            ):
                return PeopleWord(english="", concept=concept, action=Action.STAND)
        return None
