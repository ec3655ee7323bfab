"""A working paper as long as they get: two hours, 40 interventions, a bit more than the 8,500 words allowed."""

from __future__ import annotations

from isegoria.report.paper import Chart, Footnote, Name, Paper, Paragraph, Quotation, Runs, Section, Table
from tests.domain.story import NOON

_TOPICS = ("Local implementation", "Challenges", "Public procurement", "International mechanisms")
_NAMES = (
    Name("Ana Lima", "pt"),
    Name("محمد عبد الله", "ar"),
    Name("王小明", "zh"),
    Name("Олена Коваль", "uk"),
    Name("Aïcha Traoré", "fr"),
    Name("अनीता शर्मा", "hi"),
    Name("דוד לוי", "he"),
    Name("Nguyễn Thị Hà", "vi"),
)
_CITIES = (Name("Nairobi"), Name("بلدية تونس الكبرى", "ar"), Name("São Paulo"), Name("تهران", "fa"))
_SAID = (
    "Budgets are voted on in each neighbourhood, and the votes are published with the minutes, so that residents can "
    "see what became of their proposals and why some of them were not taken up (2023-2025). "
)
_QUOTES = (
    Quotation("نصوّت هنا على الميزانية (عام 2026) مع UN-Habitat.", "ar", (_NAMES[1], ", 12:31")),
    Quotation("Les droits humains commencent dans nos quartiers.", "fr", (_NAMES[4], ", 12:40")),
    Quotation("人权从我们的社区开始，每一位居民都可以发表意见。", "zh", (_NAMES[2], ", 12:52")),
    Quotation("Права людини починаються вдома.", "uk", (_NAMES[3], ", 13:05")),
)


def _intervention(number: int) -> Runs:
    words = _SAID * (4 + number % 3)
    source = Footnote(f"Record of the session, intervention {number}.")
    return ("The representative of the city of ", _CITIES[number % 4], " stated: ", words.rstrip(), source)


def _topic(at: int) -> Section:
    first = at * 10 + 1
    items = tuple(_intervention(number) for number in range(first, first + 5))
    alone = (Paragraph(_intervention(number)) for number in range(first + 5, first + 10))
    return Section(2, _TOPICS[at], (Paragraph(("Practices.",), items=items), *alone, _QUOTES[at]))


def _speakers() -> Table:
    rows: tuple[tuple[Runs, ...], ...] = tuple(
        (
            (str(number),),
            (_NAMES[number % 8], ", Mayor, ", _CITIES[number % 4], " (on behalf of ", Name("Network of Cities"), ")"),
            ("local government" if number % 2 else "civil society",),
            (_TOPICS[(number - 1) // 10],),
            (f"2:{number:02}",),
        )
        for number in range(1, 41)
    )
    return Table("Interventions", ("No.", "Speaker", "Constituency", "Topic", "Time used"), rows, frozenset({0, 4}))


_REGIONS = (("Africa", 14.0), ("Latin America and the Caribbean", 11.0), ("الشرق الأوسط", 7.5), ("Not known", 0.0))
FULL = Paper(
    title="Consultation on local government and human rights",
    subtitle="Working paper",
    tier="internal",
    language="en",
    session="hr57",
    date="24 November 2026",
    made_from=NOON,
    head="3f2a19c4d0e1" * 5 + "abcd",
    rehearsal=True,
    summary=(("40 interventions were heard, and 3 written contributions were received.",), (_SAID * 3,)),
    sections=(
        Section(1, "Introduction", (Paragraph(("Held by ", Name("OHCHR"), " and ", _NAMES[1], ", 12:00 to 14:00.")),)),
        Section(1, "Opening remarks", (Paragraph((_NAMES[0], " said: ", _SAID * 2)),)),
        Section(1, "Summary of interventions", (Paragraph(("Interventions are arranged by theme.",)),)),
        *(_topic(at) for at in range(4)),
        Section(1, "Cross-cutting observations", (Paragraph(("[To be written by the rapporteur.]",)),)),
        Section(1, "Speakers by constituency", (_speakers(),), annex=True),
        Section(
            1,
            "Statistics",
            (
                Chart("Interventions by region", _REGIONS, "interventions"),
                Table(
                    "Interventions by region",
                    ("Region", "Interventions"),
                    tuple(((Name(name),), (f"{value:g}",)) for name, value in _REGIONS),
                    frozenset({1}),
                ),
            ),
            annex=True,
        ),
        Section(1, "Method", (Paragraph((f"Its chain ends with {'3f2a19c4d0e1' * 5}abcd.",), numbered=False),), True),
    ),
    words=8_600,
)
