"""What is written from the desk: pages read, contacts entered, and by whom."""

from __future__ import annotations

import re

import pytest
from desks import SECRET, client_of
from starlette.testclient import TestClient

from dragoman.desk.accounts import Accounts
from dragoman.desk.app import app_of
from dragoman.desk.desk import Desk
from dragoman.desk.hosts import Hosts
from dragoman.desk.passwords import Cost

TEXT = """OSLO (Wire) - Norway invited Iran on Monday to talks about shipping in the Gulf, the Foreign Ministry in Oslo said.

Tehran has not responded to the invitation so far, it said."""


def token(client, page="/add"):
    return re.search(r'name="csrf" value="(\w+)"', client.get(page).text)[1]


def test_pasted_text_is_read_and_stands_on_the_next_board(own_desk):
    client = client_of(own_desk)
    before = client.get("/?as_of=2021-06-30&format=json").json()["total"]
    told = {"text": TEXT, "title": "Norway invites Iran to talks", "published": "2021-06-29", "outlet": "Fjord Times"}
    answer = client.post("/add/text?format=json", data={"csrf": token(client), **told}).json()
    (outcome,) = answer["outcomes"]
    assert outcome["contacts"] >= 1 and outcome["outlet"] == "Fjord Times"
    assert client.get(outcome["href"]).status_code == 200
    assert client.get("/?as_of=2021-06-30&format=json").json()["total"] > before


def test_dropped_files_are_read_each_with_its_outcome(own_desk, samples):
    client = client_of(own_desk)
    files = [
        ("files", ("../../etc/one.txt", TEXT.encode(), "text/plain")),
        ("files", ("empty.html", b"", "text/html")),
        ("files", ("picture.txt", bytes(range(256)) * 40, "text/plain")),
        ("files", ("known.txt", (samples / "hangang-daily-210318.txt").read_bytes(), "text/plain")),
    ]
    sent = client.post("/add/files?format=json", data={"csrf": token(client)}, files=files)
    outcomes = sent.json()["outcomes"]
    assert [o["id"] for o in outcomes] == ["one", "empty", "picture", "known"]
    assert "rejected" in outcomes[1] and "rejected" in outcomes[2] and outcomes[3]["contacts"]
    assert "picture" in client.get("/rejections").text


@pytest.mark.parametrize(
    "link",
    ["http://127.0.0.1:1/", "http://localhost/", "file:///etc/passwd", "http://169.254.169.254/latest", "http://[::1]/", "ftp://x/", "x", "http://"],
)  # fmt: skip
def test_no_link_reaches_an_address_inside_or_a_file(own_desk, link):
    client = client_of(own_desk)
    answer = client.post("/add/link", data={"csrf": token(client), "link": link})
    assert answer.status_code == 400
    assert "The link was not fetched" in answer.text and "root:" not in answer.text


def entered(**more):
    return {
        "coder": "ana", "outlet": "Fjord Times", "published": "2021-06-20", "title": "A letter", "words": "Norway wrote to Iran on 19 June.",
        "from": "Norway", "to": "IRN", "act": "message", "status": "attempted", "channel": "letter", "start_earliest": "2021-06-19",
        "start_latest": "2021-06-19", "reply": "none", "about": "shipping", **more,
    }  # fmt: skip


def test_a_contact_entered_by_hand_stands_with_its_words_and_its_coder(own_desk):
    client = client_of(own_desk)
    answer = client.post("/enter?format=json", data={"csrf": token(client, "/enter"), **entered()}).json()
    assert answer["done"]["new"]
    pair = client.get("/pair/IRN/NOR?format=json").json()
    (act,) = pair["acts"]
    assert (act["from"], act["to"], act["act"], act["channel"]) == (["NOR"], ["IRN"], "message", ["letter"])
    evidence = client.get(act["href"]).text
    assert "Norway wrote to Iran on 19 June." in evidence and "coder ana" in evidence
    again = client.post("/enter?format=json", data={"csrf": token(client, "/enter"), **entered()}).json()
    assert again["done"]["new"] is False


