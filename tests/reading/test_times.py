"""The grammar of time expressions, sentence by sentence; without a parse unless the test says so."""

from __future__ import annotations

import re
from calendar import day_name
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Article, Document, Sentence, TimeExpression, Token
from dragoman.reading.times import read_times, reference_of, relation_of

#: A Thursday.
DAY = "2021-05-13"


def document(text: str, published: str | None = DAY, **article: str) -> Document:
    sentences = []
    for match in re.finditer(r"[^\s][^\n]*?(?:[.!?]+(?=\s+[A-Z\"“])|(?=\n)|$)", text):
        tokens = tuple(
            Token(w.group(), w.group().lower(), "", {}, -1, "", match.start() + w.start(), match.start() + w.end())
            for w in re.finditer(r"\w+|\S", match.group())
        )
        sentences.append(Sentence(tokens, match.start(), match.end(), match.group()))
    return Document(Article(id="t", body=text, published=published, **article), tuple(sentences))  # type: ignore[arg-type]


def read(text: str, published: str | None = DAY, **article: str) -> list[TimeExpression]:
    return [e for sentence in read_times(document(text, published, **article)) for e in sentence]


def days(expression: TimeExpression) -> str:
    low, high = (str(d) if d else "" for d in (expression.earliest, expression.latest))
    return low if low == high else f"{low}..{high}"


