"""The timeline's picture and its table: what each form means, that nothing is lost, and that no text of a page gets out of its place."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timelines import CHANNELS, DAY, KINDS, STATUSES, act, link, many, report, thread, zoom

from dragoman.desk.timeline import Drawing, draw, style
from dragoman.desk.timeline_rows import MOST_MARKS

NS = {"s": "http://www.w3.org/2000/svg"}


def drawn(acts: list[dict[str, Any]], threads: Any = (), **more: Any) -> Drawing:
    return draw(threads, acts, **{"as_of": DAY, "link": link, "zoom": zoom, **more})


def root(drawing: Drawing, *, narrow: bool = False) -> ET.Element:
    return ET.fromstring(drawing.narrow if narrow else drawing.wide)


def of_class(tree: ET.Element, name: str) -> list[ET.Element]:
    return [e for e in tree.iter() if name in (e.get("class") or "").split()]


def marks(tree: ET.Element) -> list[ET.Element]:
    return of_class(next(e for e in tree.iter() if e.get("class") == "tl-acts"), "tl-mark")


def words(tree: ET.Element) -> list[str]:
    return [e.text or "" for e in tree.iter(f"{{{NS['s']}}}text")]


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_has_a_form_of_its_own(status):
    tree = root(drawn([act(1, status=status)]))
    (mark,) = marks(tree)
    assert f"tl-{status}" in (mark.get("class") or "")
    forms = {
        "hatched": any((e.get("fill") or "").startswith("url(#tl-hatch") for e in mark),
        "struck": bool(of_class(mark, "tl-strike")),
        "going on": bool(of_class(mark, "tl-going")),
    }
    told = {"attempted": "hatched", "not_done": "struck", "disputed": "struck", "ongoing": "going on"}.get(status)
    assert [name for name, there in forms.items() if there] == ([told] if told else [])
    # What the style sheet alone tells apart: filled, ring, dashed.
    assert status == "attempted" or re.search(rf"\.tl-{status}(\.| )", style())


def test_each_kind_of_act_has_a_shape_of_its_own():
    shapes = {of_class(marks(root(drawn([act(1, act=k)])))[0], "tl-shape")[0].get("d") for k in KINDS}
    assert len(shapes) == 5


def test_the_stem_says_whose_act_it_was():
    acts = [act(1), act(2, **{"from": ["PRK"], "to": ["USA"], "act": "reply"}), act(3, act="meeting")]
    drawing = drawn(acts, label=lambda c: {"USA": "United States", "PRK": "North Korea"}[c])
    sides = {(m.get("class") or "").split()[-1] for m in marks(root(drawing))}
    assert sides == {"tl-side1", "tl-side2", "tl-side0"}
    assert {"by United States", "by North Korea"} <= set(words(root(drawing)))


def test_every_mark_is_a_link_to_its_act_and_says_what_it_is():
    tree = root(drawn([act(1, "2021-02-11", "2021-02-20", status="attempted", about="the review", channel=["phone"])]))
    (found,) = [a for a in tree.iter(f"{{{NS['s']}}}a") if (a.get("href") or "").startswith("/act/")]
    assert found.get("href") == "/act/0000000000000001"
    told = "USA → PRK overture, attempted; 11–20 Feb 2021; phone; the review; 1 report"
    assert found.get("aria-label") == told == found.findtext("s:title", namespaces=NS)


def test_a_vague_day_is_a_soft_bar_as_wide_as_its_range():
    drawing = drawn(
        [act(1, "2021-03-01", "2021-03-31"), act(2, "2021-05-01", "2021-05-01")],
        first=date(2021, 1, 1),
        last=date(2021, 6, 30),
    )
    (bar,) = of_class(root(drawing), "tl-soft")[:1]
    days = (1188 - 152) / 181
    assert float(bar.get("width") or 0) == pytest.approx(31 * days, abs=0.2)
    assert float(bar.get("x") or 0) == pytest.approx(152 + 59 * days, abs=0.2)


@pytest.mark.parametrize(
    ("earliest", "latest", "fade"), [(None, "2021-03-14", "left"), ("2021-03-14", None, "right"), (None, None, "left")]
)
def test_an_open_end_fades(earliest, latest, fade):
    found = act(1, earliest, latest, reports=[report(1, "2021-03-14")])
    (bar,) = [e for e in of_class(root(drawn([found])), "tl-soft") if e.get("fill")]
    assert (bar.get("fill") or "").startswith(f"url(#tl-{fade}")


def test_a_plan_without_a_day_fades_into_what_comes():
    found = act(1, None, None, status="planned", reports=[report(1, "2021-03-14")])
    (bar,) = [e for e in of_class(root(drawn([found])), "tl-soft") if e.get("fill")]
    assert (bar.get("fill") or "").startswith("url(#tl-right")


def test_a_silence_that_lasts_fades_at_the_as_of_line():
    opening = act(1, "2021-02-11", "2021-02-20", thread=f"{9:016x}")
    tree = root(drawn([opening], [thread(9, [opening], [("2021-02-20", "open")], silence_days=[124, 133])]))
    (silence,) = of_class(tree, "tl-silent")
    line = next(e for e in of_class(tree, "tl-asof-line"))
    at = float((line.get("d") or "M0").removeprefix("M").split(",")[0])
    ends = [float(e.get("x") or 0) + float(e.get("width") or 0) for e in silence.iter() if e.get("width")]
    assert max(ends) == pytest.approx(at, abs=0.2)
    assert any((e.get("fill") or "").startswith("url(#tl-silence") for e in silence.iter())
    assert not of_class(silence, "tl-answer")
    assert silence.get("href") == "/thread/0000000000000009"
    assert "no answer reported, 124–133 days on 24 Jun 2021" in (silence.get("aria-label") or "")


def test_a_silence_that_was_answered_ends_in_a_tick():
    opening = act(1, "2021-02-11", "2021-02-20", thread=f"{9:016x}")
    drawing = drawn([opening], [thread(9, [opening], [("2021-02-20", "open"), ("2021-03-18", "declined")])])
    (silence,) = of_class(root(drawing), "tl-silent")
    assert len(of_class(silence, "tl-answer")) == 1
    assert drawing.silences[0] | {"what": ""} == {
        "thread": f"{9:016x}",
        "href": f"/thread/{9:016x}",
        "what": "",
        "parties": ["USA", "PRK"],
        "subject": "",
        "from": "11–20 Feb 2021",
        "until": "18 Mar 2021",
        "days": "26–35 days",
        "state": "declined",
        "ended": True,
    }


def test_a_silence_that_began_before_the_window_says_so():
    opening, later = (
        act(1, "2021-02-11", "2021-02-20", thread=f"{9:016x}"),
        act(2, "2021-05-01", "2021-05-01", thread=f"{9:016x}"),
    )
    threads = [thread(9, [opening, later], [("2021-02-20", "open")], silence_days=[124, 133])]
    for acts in ([opening], [opening, later]):
        tree = root(drawn(acts, threads, first=date(2021, 4, 1), last=date(2021, 6, 30)))
        (silence,) = of_class(tree, "tl-silent")
        assert "no answer since 11–20 Feb 2021" in words(
            silence
        ) or "no answer since 11–20 Feb 2021 · 124–133 days" in words(silence)
    # On the row of what its thread has in the window.
    bar, mark = next(e for e in silence.iter() if e.get("height") == "13"), marks(tree)[0]
    assert float(bar.get("y") or 0) + 6.5 == float((mark.get("transform") or "").rstrip(")").split(",")[1])


def test_what_is_acknowledged_is_silent_still_and_what_was_answered_at_once_is_not():
    opening = act(1)
    still = drawn([opening], [thread(9, [opening], [("2021-03-01", "open"), ("2021-03-05", "acknowledged")])])
    assert [s["ended"] for s in still.silences] == [False]
    assert drawn([opening], [thread(9, [opening], [("2021-03-01", "accepted")])]).silences == []


def test_lanes_are_channels_and_an_act_over_two_stands_on_both():
    drawing = drawn([act(1, channel=["phone", "email"]), act(2, channel=["unspecified"])])
    tree = root(drawing)
    assert [e.text for e in of_class(tree, "tl-lane")][:3] == ["phone", "email", "channel not told"]
    assert len(marks(tree)) == 3
    assert len(drawing.table) == 2
    assert len(of_class(tree, "tl-same")) == 1


def test_lanes_may_be_pairs():
    acts = [act(1), act(2, to=["JPN", "KOR"]), act(3), act(3)]
    drawing = drawn(acts, lanes="pair")
    assert [e.text for e in of_class(root(drawing), "tl-lane")][:6] == ["PRK", "USA", "JPN", "USA", "KOR", "USA"]
    assert len(drawing.table) == 3


def test_reports_stand_at_the_time_of_their_publication():
    reports = [
        report(1, "2021-03-01T00:00"),
        report(2, "2021-03-01T12:00+09:00"),
        report(3, None),
        report(4, "2021-03-20"),
    ]
    tree = root(drawn([act(1)], reports=reports, first=date(2021, 3, 1), last=date(2021, 3, 20)))
    at = [float((e.get("d") or "").removeprefix("M").split(",")[0]) for e in of_class(tree, "tl-note-tick")][:3]
    day = (1188 - 152) / 20
    assert at == pytest.approx([152, 152 + day / 2, 152 + 19.5 * day], abs=0.2)


def test_a_far_outlier_is_left_out_of_the_first_view_and_shown_by_the_link_to_all():
    acts = [act(0, "2012-06-01", "2012-06-30"), *(act(i, f"2021-0{i}-01", f"2021-0{i}-01") for i in range(1, 6))]
    drawing = drawn(acts)
    assert drawing.first.year >= 2020
    assert (drawing.earlier, drawing.later, len(drawing.table)) == (1, 0, 5)
    everything = {label: href for label, href, _ in drawing.zooms}["all"]
    first, last = (date.fromisoformat(x.split("=")[1]) for x in everything.removeprefix("?").split("&"))
    assert len(drawn(acts, first=first, last=last).table) == 6


def test_zooming_leads_to_whole_years_quarters_months_and_weeks():
    zooms = {label: href for label, href, _ in drawn([act(1)]).zooms}
    assert zooms["year"] == "?from=2021-01-01&to=2021-12-31"
    assert zooms["quarter"] == "?from=2021-04-01&to=2021-06-30"
    assert zooms["month"] == "?from=2021-06-01&to=2021-06-30"
    assert zooms["week"] == "?from=2021-06-21&to=2021-06-27"
    month = drawn([act(1)], first=date(2021, 6, 1), last=date(2021, 6, 30))
    assert {label: href for label, href, _ in month.zooms}["earlier"] == "?from=2021-05-01&to=2021-05-31"
    assert [label for label, _, current in month.zooms if current] == ["month"]


@pytest.mark.parametrize(
    ("first", "last", "seen"),
    [((2021, 6, 21), (2021, 6, 27), {"Jun 2021", "21", "27"}), ((2021, 6, 1), (2021, 8, 31), {"2021", "7 Jun", "23 Aug"}), ((2021, 1, 1), (2021, 12, 31), {"Jan", "Dec"}),
     ((2017, 1, 1), (2021, 12, 31), {"2017", "Q1", "Q4"}), ((1990, 1, 1), (2021, 12, 31), {"1990", "2021"}), ((1700, 1, 1), (2021, 12, 31), {"1700", "2000"})],
)  # fmt: skip
def test_the_axis_is_as_fine_as_its_names_have_room(first, last, seen):
    tree = root(drawn([act(1)], first=date(*first), last=date(*last)))
    assert seen <= set(words(tree))


def test_a_hundred_years_and_the_calendars_ends_are_drawn():
    for first, last in (
        (date.min, date.max),
        (date.min, date.min),
        (date.max, date.max),
        (DAY, DAY),
        (DAY, date(2020, 1, 1)),
    ):
        for narrow in (False, True):
            assert root(drawn([act(1)], first=first, last=last), narrow=narrow) is not None


def test_without_an_act_there_is_an_empty_picture():
    drawing = drawn([])
    assert drawing.table == drawing.silences == []
    assert "0 acts" in drawing.wide


def test_too_many_acts_are_counted_with_links_to_see_them():
    threads, acts = many(2000)
    drawing = drawn(acts, threads)
    tree = root(drawing)
    bins = of_class(tree, "tl-bin")
    assert (
        sum(
            int(m[1])
            for b in bins
            if (m := re.search(r": (\d+) acts?: ", (b.get("aria-label") or "").replace(",", "")))
        )
        == 2000
    )
    assert all((b.get("href") or "").startswith("?from=") for b in bins)
    assert len(drawing.table) == 2000
    assert len(drawing.wide) < 600_000 and len(drawing.narrow) < 600_000


@pytest.mark.parametrize("count", [20, 200, 2000])
@pytest.mark.parametrize("days", [1, 30, 365, 2200])
def test_no_picture_holds_more_marks_than_it_may(count, days):
    threads, acts = many(count, years=1)
    drawing = drawn(acts, threads, first=date.fromordinal(DAY.toordinal() - days), last=DAY)
    for narrow in (False, True):
        assert len(marks(root(drawing, narrow=narrow))) <= MOST_MARKS


def test_no_two_marks_of_a_lane_cover_each_other():
    threads, acts = many(60, years=3)
    for narrow in (False, True):
        at: dict[float, list[float]] = {}
        for mark in marks(root(drawn(acts, threads), narrow=narrow)):
            x, y = (float(v) for v in re.findall(r"-?[\d.]+", mark.get("transform") or ""))
            at.setdefault(y, []).append(x)
        gaps = [b - a for xs in at.values() for a, b in zip(sorted(xs), sorted(xs)[1:], strict=False)]
        assert min(gaps) >= 12.5


def test_labels_stay_on_their_side_of_the_as_of_line_and_off_other_marks():
    from dragoman.desk.timeline_svg import width_of

    threads, acts = many(40, years=2)
    tree = root(drawn(acts, threads))
    placed: dict[float, list[float]] = {}
    for mark in marks(tree):
        x, y = (float(v) for v in re.findall(r"-?[\d.]+", mark.get("transform") or ""))
        placed.setdefault(y, []).append(x)
    labels = of_class(tree, "tl-label")
    assert len(labels) > 20
    for label in labels:
        x, y, wide = float(label.get("x") or 0), float(label.get("y") or 0) - 4, width_of(label.text or "", 11)
        first, last = (x - wide, x) if label.get("text-anchor") == "end" else (x, x + wide)
        assert [m for m in placed[y] if first < m < last] == []


def test_many_pairs_are_drawn_as_the_busiest_and_the_others():
    acts = [act(i, to=[f"P{i % 40:02}"]) for i in range(200)]
    drawing = drawn(acts, lanes="pair")
    assert "other pairs" in words(root(drawing))
    assert len(drawing.table) == 200


def test_the_legend_names_what_is_drawn_and_nothing_else():
    told = set(words(root(drawn([act(1, status="attempted"), act(2, "2021-04-01", "2021-04-01", act="meeting")]))))
    assert {
        "attempted",
        "done",
        "overture, proposal, message, mediation",
        "call, meeting, visit",
        "report published",
    } <= told
    assert not {"planned", "agreement", "disputed", "silence until an answer"} & told


def test_the_table_says_what_the_picture_shows():
    (row,) = drawn([act(1, "2021-02-11", "2021-02-20", thread="t", about="the review", channel=["phone"])]).table
    assert (row["lane"], row["when"], row["what"], row["thread_href"]) == (
        "phone",
        "11–20 Feb 2021",
        "USA → PRK overture, done",
        "/thread/t",
    )
    assert row["reports"] == [
        {"key": f"{1:016x}", "href": f"/report/{1:016x}", "label": "The Courier · Envoys talked", "day": "2021-02-20"}
    ]


def test_the_same_is_there_for_programs():
    import json

    threads, acts = many(20)
    found = drawn(acts, threads).as_json()
    assert json.loads(json.dumps(found)) == json.loads(json.dumps(found))
    assert len(found["acts"]) + found["earlier"] + found["later"] == 20


def test_the_file_is_a_document_of_its_own_with_its_style():
    tree = ET.fromstring(drawn([act(1)]).file)
    assert tree.find("s:style", NS) is not None
    assert float(tree.get("width") or 0) == 1200


def test_an_address_that_leads_elsewhere_is_refused():
    for href in (
        "javascript:alert(1)",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "act/1",
        "/a\nb",
        "",
    ):
        with pytest.raises(ValueError, match="no local address"):
            drawn([act(1)], link=lambda kind, name, href=href: href)


# ----------------------------------------------------------------------------------------------------------- hostile text

ALLOWED = {"svg", "title", "desc", "defs", "pattern", "linearGradient", "stop", "g", "rect", "path", "text", "a"}
ATTRIBUTES = {
    "class", "id", "role", "aria-label", "aria-labelledby", "aria-hidden", "href", "viewBox", "x", "y", "width", "height", "rx", "d", "transform", "fill",
    "text-anchor", "offset", "stop-opacity", "patternUnits", "patternTransform",
}  # fmt: skip
ATTACKS = st.sampled_from(
    ["<script>alert(1)</script>", "]]></title><script>x</script>", '" onload="x', "' onfocus='x", "&lt;b&gt;", "&#x3c;script&#x3e;", "<!--", "\x00\x0b\ud800", "\u202egnp.exe",
     "javascript:alert(1)", "</svg><img src=x onerror=alert(1)>", "\ufffe\uffff", "a" * 5000, "é" * 400, "漢字" * 100, "<![CDATA[", "%3Cscript%3E", "\r\n\r\n"]
)  # fmt: skip
TEXTS = (
    st.text(max_size=40)
    | ATTACKS
    | st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Co", "Zl", "Zp"]), max_size=10)
)
DAYS = st.dates().map(str) | st.none() | TEXTS


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_text_stays_text(data):
    some = data.draw
    acts = [
        act(
            n,
            some(DAYS),
            some(DAYS),
            act=some(st.sampled_from(KINDS)),
            status=some(st.sampled_from(STATUSES)),
            channel=some(st.lists(st.sampled_from(CHANNELS), min_size=1, max_size=2)),
            about=some(TEXTS),
            thread=f"{9:016x}",
            reports=[report(n, some(DAYS), title=some(TEXTS), outlet=some(TEXTS))],
            **{"from": some(st.lists(TEXTS, max_size=2)), "to": some(st.lists(TEXTS, max_size=2))},
        )
        for n in range(3)
    ]
    threads = [
        thread(
            9,
            acts,
            [(some(DAYS), "open"), (some(DAYS), "declined")],
            subject=some(TEXTS),
            parties=[some(TEXTS), some(TEXTS)],
        )
    ]
    drawing = drawn(
        acts, threads, title=some(TEXTS), label=lambda c: c + "<b>", lanes=some(st.sampled_from(["channel", "pair"]))
    )
    for picture in (drawing.wide, drawing.narrow):
        tree = ET.fromstring(picture)
        for e in tree.iter():
            assert e.tag.removeprefix(f"{{{NS['s']}}}") in ALLOWED
            assert set(e.attrib) <= ATTRIBUTES
            assert (e.get("href") or "/").startswith(("/act/", "/thread/", "/report/", "?", "/"))
        assert len(picture) < 200_000
    assert "<script" not in drawing.file.lower().replace("&lt;script", "")
    # As a browser reads it inside a page: no element of another kind either.
    from lxml import html

    page = html.document_fromstring(f"<body>{drawing.wide}</body>")
    assert {e.tag for e in page.iter() if isinstance(e.tag, str)} <= {t.lower() for t in ALLOWED} | {
        "html",
        "body",
        "head",
        "p",
    }


@settings(deadline=None, max_examples=80)
@given(st.dates(), st.dates(), st.lists(st.tuples(st.dates(), st.integers(0, 4000)), max_size=8))
def test_any_days_and_any_window_are_drawn(first, last, days):
    acts = [
        act(n, str(d), str(date.fromordinal(min(d.toordinal() + w, date.max.toordinal()))))
        for n, (d, w) in enumerate(days)
    ]
    drawing = drawn(acts, first=first, last=last)
    assert len(drawing.table) + drawing.earlier + drawing.later == len(acts)
    for value in re.findall(r' (?:x|y|width|height|d|transform)="([^"]*)"', drawing.wide + drawing.narrow):
        assert "nan" not in value and "inf" not in value and "e+" not in value
    whole = drawn(acts)
    assert whole.first <= whole.last