@pytest.mark.parametrize(
    ("field", "value"),
    [("from", "Atlantis of old"), ("to", ""), ("act", "shout"), ("published", "soon"), ("published", ""), ("coder", ""), ("outlet", ""),
     ("start_latest", "2021-02-30"), ("reply", "maybe"), ("channel", "pigeon")],
)  # fmt: skip
def test_what_is_wrong_in_the_form_is_said_and_nothing_typed_is_lost(own_desk, field, value):
    client = client_of(own_desk)
    answer = client.post("/enter", data={"csrf": token(client, "/enter"), **entered(**{field: value})})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "Norway wrote to Iran on 19 June." in answer.text
    assert client.get("/pair/IRN/NOR?format=json").json()["acts"] == []


@pytest.mark.parametrize("path", ["/add/text", "/add/files", "/add/link", "/enter"])
def test_no_write_without_a_token_of_the_desk(own_desk, path):
    client = client_of(own_desk)
    assert client.post(path, data={"text": TEXT, **entered()}).status_code == 403
    token_of_another = token(client_of(own_desk))
    assert client.post(path, data={"csrf": token_of_another, "text": TEXT}).status_code == 403
    good = token(client)
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert client.post(path, data={"csrf": good, "text": TEXT}, headers=foreign).status_code == 403


# ---------------------------------------------------------------------------------------------------------- accounts


@pytest.fixture
def guarded(own_desk, tmp_path):
    """A desk that other machines can reach, its admin's one-time password, and a maker of browsers."""
    accounts = Accounts.open(tmp_path / "accounts", cost=Cost(n=16, r=1, p=1))
    password = accounts.first_admin()
    desk = Desk(own_desk.ledger, "own.db", clock=own_desk.clock, accounts=accounts)
    app = app_of(desk, hosts=Hosts.of("0.0.0.0", ["desk.example"]), secret=SECRET)

    def browser():
        return TestClient(app, base_url="http://desk.example", headers={"accept": "text/html"})

    return accounts, password, browser


def sign_in(client, name, password):
    page = client.get("/login")
    found = re.search(r'name="csrf" value="(\w+)"', page.text)[1]
    return client.post("/login", data={"csrf": found, "name": name, "password": password, "next": "/parties"})


def choose(client, old, new):
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/password").text)[1]
    return client.post("/password", data={"csrf": found, "old": old, "new": new, "again": new})


def test_where_others_can_reach_it_nobody_looks_without_signing_in(guarded):
    _, _, browser = guarded
    stranger = browser()
    answer = stranger.get("/pair/PRK/USA?as_of=2021-03-16", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/login?next=")
    assert stranger.get("/?format=json", headers={"accept": "application/json"}).status_code == 401
    assert "Sign in" in stranger.get("/login").text
    assert "United States" not in stranger.get("/").text


def test_the_admin_of_the_first_start_chooses_a_password_and_makes_accounts(guarded):
    accounts, password, browser = guarded
    admin = browser()
    assert sign_in(admin, "admin", "wrong").status_code == 403
    landed = sign_in(admin, "admin", password)
    assert landed.url.path == "/password"
    assert choose(admin, password, "a long walk by the fjord").url.path == "/"
    found = re.search(r'name="csrf" value="(\w+)"', admin.get("/accounts").text)[1]
    made = admin.post("/accounts", data={"csrf": found, "what": "add", "name": "rita", "role": "reader"})
    one_time = re.search(r"shown this once: <code>([^<]+)</code>", made.text)[1]
    reader = browser()
    sign_in(reader, "rita", one_time)
    choose(reader, one_time, "another walk by the sea")
    assert reader.get("/").status_code == 200
    assert 'href="/add"' not in reader.get("/").text
    assert reader.get("/add").status_code == 403 and reader.get("/accounts").status_code == 403
    writing = re.search(r'name="csrf" value="(\w+)"', reader.get("/").text)[1]
    assert reader.post("/add/text", data={"csrf": writing, "text": TEXT}).status_code == 403
    assert [(a.name, a.role) for a in accounts.all()] == [("admin", "admin"), ("rita", "reader")]


def test_signing_out_ends_the_session(guarded):
    _, password, browser = guarded
    admin = browser()
    sign_in(admin, "admin", password)
    choose(admin, password, "a long walk by the fjord")
    found = re.search(r'name="csrf" value="(\w+)"', admin.get("/").text)[1]
    admin.post("/logout", data={"csrf": found})
    assert admin.get("/", follow_redirects=False).status_code == 303