DATES = [
    # explicit, in all styles
    ("They met on May 5, 2019.", "May 5, 2019", "2019-05-05", "2019-05-05"),
    ("They met on 5 May 2019.", "5 May 2019", "2019-05-05", "2019-05-05"),
    ("They met on the 12th of May.", "the 12th of May", "2021-05-12", "2021-05-12"),
    ("They met on Wednesday, May 12.", "Wednesday, May 12", "2021-05-12", "2021-05-12"),
    ("The note is dated 2019-06-30.", "2019-06-30", "2019-06-30", "2019-06-30"),
    ("The note is dated 30.06.2019.", "30.06.2019", "2019-06-30", "2019-06-30"),
    ("The note is dated 6/30/2019.", "6/30/2019", "2019-06-30", "2019-06-30"),
    ("The note is dated 30/6/2019.", "30/6/2019", "2019-06-30", "2019-06-30"),
    ("They met on Feb. 28.", "Feb. 28", "2021-02-28", "2021-02-28"),
    ("The envoy arrived on December 30.", "December 30", "2020-12-30", "2020-12-30"),
    ("They met in March 2018.", "March 2018", "2018-03", "2018-03-01..2018-03-31"),
    ("They met in 2018.", "2018", "2018", "2018-01-01..2018-12-31"),
    ("The attacks of 9/11 changed that.", "9/11", "2001-09-11", "2001-09-11"),
    # months without a year look where the clause looks
    ("The hotline was cut in June.", "June", "2020-06", "2020-06-01..2020-06-30"),
    ("The two will meet in June.", "June", "2021-06", "2021-06-01..2021-06-30"),
    ("Talks began in March 2019 and broke down in June.", "June", "2019-06", "2019-06-01..2019-06-30"),
    ("The sanctions were extended until October.", "October", "2021-10", "2021-10-01..2021-10-31"),
    # parts
    ("It sought contact in mid-February.", "mid-February", "2021-02", "2021-02-11..2021-02-20"),
    ("It sought contact in early April.", "early April", "2021-04", "2021-04-01..2021-04-10"),
    ("It sought contact in late April.", "late April", "2021-04", "2021-04-21..2021-04-30"),
    ("It was signed in late 2020.", "late 2020", "2020", "2020-09-01..2020-12-31"),
    ("It was signed at the end of 2020.", "the end of 2020", "2020", "2020-10-01..2020-12-31"),
    ("It was signed in the summer of 2020.", "the summer of 2020", "2020-SU", "2020-06-01..2020-08-31"),
    ("It was signed last summer.", "last summer", "2020-SU", "2020-06-01..2020-08-31"),
    ("It will be signed this summer.", "this summer", "2021-SU", "2021-06-01..2021-08-31"),
    ("It was signed in the first half of 2020.", "the first half of 2020", "2020-H1", "2020-01-01..2020-06-30"),
    ("It was signed in the third quarter of last year.", "the third quarter of last year", "2020-Q3", "2020-07-01..2020-09-30"),
    ("It was signed in the last week of March.", "the last week of March", "2021-W12", "2021-03-25..2021-03-31"),
    ("It was signed in June of last year.", "June of last year", "2020-06", "2020-06-01..2020-06-30"),
    ("It was signed earlier this month.", "earlier this month", "2021-05", "2021-05-01..2021-05-13"),
    ("It will be signed later this year.", "later this year", "2021", "2021-05-14..2021-12-31"),
    # weekdays
    ("They met on Wednesday.", "Wednesday", "2021-05-12", "2021-05-12"),
    ("They met on Thursday.", "Thursday", "2021-05-13", "2021-05-13"),
    ("They will meet on Wednesday.", "Wednesday", "2021-05-19", "2021-05-19"),
    ("They met last Thursday.", "last Thursday", "2021-05-06", "2021-05-06"),
    ("They met last Wednesday.", "last Wednesday", "2021-05-05", "2021-05-05"),
    ("They met this past Wednesday.", "this past Wednesday", "2021-05-12", "2021-05-12"),
    ("They met last Monday.", "last Monday", "2021-05-10", "2021-05-10"),
    ("They meet next Monday.", "next Monday", "2021-05-17", "2021-05-17"),
    ("The trip was postponed until Monday.", "Monday", "2021-05-17", "2021-05-17"),
    ("They met over the weekend.", "the weekend", "2021-W18-WE", "2021-05-08..2021-05-09"),
    ("They will meet this weekend.", "this weekend", "2021-W19-WE", "2021-05-15..2021-05-16"),
    # two that say something of each other
    ("They talked from March 5 to March 9, 2019.", "March 5", "2019-03-05", "2019-03-05"),
    ("They met between November and January 2019.", "November", "2018-11", "2018-11-01..2018-11-30"),
    ("They met four times between April and September.", "September", "2021-09", "2021-09-01..2021-09-30"),
    ("It is set for the week of June 7.", "the week of June 7", "2021-W23", "2021-06-07..2021-06-13"),
    ("It came in the last days of the Obama administration.", "the last days of the Obama administration", "PXD", "2017-01-10..2017-01-20"),
    ("They left on the night of January 5.", "the night of January 5", "2021-01-05TNI", "2021-01-05"),
    # counted from the day of writing
    ("They met yesterday.", "yesterday", "2021-05-12", "2021-05-12"),
    ("They will meet the day after tomorrow.", "the day after tomorrow", "2021-05-15", "2021-05-15"),
    ("They met last week.", "last week", "2021-W18", "2021-05-03..2021-05-09"),
    ("They met two weeks ago.", "two weeks ago", "2021-W17", "2021-04-26..2021-05-02"),
    ("They met three days ago.", "three days ago", "2021-05-10", "2021-05-10"),
    ("They met two years ago.", "two years ago", "2019", "2019-01-01..2019-12-31"),
    ("They met more than a year ago.", "more than a year ago", "2020", "..2020-05-13"),
    ("They met last month.", "last month", "2021-04", "2021-04-01..2021-04-30"),
    ("It will end next year.", "next year", "2022", "2022-01-01..2022-12-31"),
    ("The line was cut last February.", "last February", "2021-02", "2021-02-01..2021-02-28"),
    ("It recently reached out.", "recently", "PAST_REF", "..2021-05-13"),
    ("It is now reaching out.", "now", "PRESENT_REF", "2021-05-13"),
    ("It is silent until now.", "until now", "PRESENT_REF", "..2021-05-13"),
    ("It will reach out in the near future.", "the near future", "FUTURE_REF", "2021-05-13.."),
    ("Seoul earlier said so.", "earlier", "PAST_REF", "..2021-05-13"),
    # from what was told before
    ("They met on May 3, 2019. Two days later they parted.", "Two days later", "2019-05-05", "2019-05-05"),
    ("They met on May 3, 2019. The day before, they had talked.", "The day before", "2019-05-02", "2019-05-02"),
    ("They met on May 3, 2019, and again the following month.", "the following month", "2019-06", "2019-06-01..2019-06-30"),
    ("They met in 2018. That year brought a thaw.", "That year", "2018", "2018-01-01..2018-12-31"),
    ("It failed two weeks after May 3, 2019.", "two weeks after May 3, 2019", "2019-W20", "2019-05-13..2019-05-19"),
    # holidays, periods, offices
    ("They met on Christmas Eve.", "Christmas Eve", "2020-12-24", "2020-12-24"),
    ("They met on Easter Monday.", "Easter Monday", "2021-04-05", "2021-04-05"),
    ("They spoke on Thanksgiving 2019.", "Thanksgiving 2019", "2019-11-28", "2019-11-28"),
    ("They met on Lunar New Year 2020.", "Lunar New Year 2020", "2020-01-25", "2020-01-25"),
    ("Ties were cut during the Cold War.", "the Cold War", "1947-03-12/1991-12-26", "1947-03-12..1991-12-26"),
    ("Nothing came until the end of the Trump administration.", "the end of the Trump administration", "2017-01-20/2021-01-20", "2020-01-21..2021-01-20"),
    ("Biden called him a thug during his election campaign.", "his election campaign", "2019-04-25/2020-11-03", "2019-04-25..2020-11-03"),
    # decades, centuries, ranges
    ("It was built in the 1990s.", "1990s", "199", "1990-01-01..1999-12-31"),
    ("It was built in the 19th century.", "19th century", "18", "1801-01-01..1900-12-31"),
    ("The envoy visited from July 25-26.", "July 25-26", "2020-07-25/2020-07-26", "2020-07-25..2020-07-26"),
    ("The envoy will visit July 25-26.", "July 25-26", "2021-07-25/2021-07-26", "2021-07-25..2021-07-26"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "value", "interval"), DATES, ids=[d[0] for d in DATES])
