"""The pages on the sample reports: what they show, as HTML and as JSON, and as of which day."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from desks import client_of

from dragoman.desk.desk import Desk
from dragoman.ledger import Ledger

FEBRUARY = "the middle of February"


def links(html: str) -> list[str]:
    found = (unescape(h).split("#")[0] for h in re.findall(r'href="([^"]+)"', html))
    return list(dict.fromkeys(h for h in found if h.startswith("/") and not h.startswith("/static")))


def data(client, address, **query):
    answer = client.get(address, params=query or None, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def february(client):
    rows = data(client, "/")["answered"]
    return next(r for r in rows if r["opened"]["text"] == FEBRUARY)


def test_every_link_of_the_desk_leads_to_a_page(client):
    """From home over every link, one page of each kind and state: none fails, each is JSON too."""
    todo, seen = ["/"], {}
    while todo:
        address = todo.pop(0)
        parts = urlsplit(address)
        kind = (parts.path.split("/")[1], tuple(sorted(q.split("=")[0] for q in parts.query.split("&"))))
        if address in seen.values() or sum(k[0] == kind for k in seen) >= 3:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        seen[kind, len(seen)] = address
        if answer.headers["content-type"].startswith("text/html"):
            assert data(client, address)["title"]
            todo += links(answer.text)
    kinds = {k[0][0] for k in seen}
    assert {
        "",
        "pair",
        "thread",
        "act",
        "report",
        "story",
        "parties",
        "party",
        "learned",
        "add",
        "keys",
        "api",
    } <= kinds


def test_the_board_has_one_row_an_open_overture_with_all_that_it_promises(client):
    rows = data(client, "/", as_of="2021-03-16")["rows"]
    assert len(rows) == 1
    row = rows[0]
    assert (row["from"], row["to"], row["state"]) == (["USA"], ["PRK"], "open")
    assert row["opened"] == {"earliest": "2021-02-11", "latest": "2021-02-20", "text": FEBRUARY}
    assert row["silence_days"] == [24, 33]
    assert row["since_last_attempt"] and row["reported_by"]["source"] == "White House"
    assert row["unread_days"] == 31 and row["strip"]["soft"]
    page = client.get("/", params={"as_of": "2021-03-16"}).text
    for words in ("24–33", "31 days unread", "11–20 February 2021", "White House", "open"):
        assert words in page


def test_a_new_user_finds_the_february_overture_its_evidence_and_the_day_it_was_known_in_three_clicks(client):
    home = client.get("/").text
    row = next(r for r in re.findall(r"<tr data-row.*?</tr>", home, re.S) if FEBRUARY in r)
    assert "13 March 2021" in row  # the day on which it was known stands on the board already
    thread = client.get(links(row)[0]).text
    act = next(r for r in re.findall(r"<tr data-row.*?</tr>", thread, re.S) if FEBRUARY in r)
    evidence = client.get(links(act)[0]).text
    assert re.search(r"First known</dt><dd><strong>13 March 2021", evidence)
    assert '<mark class="m-when" title="start">the middle of February</mark>' in evidence


def test_the_board_is_sorted_by_days_or_by_the_last_change(client):
    days = [r["silence_days"][0] for r in data(client, "/")["rows"]]
    assert days == sorted(days, reverse=True)
    told = [r["last_told"] for r in data(client, "/", sort="change")["rows"]]
    assert told == sorted(told, reverse=True)


def test_the_board_of_one_party(client):
    found = data(client, "/", party="RUS")
    assert [set(r["pair"]) for r in found["rows"]] == [{"USA", "RUS"}]


def test_no_page_shows_what_was_published_later(client):
    """As of 16 March no page names a day after it; links of the bar and of the picture's window may lead there."""
    for address in ("/", "/pair/PRK/USA", "/story?party=USA&party=PRK", "/search?q=North", "/parties", "/party/PRK"):
        answer = client.get(address + ("&" if "?" in address else "?") + "as_of=2021-03-16&format=json")
        shown = answer.json()
        del shown["bar"]
        shown.pop("timeline", None)  # its axis goes on for a bit, so that what is silent can fade
        days = set(re.findall(r"2021-\d\d-\d\d", re.sub(r"'today': .*?]", "", str(shown))))
        assert days and max(days) <= "2021-03-16", address


def test_the_bar_counts_what_is_hidden_and_steps_to_the_changes(client):
    bar = data(client, "/", as_of="2021-03-16")["bar"]
    assert bar["hidden"] == 10
    assert bar["previous_change"]["day"] == "2021-03-15" and bar["next_change"]["day"] == "2021-03-18"
    assert bar["next_day"]["href"] == "/?as_of=2021-03-17"
    of_pair = data(client, "/pair/PRK/USA", as_of="2021-05-11")["bar"]
    assert of_pair["next_change"]["day"] == "2021-05-22" and of_pair["hidden"] < bar["hidden"]
    page = client.get("/", params={"as_of": "2021-03-16"}).text
    assert "hidden: 10 reports learned later" in page


