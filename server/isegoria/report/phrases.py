"""The few words that a transcript says of itself, in the languages that we have; all others are told in English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True, slots=True)
class Phrases:
    """`at` of a stretch is its beginning and end, `name` and `other` are names. Marks stand in square brackets."""

    comma: str
    as_spoken: str
    between: str
    substitute: str
    part: str
    participant: str
    not_captioned: str
    off_the_record: str
    held_back: str
    machine: str
    translated: str
    rehearsal: str
    publishable: str
    internal: str
    protected: str
    not_for_report: str
    chatham_house: str


ENGLISH = Phrases(
    comma=", ",
    as_spoken="As spoken",
    between="Between speakers",
    substitute="{name}, for {other}",
    part="part {number}",
    participant="A participant",
    not_captioned="[not captioned from {began} to {ended}]",
    off_the_record="[off the record]",
    held_back="[held back]",
    machine="Automatic captions, not an official record.",
    translated="Machine interpretation, not an official record. Only the original speech is authentic.",
    rehearsal="Rehearsal. Nobody said this.",
    publishable="What was said between speakers is not in here, nor what speakers did not allow to be published.",
    internal="Internal, not for others.",
    protected="protected",
    not_for_report="not for the report",
    chatham_house="Chatham House Rule",
)

_PHRASES = {
    "en": ENGLISH,
    "es": Phrases(
        comma=", ",
        as_spoken="En el idioma original",
        between="Entre intervenciones",
        substitute="{name}, en nombre de {other}",
        part="parte {number}",
        participant="Una persona participante",
        not_captioned="[sin subtítulos de {began} a {ended}]",
        off_the_record="[sin constancia en acta]",
        held_back="[retenido]",
        machine="Subtítulos automáticos; no son un acta oficial.",
        translated="Interpretación automática; no es un acta oficial. Solo el discurso original es auténtico.",
        rehearsal="Ensayo. Nadie ha dicho esto.",
        publishable=(
            "No figura lo que se dijo entre intervenciones, ni lo que sus autores no permitieron que se publicara."
        ),
        internal="Interno, no compartir.",
        protected="persona protegida",
        not_for_report="no para el informe",
        chatham_house="Regla de Chatham House",
    ),
    "fr": Phrases(
        comma=", ",
        as_spoken="Langue de l’intervention",
        between="Entre les interventions",
        substitute="{name}, au nom de {other}",
        part="partie {number}",
        participant="Une personne participante",
        not_captioned="[pas de sous-titres de {began} à {ended}]",
        off_the_record="[hors procès-verbal]",
        held_back="[retenu]",
        machine="Sous-titres automatiques, sans valeur de compte rendu officiel.",
        translated=(
            "Interprétation automatique, sans valeur de compte rendu officiel. Seul l’original prononcé fait foi."
        ),
        rehearsal="Répétition. Personne n’a dit cela.",
        publishable=(
            "N’y figurent ni les propos tenus entre les interventions, "
            "ni ceux dont leurs auteurs n’ont pas permis la publication."
        ),
        internal="Interne, à ne pas diffuser.",
        protected="personne protégée",
        not_for_report="pas pour le rapport",
        chatham_house="règle de Chatham House",
    ),
    "ar": Phrases(
        comma="، ",
        as_spoken="بلغة المتحدث",
        between="بين المداخلات",
        substitute="{name}، نيابة عن {other}",
        part="الجزء {number}",
        participant="أحد المشاركين",
        not_captioned="[لا توجد ترجمة نصية من {began} إلى {ended}]",
        off_the_record="[خارج المحضر]",
        held_back="[محجوب]",
        machine="ترجمة نصية آلية، وليست محضرا رسميا.",
        translated="ترجمة فورية آلية، وليست محضرا رسميا. والكلام الأصلي وحده هو ذو الحجية.",
        rehearsal="تدريب تجريبي. لم يقل أحد هذا الكلام.",
        publishable="لا يتضمن هذا النص ما قيل بين المداخلات، ولا ما لم يسمح المتحدثون بنشره.",
        internal="داخلي، وليس للتداول.",
        protected="شخص محمي",
        not_for_report="ليس للتقرير",
        chatham_house="قاعدة تشاتام هاوس",
    ),
    "zh": Phrases(
        comma="，",
        as_spoken="发言原文",
        between="发言间隙",
        substitute="{name}（代{other}发言）",
        part="第{number}部分",
        participant="一位与会者",
        not_captioned="[{began}至{ended}无字幕]",
        off_the_record="[不作记录]",
        held_back="[暂不公开]",
        machine="自动生成的字幕，并非正式记录。",
        translated="机器口译，并非正式记录。仅以发言原文为准。",
        rehearsal="演练。并无人说过这些话。",
        publishable="不包括发言间隙的内容，也不包括发言人未允许公布的内容。",
        internal="内部文件，请勿外传。",
        protected="受保护人员",
        not_for_report="不列入报告",
        chatham_house="查塔姆研究所规则",
    ),
    "ru": Phrases(
        comma=", ",
        as_spoken="На языке оратора",
        between="Между выступлениями",
        substitute="{name}, вместо {other}",
        part="часть {number}",
        participant="Участник",
        not_captioned="[нет субтитров с {began} до {ended}]",
        off_the_record="[не для протокола]",
        held_back="[не публикуется]",
        machine="Автоматические субтитры, не официальный протокол.",
        translated="Машинный перевод, не официальный протокол. Аутентична только исходная речь.",
        rehearsal="Репетиция. Никто этого не говорил.",
        publishable="Сюда не вошло сказанное между выступлениями и то, что ораторы не разрешили публиковать.",
        internal="Для внутреннего пользования, не передавать.",
        protected="защищаемое лицо",
        not_for_report="не для доклада",
        chatham_house="правило Чатем-хаус",
    ),
    "pt": Phrases(
        comma=", ",
        as_spoken="Na língua original",
        between="Entre intervenções",
        substitute="{name}, em nome de {other}",
        part="parte {number}",
        participant="Uma pessoa participante",
        not_captioned="[sem legendas de {began} a {ended}]",
        off_the_record="[não consta da ata]",
        held_back="[retido]",
        machine="Legendas automáticas; não são uma ata oficial.",
        translated="Interpretação automática; não é uma ata oficial. Só o discurso original é autêntico.",
        rehearsal="Ensaio. Ninguém disse isto.",
        publishable="Não consta o que se disse entre intervenções, nem o que os autores não permitiram publicar.",
        internal="Interno, não partilhar.",
        protected="pessoa protegida",
        not_for_report="não para o relatório",
        chatham_house="Regra de Chatham House",
    ),
    "ca": Phrases(
        comma=", ",
        as_spoken="En la llengua original",
        between="Entre intervencions",
        substitute="{name}, en nom de {other}",
        part="part {number}",
        participant="Una persona participant",
        not_captioned="[sense subtítols de {began} a {ended}]",
        off_the_record="[no consta en acta]",
        held_back="[retingut]",
        machine="Subtítols automàtics; no són una acta oficial.",
        translated="Interpretació automàtica; no és una acta oficial. Només el discurs original és autèntic.",
        rehearsal="Assaig. Ningú no ha dit això.",
        publishable="No hi consta el que es va dir entre intervencions, ni el que els autors no van permetre publicar.",
        internal="Intern, no compartir.",
        protected="persona protegida",
        not_for_report="no per a l’informe",
        chatham_house="Regla de Chatham House",
    ),
}


def phrases(language: str) -> Phrases:
    """Those of a BCP 47 language, whatever its region."""
    return _PHRASES.get(_primary(language), ENGLISH)


def country(code: str, language: str) -> str:
    """A country's name in a language (CLDR), or its code where there is none."""
    return str(_locale(language).territories.get(code, code))


def own_name(language: str) -> str:
    """A language's name for itself, or its tag where CLDR has none."""
    try:
        return Locale.parse(language, sep="-").get_display_name() or language
    except (ValueError, UnknownLocaleError):
        return language


@cache
def _locale(language: str) -> Locale:
    """Of the language of our words, so that a line does not mix two."""
    primary = _primary(language)
    return Locale(primary if primary in _PHRASES else "en")


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