def test_a_date_has_its_words_its_value_and_its_days(text: str, words: str, value: str, interval: str) -> None:
    found = [e for e in read(text) if e.text == words]
    assert [(e.value, days(e)) for e in found] == [(value, interval)], read(text)


AMOUNTS = [
    ("They talked for three days.", "three days", "DURATION", "P3D", ".."),
    ("It was a six-week process.", "six-week", "DURATION", "P6W", ".."),
    ("They have not talked for more than a year.", "more than a year", "DURATION", "P1Y", "..2020-05-13"),
    ("They will not talk for months.", "months", "DURATION", "PXM", ".."),
    ("It was the first call in five years.", "five years", "DURATION", "P5Y", "2016-05-13..2021-05-13"),
    ("It was their first call in two decades.", "two decades", "DURATION", "P20Y", "2001-05-13..2021-05-13"),
    ("The review is expected within weeks.", "weeks", "DURATION", "PXW", "2021-05-20..2021-06-30"),
    ("The review is due within two weeks.", "two weeks", "DURATION", "P2W", "2021-05-13..2021-05-27"),
    ("They will meet in three days.", "three days", "DURATION", "P3D", "2021-05-16"),
    ("They will meet in the coming days.", "the coming days", "DURATION", "PXD", "2021-05-13..2021-05-23"),
    ("They have met in recent weeks.", "recent weeks", "DURATION", "PXW", "2021-03-18..2021-05-13"),
    ("Little has changed in the past two decades.", "the past two decades", "DURATION", "P20Y", "2001-05-13..2021-05-13"),
    ("The call comes a week after he resigned.", "a week", "DURATION", "P1W", "2021-04-29..2021-05-06"),
    ("They talked for two and a half hours.", "two and a half hours", "DURATION", "PT2.5H", ".."),
    ("They talked for half an hour.", "half an hour", "DURATION", "PT30M", ".."),
    ("They talk every Monday.", "every Monday", "SET", "XXXX-WXX-1", ".."),
    ("They talk twice a year.", "twice a year", "SET", "P1Y", ".."),
    ("They talk daily.", "daily", "SET", "P1D", ".."),
    ("They talk every two weeks.", "every two weeks", "SET", "P2W", ".."),
    ("They met at 10 a.m. on Wednesday.", "10 a.m. on Wednesday", "TIME", "2021-05-12T10", "2021-05-12"),
    ("They spoke on Wednesday at 10 a.m. (0100 GMT).", "Wednesday at 10 a.m. (0100 GMT)", "TIME", "2021-05-12T10", "2021-05-12"),
    ("Published: May 12, 2021 - 09:24", "May 12, 2021 - 09:24", "TIME", "2021-05-12T09:24", "2021-05-12"),
    ("They met on Wednesday morning.", "Wednesday morning", "TIME", "2021-05-12TMO", "2021-05-12"),
    ("They will meet tonight.", "tonight", "TIME", "2021-05-13TNI", "2021-05-13"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "kind", "value", "interval"), AMOUNTS, ids=[d[0] for d in AMOUNTS])
