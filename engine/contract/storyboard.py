"""What a text says (Reading) and what the clip will show (Storyboard)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """Languages that textreel reads and writes."""

    ENGLISH = "en"
    CHINESE = "zh"


class Branch(StrEnum):
    """Which preparation a sentence takes."""

    PICTURE = "picture"  #: It shows something: subjects and setting lead.
    SOUND = "sound"  #: It shows nothing by itself: mood and music lead the picture.


class Mood(StrEnum):
    """Mood of a sentence, a scene and its music."""

    CALM = "calm"
    HAPPY = "happy"
    SAD = "sad"
    TENSE = "tense"
    EPIC = "epic"
    PLAYFUL = "playful"
    MYSTERIOUS = "mysterious"


class EntityKind(StrEnum):
    """Kinds of key information."""

    LANDMARK = "LANDMARK"
    COUNTRY = "COUNTRY"
    PLACE = "PLACE"
    PERSON = "PERSON"
    ORGANIZATION = "ORGANIZATION"
    PEOPLE = "PEOPLE"
    DATE = "DATE"
    QUANTITY = "QUANTITY"
    EVENT = "EVENT"
    OBJECT = "OBJECT"
    SCENE = "SCENE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A quantity as a number."""

    value: float
    #: Unit symbol (SI where there is one), for example "m", "kg", "°C", "people"; "" for a bare number.
    unit: str
    #: What is measured, for example "height", "duration", "temperature"; "" when the text does not say.
    dimension: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A span of the text that names something."""

    text: str
    kind: EntityKind
    #: First character, counted in characters of the input as given.
    start: int
    #: One past the last character.
    end: int
    #: Normalised value: ISO date or year range, "324 m height", country code, English gloss; or None.
    normal: str | None = None
    #: The number behind a QUANTITY, else None.
    measure: Measure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence and how it is to be treated."""

    text: str
    start: int
    end: int
    branch: Branch
    #: The reason for the branch, for a person to read.
    why: str
    mood: Mood
    #: 0 (still) to 1 (wild).
    energy: float


class Action(StrEnum):
    """How a subject moves; the motion model turns it into poses."""

    STAND = "stand"
    SWAY = "sway"
    BOB = "bob"
    WALK = "walk"
    RUN = "run"
    FLY = "fly"
    SWIM = "swim"
    DRIVE = "drive"
    FLOAT = "float"
    SPIN = "spin"
    RISE = "rise"
    FALL = "fall"
    SHAKE = "shake"


class Role(StrEnum):
    """How large a part a subject plays in its scene."""

    HERO = "hero"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One thing that a scene draws."""

    #: The words of the text that name it (or the noun behind a pronoun).
    text: str
    #: Id of a concept of the generator's vocabulary, or None when no good match was found.
    concept: str | None
    #: Trust in the match, 0 to 1; 0 when concept is None.
    score: float
    #: The reason for the match, for a person to read.
    why: str
    #: Rough kind for the procedural generator: person, animal, plant, building, tower, bridge, vehicle,
    #: boat, aircraft, food, heart, star, sun, moon, book, number ... or object.
    kind: str = "object"
    #: How many are shown, at least 1.
    count: int = 1
    #: CSS colour name when the text gives the subject a colour, else None.
    colour: str | None = None
    action: Action = Action.STAND
    role: Role = Role.HERO


class Place(StrEnum):
    """Settings that a plate can show."""

    CITY = "city"
    VILLAGE = "village"
    FOREST = "forest"
    MOUNTAINS = "mountains"
    DESERT = "desert"
    SEA = "sea"
    COAST = "coast"
    UNDERWATER = "underwater"
    SKY = "sky"
    SPACE = "space"
    POLAR = "polar"
    FIELD = "field"
    RIVER = "river"
    STREET = "street"
    ROOM = "room"
    STAGE = "stage"
    LABORATORY = "laboratory"
    HOSPITAL = "hospital"
    CLASSROOM = "classroom"
    KITCHEN = "kitchen"
    STADIUM = "stadium"
    FACTORY = "factory"
    COURT = "court"
    TEMPLE = "temple"


class Hour(StrEnum):
    """Hour of the day."""

    DAWN = "dawn"
    NOON = "noon"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    """Weather over the setting."""

    CLEAR = "clear"
    CLOUD = "cloud"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"
    STORM = "storm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where and when a scene plays."""

    place: Place
    hour: Hour
    weather: Weather


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was understood of a text."""

    text: str
    language: Language
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    #: Most telling words first.
    keywords: tuple[str, ...]
    #: What there is to draw, in order of the text; the same thing named twice stands once.
    subjects: tuple[Subject, ...]
    #: Subjects of each sentence (a pronoun brings the noun it stands for), as indices into ``subjects``.
    sentence_subjects: tuple[tuple[int, ...], ...]
    #: Where and when each sentence plays, one for each of ``sentences``.
    settings: tuple[Setting, ...]
    #: What each of ``sentence_subjects`` does in that sentence, in the same order; empty when unknown.
    sentence_actions: tuple[tuple[Action, ...], ...] = ()
    #: Sentences for a person about what could not be honoured, e.g. a third language.
    notes: tuple[str, ...] = ()


class Shot(StrEnum):
    """What a scene does for the clip."""

    ESTABLISHING = "establishing"  #: Setting, hero and title.
    SUBJECT = "subject"  #: The hero acts.
    DATA = "data"  #: A number, a date or a place is shown.
    MOOD = "mood"  #: A sentence of the sound branch: light and motion follow the music.
    CLOSING = "closing"  #: The last picture, with a line to remember.


class DataKind(StrEnum):
    """How a data shot shows its value."""

    COUNTER = "counter"  #: A number that counts up, beside a scale when it is a length or height.
    TIMELINE = "timeline"  #: A year on a line of years.
    LOCATOR = "locator"  #: A place name with a marker.


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPoint:
    """One value that a data shot shows."""

    kind: DataKind
    #: The number (or year); None for a locator.
    value: float | None
    #: Unit as it is written on screen, in the clip's language.
    unit: str
    #: What the value is, in the clip's language ("height", "高度"); "" when unknown.
    label: str
    #: The words of the text.
    text: str
    #: Dimension of the measure ("height", "duration" ...), "" when unknown.
    dimension: str = ""


class Transition(StrEnum):
    """How a scene takes over from the one before it."""

    CUT = "cut"
    DISSOLVE = "dissolve"
    WIPE = "wipe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One shot of the clip."""

    index: int
    #: The sentence (or part of it) that the scene shows.
    text: str
    branch: Branch
    why: str
    shot: Shot
    subjects: tuple[Subject, ...]
    setting: Setting
    mood: Mood
    #: 0 (still) to 1 (wild).
    energy: float
    #: Planned length, in seconds.
    seconds: float
    #: What is written at the foot, at most about two lines.
    caption: str
    #: Large words of an establishing or closing shot, "" for none.
    headline: str = ""
    #: Smaller words under the headline.
    subline: str = ""
    #: What a data shot shows, else None.
    data: DataPoint | None = None
    transition: Transition = Transition.DISSOLVE
    #: Seed of all that is drawn by chance in this scene.
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyboard:
    """The plan of a clip."""

    title: str
    language: Language
    #: Mood of the whole.
    mood: Mood
    style: str
    seed: int
    scenes: tuple[Scene, ...]
    notes: tuple[str, ...] = ()
