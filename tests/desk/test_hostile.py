"""A page whose text is an attack shows as text, wherever it stands; nothing of it runs."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from desks import client_of, served

from dragoman.desk.desk import Desk
from dragoman.ledger import Ledger
from dragoman.model import Article, Attribution, Condition, Contact, Interval, Page, Reading, Rejection, Span, Statement

pytestmark = pytest.mark.xdist_group("chromium")

ATTACKS = (
    "<script>window.hit='script'</script>",
    "<img src=x onerror=\"window.hit='img'\">",
    "<svg/onload=\"window.hit='svg'\"><animate onbegin=\"window.hit='animate'\" attributeName=x></svg>",
    "\"><style>body{display:none}</style><link rel=stylesheet href=//evil.example/x.css>",
    "' onmouseover='window.hit=1' x='",
    "</title></textarea></pre><iframe srcdoc=\"<script>parent.hit='frame'</script>\"></iframe>",
    "javascript:window.hit='link'//",
    "{{7*7}}{% for x in () %}${7*7}<%= 7*7 %>",
    "‮evil‬ ﷽ Z̷̢̛a​l‍go \ufeff\u0085 </ſcript> ＜script＞",
    "data:text/html,<script>window.hit='data'</script>",
    "]]><!--<form action=//evil.example><input name=csrf>-->",
)  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Any) -> Any:
    """A desk on a ledger in which every field that text can stand in holds every attack."""
    with Ledger.open(tmp_path / "hostile.db") as ledger:
        for n, attack in enumerate(ATTACKS):
            words = f"{attack} told {n}"
            body = f"{words}\n\n{attack}"
            day = Interval(None, None, "vague", attack, attack)
            spans = {f: (Span(0, len(attack), attack),) for f in ("from", "act", "start", "about", "attribution")}
            contact = Contact(
                ("USA",), (f"X{n}{attack}"[:90],), "overture", "attempted", start=day, about=attack, reply="none", from_person=(attack,),
                via=(attack,), conditions=(Condition("USA", attack),), attribution=Attribution("named_person", attack, "PRK", attack),
                evidence=(attack,), spans=spans, note=attack, coder=attack,
            )  # fmt: skip
            article = Article(
                f"id {attack}", body, title=attack, subtitle=attack, published="2021-03-13", outlet=attack, agency=attack, relayed=(attack,),
                byline=attack, dateline=attack, url=f"javascript:{attack}", language=attack, key_points=(attack,), section=attack,
            )  # fmt: skip
            said = Statement("USA", attack, "threat", attack)
            reading = Reading(article, (contact,), statements=(said,), parties=("USA", attack), reader=attack)
            ledger.enter(reading, Page(attack, (attack * 3).encode("utf-8")))
            ledger.reject(Rejection(attack, "pages", attack, attack))
        yield Desk(ledger, "<b>ledger</b>")


def addresses(client: Any) -> list[str]:
    """Every page that shows a hostile text."""
    rows = client.get("/?format=json").json()["rows"]
    reports = [r["known"]["href"] for r in rows]
    fixed = [
        "/", "/parties", "/rejections", "/learned?first=2021-03-01&last=2021-03-20", "/search?q=told", "/search?q=%3Cscript%3E", "/story?party=USA",
        "/person?name=" + "%3Cscript%3Ealert(1)%3C/script%3E", "/party/%3Cscript%3E", "/enter", "/add",
        "/?party=%22%3E%3Cscript%3E", "/nothing/%3Cscript%3Ewindow.hit%3C%2Fscript%3E",
    ]  # fmt: skip
    return [*fixed, *(r[k] for r in rows for k in ("href", "evidence", "timeline")), *(r + "?raw=yes" for r in reports)]


TAGS = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)>")


def test_no_text_of_a_page_becomes_markup(hostile):
    """Of the attacks no tag and no attribute is left: each page's tags are those that it has for harmless texts."""
    client = client_of(hostile)
    found = addresses(client)
    assert len(found) > 4 * len(ATTACKS)
    for address in found:
        page = client.get(address).text
        names = {name.lower() for _, name, _ in TAGS.findall(page)}
        assert not names & {"iframe", "img", "animate", "object", "embed", "base"}, address
        assert page.count("<script") == 1 and page.count("<style") == 0, address
        for attack in (a for a in ATTACKS if "<" in a):
            assert attack not in page, address
        for _, name, attributes in TAGS.findall(page):
            for handler in re.findall(r'\s(on\w+)\s*=(?=(?:[^"]*"[^"]*")*[^"]*$)', attributes):
                raise AssertionError(f"{address}: <{name} … {handler}=")
        assert not re.search(r'(?:href|src|action)="\s*(?:javascript|data|//)', page, re.IGNORECASE), address
    shown = html.unescape(client.get(found[0]).text)
    assert all(a.split("\ufeff")[0] in shown for a in ATTACKS)


def test_nothing_of_it_runs_in_a_browser(hostile, screen):
    from test_browser import until

    with served(hostile) as at:
        browser = screen()
        client = client_of(hostile)
        for address in addresses(client)[::4]:
            browser.get(at + address)
            until(lambda: browser.execute_script("return document.readyState === 'complete'"))
            assert browser.execute_script("return window.hit === undefined"), address
            assert browser.execute_script("return getComputedStyle(document.body).display !== 'none'"), address
            outside = browser.execute_script(
                "return performance.getEntriesByType('resource').map(x => x.name).filter(x => !x.startsWith(location.origin))"
            )
            assert outside == [], address


def test_a_pasted_attack_is_read_and_shown_as_text(own_desk):
    client = client_of(own_desk)
    token = re.search(r'name="csrf" value="(\w+)"', client.get("/add").text)[1]
    text = "SEOUL (Wire) - The United States reached out to North Korea on Monday. <script>window.hit=1</script>\n\nNo answer came."
    sent = {
        "csrf": token,
        "text": text,
        "title": "<img src=x onerror=window.hit=1> U.S. reaches out",
        "published": "2021-06-23",
    }
    answer = client.post("/add/text", data=sent)
    assert answer.status_code == 200
    assert "<img" not in answer.text
    page = client.get(re.search(r'href="(/report/[^"]+)"', answer.text)[1])
    assert page.status_code == 200 and page.text.count("<script") == 1