def test_an_amount_a_set_or_a_clock_time_has_its_value_and_what_it_reaches(
    text: str, words: str, kind: str, value: str, interval: str
) -> None:
    found = [(e.type, e.value, days(e) or "..") for e in read(text) if e.text == words]
    assert found == [(kind, value, interval)], read(text)


NOTHING = [
    "The 65-year-old minister resigned.",
    "A man aged 30 was held.",
    "Theresa May spoke to the minister.",
    "May said no.",
    "It may march on.",
    "The star is 110 light-years away.",
    "There were 1917 people in the hall.",
    "It cost $2010 a head.",
    "The second letter came by way of Bern.",
    "Prices fall and spring back.",
    "The score was 3:10 and no more.",
    "Trump administration officials declined to comment.",
    "He asked for the minutes of the meeting.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_ages_names_and_sums_are_no_time(text: str) -> None:
    assert [e.text for e in read(text)] == []


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("They met on Wednesday.", "XXXX-WXX", ".."),
        ("They met last month.", "XXXX-XX-XX", ".."),
        ("They met in June.", "XXXX-XX", ".."),
        ("They recently met.", "PAST_REF", ".."),
        ("They met in recent weeks.", "PXW", ".."),
        ("Little changed in the past two years.", "P2Y", ".."),
        ("They met on May 5, 2019.", "2019-05-05", "2019-05-05"),
    ],
)
def test_without_a_publication_date_nothing_is_invented(text: str, value: str, interval: str) -> None:
    assert [(e.value, days(e) or "..") for e in read(text, None)] == [(value, interval)]


@pytest.mark.parametrize(
    ("year", "easter", "eid"),
    [("2019", "2019-04-21", "2019-06-04"), ("2022", "2022-04-17", "2022-05-02"), ("2024", "2024-03-31", "2024-04-10")],
)
def test_moving_feasts_move(year: str, easter: str, eid: str) -> None:
    assert days(read(f"They met on Easter Sunday {year}.")[0]) == easter
    assert days(read(f"They met on Eid al-Fitr {year}.")[0]) == eid


def test_a_washington_story_published_on_thursday_morning_in_seoul_is_written_on_wednesday() -> None:
    place = {"timezone": "Asia/Seoul", "dateline": "WASHINGTON"}
    article = document("", "2021-05-13T09:24", **place).article
    assert reference_of(article).day == date(2021, 5, 12)
    today, wednesday, thursday = (
        read(f"They met {w}.", "2021-05-13T09:24", **place)[0] for w in ("today", "on Wednesday", "on Thursday")
    )
    assert (days(today), today.anchor) == ("2021-05-12", "dateline")
    assert days(wednesday) == "2021-05-12"
    assert days(thursday) == "2021-05-13"


def test_a_time_stamp_in_utc_is_counted_at_the_outlets_home() -> None:
    article = document("", "2021-05-21T01:10:41+00:00", timezone="UTC", outlet="U.S. Department of State").article
    assert reference_of(article).day == date(2021, 5, 20)


def test_strokes_are_read_as_the_outlets_country_writes_them() -> None:
    assert [days(e) for e in read("The note is dated 6/7/2019.", outlet="GOV.UK")] == ["2019-07-06"]
    assert [days(e) for e in read("The note is dated 6/7/2019.")] == ["2019-06-07"]


def test_a_dateline_without_a_time_of_publication_moves_nothing() -> None:
    assert reference_of(document("", "2021-05-13", timezone="Asia/Seoul", dateline="WASHINGTON").article).day == date(
        2021, 5, 13
    )


@pytest.mark.parametrize("word", ["since", "until", "by", "before", "after", "during"])
def test_the_word_that_binds_an_expression_stands_in_its_rule(word: str) -> None:
    assert [relation_of(e) for e in read(f"Nothing came {word} March 2021.")] == [word]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met on May 5, 2019.", "2019-05-05"),
        ("They met in May 2019.", "2019-05"),
        ("They met in mid-May 2019.", "2019-05-11/2019-05-20"),
        ("They met in the summer of 2019.", "2019-22"),
        ("They met in the 1990s.", "199X"),
        ("They recently met.", "../2021-05-13"),
        ("They met in the second quarter of 2019.", "2019-34"),
        ("They talked for three days.", None),
    ],
)
def test_edtf_is_given_where_something_is_bounded(text: str, edtf: str | None) -> None:
    assert [e.edtf for e in read(text)] == [edtf]