def test_the_slider_without_a_script_leads_to_its_day(client):
    answer = client.get("/pair/PRK/USA?first=2021-01-01&day_number=3&as_of=2021-06-01", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/pair/PRK/USA?first=2021-01-01&as_of=2021-03-16"


def test_left_alone_the_desk_looks_at_the_last_day_that_was_read(client):
    assert data(client, "/")["bar"]["day"] == "2021-06-23"


def test_what_was_not_known_yet_says_when_it_was(client):
    row = february(client)
    for address in (row["href"], row["evidence"], row["known"]["href"]):
        answer = client.get(address, params={"as_of": "2021-03-12"})
        assert answer.status_code == 404
        assert "first known on" in answer.text and "13 March 2021" in answer.text


def test_a_thread_tells_its_acts_its_changes_and_why(client):
    found = data(client, february(client)["href"])
    assert next(a["opened"]["earliest"] for a in found["acts"]) == "2021-02-11"
    assert [c["state"] for c in found["changes"]] == ["open", "declined"]
    assert found["changes"][1]["attribution"]["source"] == "Choe Son Hui"
    assert found["timeline"]["acts"]


def test_evidence_is_grouped_by_origin_with_its_chain_and_rules(client):
    found = data(client, february(client)["evidence"])
    assert found["act"]["known"]["day"] == "2021-03-13"
    sizes = sorted(len(g["tellings"]) for g in found["groups"])
    assert sizes == [1, 2] and found["origins"] == 2
    copies = next(g for g in found["groups"] if not g["independent"])
    chain = copies["tellings"][0]["chain"]
    assert [s["role"] for s in chain] == ["speaks", "was told", "wire", "published"]
    fields = {f["field"]: f for f in copies["tellings"][0]["fields"]}
    assert fields["start"]["words"] == ["the middle of February"] and fields["start"]["rules"]
    assert fields["end"]["words"] == []  # computed, not read


def test_a_report_shows_the_article_what_it_gave_and_the_page_as_it_came(client):
    address = february(client)["known"]["href"]
    found = data(client, address)
    assert {c["contact"]["act"] for c in found["contacts"]} == {"overture", "meeting"}
    assert found["raw"] is None and found["has_page"]
    raw = data(client, address, raw="yes")["raw"]["text"]
    assert raw.startswith("THE POTOMAC COURIER")
    assert "<pre" in client.get(address, params={"raw": "yes"}).text


def test_a_plan_shows_what_came_of_it(client):
    forecasts = [
        f
        for row in data(client, "/pair/KOR/USA")["threads"] + data(client, "/pair/JPN/USA")["threads"]
        for f in data(client, row["href"])["forecasts"]
    ]
    assert all(f["outcome"] for f in forecasts)


def test_a_story_is_of_all_pairs_among_its_parties(client):
    found = data(client, "/story?party=USA&party=PRK&party=KOR")
    assert len({tuple(a["pair"]) for a in found["acts"]}) >= 2
    assert found["timeline"]["acts"]
    narrowed = data(client, "/story?party=USA&party=PRK&words=review")
    assert 0 < len(narrowed["acts"]) < len(found["acts"])


def test_parties_show_their_pairs_and_who_held_which_office_on_the_day(client):
    found = data(client, "/party/USA")
    assert any(p["other"] == "PRK" for p in found["pairs"])
    holders = {o["office"]: o["person"] for o in found["today"]}
    assert holders["president"] == "Joe Biden"
    earlier = {o["office"]: o["person"] for o in data(client, "/party/USA", as_of="2019-06-01")["today"]}
    assert earlier["president"] == "Donald Trump"
    over_time = data(client, "/party/USA?office=president")["holders"]
    assert len(over_time) > 4


def test_people_show_their_offices_over_time_and_the_contacts_that_name_them(client):
    found = data(client, "/person?name=Sung Kim")
    assert (found["contacts"] and any(o["now"] for o in found["offices"])) or found["contacts"]
    assert data(client, "/person?name=Kim Jong Un")["offices"]


def test_what_we_learned_between_two_days(client):
    found = data(client, "/learned?first=2021-03-16&last=2021-03-18")
    assert {r["day"] for r in found["reports"]} == {"2021-03-18"}
    changed = [(t["was"], t["state"]) for t in found["news"]["changed"]]
    assert ("open", "declined") in changed


@pytest.mark.parametrize(
    ("words", "where"), [("cheap trick", "texts"), ("review", "subjects"), ("Blinken", "people"), ("korea", "parties")]
)
def test_search_finds_texts_subjects_people_and_parties(client, words, where):
    assert data(client, "/search", q=words)[where]


def test_search_knows_nothing_that_was_published_later(client):
    assert not data(client, "/search", q="anywhere anytime", as_of="2021-06-20")["texts"]
    assert data(client, "/search", q="anywhere anytime")["texts"]


@pytest.mark.parametrize(
    "address",
    ["/nothing", "/thread/PRK/USA/0000", "/act/PRK/USA/0000", "/report/0000", "/static/nothing.css", "/pair/USA/USA"],
)
def test_what_is_not_there_is_said_so(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["as_of=yesterday", "as_of=2021-02-30", "as_of=0001-01-01", "sort=size", "page=-1", "recorded=noon"]
)
def test_a_parameter_of_another_kind_is_refused_in_words(client, query):
    answer = client.get("/?" + query)
    assert answer.status_code == 400 and "“" in answer.text
    answer = client.get("/?" + query, headers={"accept": "application/json"})
    assert answer.status_code == 400 and answer.json()["error"]


def test_as_recorded_looks_at_what_the_ledger_held(client):
    assert data(client, "/?recorded=2021-06-30T00:00")["rows"] == []
    assert data(client, "/?recorded=2021-07-02T00:00")["rows"]


def test_the_picture_comes_as_a_file(client):
    answer = client.get("/timeline.svg/PRK/USA")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<?xml") and "attachment" in answer.headers["content-disposition"]


def test_an_empty_ledger_says_what_to_do(tmp_path):
    with Ledger.open(tmp_path / "empty.db") as ledger:
        empty = client_of(Desk(ledger, "empty.db"))
        assert "holds no report yet" in empty.get("/").text
        for address in ("/parties", "/learned", "/story", "/search?q=x", "/rejections", "/person?name=x", "/party/USA"):
            assert empty.get(address).status_code == 200, address