def _word(form: str, lemma: str, upos: str, head: int, deprel: str, start: int, **feats: str) -> Token:
    return Token(form, lemma, upos, feats, head, deprel, start, start + len(form))


def test_the_parse_decides_where_the_nearest_word_would_not() -> None:
    text = "Envoys expected on Friday left."
    tokens = (
        _word("Envoys", "envoy", "NOUN", 4, "nsubj", 0),
        _word("expected", "expect", "VERB", 0, "acl", 7, VerbForm="Part", Tense="Past"),
        _word("on", "on", "ADP", 3, "case", 16),
        _word("Friday", "Friday", "PROPN", 1, "obl", 19),
        _word("left", "leave", "VERB", -1, "root", 26, VerbForm="Fin", Tense="Past"),
        _word(".", ".", "PUNCT", 4, "punct", 30),
    )
    parsed = Document(Article(id="t", body=text, published=DAY), (Sentence(tokens, 0, len(text), text),))
    assert [days(e) for e in read_times(parsed)[0]] == ["2021-05-07"]


def test_a_quotation_counts_from_the_day_of_the_speech() -> None:
    text = 'The minister said on Monday: "We talk tomorrow."'
    words = list(re.finditer(r"\w+|\S", text))
    tokens = tuple(Token(w.group(), w.group().lower(), "X", {}, -1, "dep", w.start(), w.end()) for w in words)
    opened = next(i for i, w in enumerate(words) if w.group() == '"')
    quoted = Sentence(tokens, 0, len(text), text, quoted=((opened, len(words) - 1),))
    found = read_times(Document(Article(id="t", body=text, published=DAY), (quoted,)))[0]
    assert [(e.text, days(e), e.anchor) for e in found] == [
        ("Monday", "2021-05-10", "published"),
        ("tomorrow", "2021-05-11", "speech"),
    ]


def test_offsets_point_into_the_text_of_the_place() -> None:
    text = "Nothing was said.\nThey met on May 5, 2019, in Bern."
    found = read(text)
    assert [text[e.start : e.end] for e in found] == ["May 5, 2019"]


VOCABULARY = """on in the last next this mid - early late Monday May March 31 30 12 2020 1999 1990s weeks days ago later before after year month two a
    half three quarter of and Christmas Easter Ramadan 10 a.m. GMT today tomorrow : , . ( ) 10:30 summer end beginning within for first time
    recently past century 21st decade every other Trump administration during his campaign until 99999 0000 2021-02-30 29 February hours
    minutes ' 's Q 1 / 13 following previous that same day night morning from to between noon each times more than fiscal '82"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=30).map(" ".join)
DATES_OF_ARTICLES = st.one_of(st.none(), st.dates().map(str))


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(st.text(max_size=200), WORDS), published=DATES_OF_ARTICLES)
def test_any_text_and_any_date_give_ordered_expressions_that_stand_in_the_text(
    text: str, published: str | None
) -> None:
    found = read(text, published)
    assert all(e.text == text[e.start : e.end] and e.text for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(e.earliest <= e.latest for e in found if e.earliest and e.latest)
    assert all(e.value and e.rule for e in found)


@settings(max_examples=100, deadline=None)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), weekday=st.integers(0, 6))
def test_a_past_weekday_lies_in_the_week_up_to_publication_and_a_planned_one_in_the_week_from_it(
    day: date, weekday: int
) -> None:
    name = day_name[weekday]
    (past,) = read(f"They met on {name}.", str(day))
    (ahead,) = read(f"They will meet on {name}.", str(day))
    assert past.earliest and ahead.earliest
    assert past.earliest.weekday() == ahead.earliest.weekday() == weekday
    assert day - timedelta(days=7) < past.earliest <= day <= ahead.earliest < day + timedelta(days=7)


def test_a_month_of_that_year_is_of_the_year_told_before_it() -> None:
    found = {t.text: t.value for t in read("The line opened in July 2019. In August of that year it fell silent.")}
    assert found["August of that year"] == "2019-08"


def test_a_month_of_a_year_is_no_eve() -> None:
    found = read("The line opened in July 2019, a year after. In August of that year it fell silent.", None)
    assert not [t for t in found if t.rule == "eve"]
