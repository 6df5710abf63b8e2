"""Accounts: who gets in, who may write, how sessions end, and what the file gives away."""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from asking import ask, form
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from dragoman.desk.accounts import IDLE, LASTS, TRIES_ADDRESS, TRIES_HERE, TRIES_NAME, WINDOW, Accounts, accounts_beside
from dragoman.desk.passwords import COST, Cost, hashed, holds, one_time
from dragoman.desk.signing import LocalGuard, LoginGuard, account_of, ended_cookie, next_of, session_cookie
from dragoman.errors import AccountError, LoginRefused, LoginThrottled

CHEAP = Cost(n=16, r=1, p=1)
HERE = "192.0.2.7"
GOOD = "correct horse battery"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, time: timedelta) -> None:
        self.now += time


class Chance:
    """Another run of bytes each time, the same in each test."""

    def __init__(self) -> None:
        self._count = itertools.count()

    def __call__(self, size: int) -> bytes:
        return hashlib.shake_256(str(next(self._count)).encode()).digest(size)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    return Accounts.open(tmp_path / "ledger.db-accounts", clock=clock, random=Chance(), cost=CHEAP)


def settled(accounts: Accounts, name: str, role: str) -> str:
    """A session of an account with a password of its own."""
    return accounts.change_password(name, accounts.add(name, role), GOOD)


def test_the_first_start_makes_one_admin_and_no_later_one_does(accounts):
    password = accounts.first_admin()
    assert password is not None
    assert accounts.first_admin() is None
    found = accounts.who(accounts.login("admin", password, HERE))
    assert found is not None
    assert (found.name, found.role, found.one_time) == ("admin", "admin", True)


def test_a_password_of_ones_own_ends_the_one_time_password_and_all_other_sessions(accounts):
    first = accounts.add("ann", "analyst")
    old = accounts.login("ann", first, HERE)
    new = accounts.change_password("ann", first, GOOD)
    assert accounts.who(old) is None
    assert accounts.who(new).one_time is False
    with pytest.raises(LoginRefused):
        accounts.login("ann", first, HERE)
    assert accounts.who(accounts.login(" ANN ", GOOD, HERE)).name == "ann"


@pytest.mark.parametrize("new", ["short", "aaaaaaaaaaaaaaaa", "ann-ann-ann-ann", "x" * 300])
def test_a_password_that_is_guessed_at_once_is_not_taken(accounts, new):
    first = accounts.add("ann", "analyst")
    with pytest.raises(AccountError):
        accounts.change_password("ann", first, new)
    with pytest.raises(LoginRefused):
        accounts.change_password("ann", "not the old one", GOOD)
    assert accounts.login("ann", first, HERE)


def test_nobody_learns_which_of_name_and_password_was_wrong(accounts):
    accounts.add("ann", "reader")
    told = []
    for name in ("ann", "nobody", "", "'; DROP TABLE account; --"):
        with pytest.raises(LoginRefused) as error:
            accounts.login(name, "wrong", HERE)
        told.append(str(error.value))
    assert len(set(told)) == 1


def test_guessing_is_slowed_down_by_name_and_by_address(accounts, clock):
    accounts.add("ann", "reader")
    for _ in range(TRIES_HERE):
        with pytest.raises(LoginRefused):
            accounts.login("ann", "wrong", HERE)
    with pytest.raises(LoginThrottled) as error:
        accounts.login("ann", "wrong", HERE)
    assert 0 < error.value.seconds <= WINDOW.total_seconds()
    # Her own machine is still heard, and the first address again after a while.
    with pytest.raises(LoginRefused):
        accounts.login("ann", "wrong", "198.51.100.1")
    clock.wait(WINDOW)
    with pytest.raises(LoginRefused):
        accounts.login("ann", "wrong", HERE)


def test_one_address_cannot_try_many_names_nor_many_addresses_one_name(accounts):
    for i in range(TRIES_ADDRESS):
        with pytest.raises(LoginRefused):
            accounts.login(f"name{i}", "wrong", HERE)
    with pytest.raises(LoginThrottled):
        accounts.login("another", "wrong", HERE)
    for i in range(TRIES_NAME):
        with pytest.raises(LoginRefused):
            accounts.login("ann", "wrong", f"2001:db8::{i:x}")
    with pytest.raises(LoginThrottled):
        accounts.login("ann", "wrong", "2001:db8::ffff")


def test_many_guesses_at_once_are_counted_one_by_one(accounts):
    accounts.add("ann", "reader")
    ends: list[str] = []

    def guess() -> None:
        try:
            accounts.login("ann", "wrong", HERE)
        except (LoginRefused, LoginThrottled) as error:
            ends.append(type(error).__name__)

    threads = [Thread(target=guess) for _ in range(4 * TRIES_HERE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends.count("LoginRefused") == TRIES_HERE
    assert len(ends) == 4 * TRIES_HERE


def test_the_right_password_clears_the_count(accounts):
    password = accounts.add("ann", "reader")
    for _ in range(3 * TRIES_HERE):
        accounts.login("ann", password, HERE)


def test_sessions_end_by_logout_by_idleness_and_by_age(accounts, clock):
    settled(accounts, "ann", "reader")
    out, idle, busy = (accounts.login("ann", GOOD, HERE) for _ in range(3))
    accounts.logout(out)
    assert accounts.who(out) is None
    begun = clock.now
    while clock.now - begun < LASTS - IDLE / 2:
        assert accounts.who(busy) is not None
        clock.wait(IDLE / 2)
    assert accounts.who(idle) is None
    assert accounts.who(busy) is not None
    clock.wait(IDLE / 2)
    assert accounts.who(busy) is None


def test_a_session_is_known_while_another_process_writes(tmp_path, accounts, clock):
    token = settled(accounts, "ann", "reader")
    clock.wait(IDLE / 2)
    with sqlite3.connect(tmp_path / "ledger.db-accounts", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert accounts.who(token) is not None
    other.close()


def test_a_removed_account_is_out_at_once_and_the_last_admin_stays(accounts):
    accounts.first_admin()
    token = settled(accounts, "ann", "analyst")
    accounts.give_role("ann", "reader")
    assert accounts.who(token).role == "reader"
    accounts.remove("ann")
    assert accounts.who(token) is None
    for change in (lambda: accounts.remove("admin"), lambda: accounts.give_role("admin", "reader")):
        with pytest.raises(AccountError, match="needs an admin"):
            change()
    assert [a.name for a in accounts.all()] == ["admin"]
    accounts.add("bea", "admin")
    accounts.remove("admin")


def test_a_forgotten_password_is_replaced_by_a_one_time_one(accounts):
    token = settled(accounts, "ann", "reader")
    password = accounts.reset("ann")
    assert accounts.who(token) is None
    assert accounts.who(accounts.login("ann", password, HERE)).one_time is True


@pytest.mark.parametrize("change", ["add", "role", "reset", "remove"])
def test_what_cannot_be_is_said(accounts, change):
    accounts.add("ann", "reader")
    with pytest.raises(AccountError):
        {
            "add": lambda: accounts.add("ann", "reader"),
            "role": lambda: accounts.give_role("ann", "king"),
            "reset": lambda: accounts.reset("nobody"),
            "remove": lambda: accounts.remove("nobody"),
        }[change]()


@pytest.mark.parametrize("name", ["", "Ann", "a b", "../x", "<b>", "a" * 41, "ännä", "-a"])
def test_names_are_plain(accounts, name):
    with pytest.raises(AccountError):
        accounts.add(name, "reader")


def test_the_file_is_the_owners_alone_and_holds_neither_passwords_nor_tokens(tmp_path, accounts):
    token = settled(accounts, "ann", "reader")
    assert accounts_beside(tmp_path / "ledger.db") == tmp_path / "ledger.db-accounts"
    for path in tmp_path.glob("ledger.db-accounts*"):
        assert path.stat().st_mode & 0o077 == 0
        held = path.read_bytes()
        assert GOOD.encode() not in held and token.encode() not in held
    with sqlite3.connect(tmp_path / "ledger.db-accounts") as base:
        assert base.execute("SELECT password FROM account").fetchone()[0].startswith("scrypt$")


def test_a_place_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "text").write_text("no database at all, but a page of words " * 99)
    for place in (tmp_path / "nowhere" / "x", tmp_path / "text"):
        with pytest.raises(AccountError, match="name another place"):
            Accounts.open(place, cost=CHEAP)


def test_the_cost_is_one_of_owasps_and_each_hash_tells_its_own():
    assert (COST.n, COST.r, COST.p) == (2**15, 8, 3)
    kept = hashed("a password", Chance())
    assert kept.startswith("scrypt$32768$8$3$")
    assert holds("a password", kept)
    assert not holds("another", kept)
    assert holds("a password", hashed("a password", Chance(), CHEAP))


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_a_password_and_holds_for_itself_alone(one, other):
    kept = hashed(one, Chance(), CHEAP)
    assert holds(one, kept)
    assert holds(other, kept) == (one[:257] == other[:257])


def test_one_time_passwords_are_long_and_read_aloud_without_doubt():
    found = {one_time(Chance()) for _ in range(3)} | {one_time(lambda n: bytes(range(200, 200 + n)))}
    assert all(len(p.replace("-", "")) == 20 and not set("0o1il") & set(p) for p in found)


# ------------------------------------------------------------------------------------------------------------ the guard


async def whoami(scope: Any, receive: Any, send: Any) -> None:
    account = scope["state"]["account"]
    await PlainTextResponse(account.name if account else "nobody")(scope, receive, send)


def cookie(token: str, *, https: bool = False) -> dict[str, str]:
    return {"cookie": session_cookie(token, https=https)[1].split(";")[0], "accept": "text/html"}


def test_without_a_session_a_browser_goes_to_the_login_and_comes_back(accounts):
    app = LoginGuard(whoami, accounts=accounts)
    answer = ask(app, address="/pairs/USA-PRK?as_of=2021-05-12&q=a%20b", headers={"accept": "text/html"})
    assert answer.status == 303
    assert answer.header("location") == "/login?next=%2Fpairs%2FUSA-PRK%3Fas_of%3D2021-05-12%26q%3Da%2520b"


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("GET", "/", 401), ("POST", "/", 401), ("GET", "/login", 200), ("POST", "/login", 200), ("GET", "/static/desk.css", 200),
     ("POST", "/static/desk.css", 401), ("GET", "/login/", 401), ("GET", "/staticx", 401), ("POST", "/logout", 401), ("GET", "/Login", 401)],
)  # fmt: skip
def test_without_a_session_the_login_alone_is_open(accounts, method, address, status):
    assert ask(LoginGuard(whoami, accounts=accounts), method, address).status == status


@pytest.mark.parametrize(
    ("role", "reads", "writes", "manages"),
    [("reader", 200, 403, 403), ("analyst", 200, 200, 403), ("admin", 200, 200, 200)],
)
def test_each_role_may_do_its_own(accounts, role, reads, writes, manages):
    app = LoginGuard(whoami, accounts=accounts)
    sent = cookie(settled(accounts, "ann", role))
    assert ask(app, "GET", "/", sent).status == reads
    assert {ask(app, m, "/read", sent).status for m in ("POST", "PUT", "PATCH", "DELETE")} == {writes}
    assert {
        ask(app, m, a, sent).status for m in ("GET", "POST") for a in ("/accounts", "/accounts/ann", "/accounts.json")
    } == {manages}
    assert ask(app, "POST", "/logout", sent).status == 200
    assert ask(app, "POST", "/password", sent).status == 200


def test_whoever_has_a_one_time_password_changes_it_before_anything_else(accounts):
    app = LoginGuard(whoami, accounts=accounts)
    sent = cookie(accounts.login("ann", accounts.add("ann", "admin"), HERE))
    assert ask(app, "GET", "/", sent).header("location") == "/password"
    assert ask(app, "POST", "/read", sent).status == 403
    assert ask(app, "GET", "/accounts", sent).header("location") == "/password"
    assert ask(app, "GET", "/password", sent).body == b"ann"


def test_cookies_are_kept_from_scripts_and_other_sites(accounts):
    plain, secure = session_cookie("0" * 64, https=False)[1], session_cookie("0" * 64, https=True)[1]
    assert all("HttpOnly" in c and "SameSite=Lax" in c and "Path=/" in c for c in (plain, secure))
    assert "Secure" not in plain
    assert secure.startswith("__Host-") and "; Secure" in secure
    assert "Max-Age=0" in ended_cookie(https=True)[1]
    # Under https the cookie without the prefix, which another host of the domain could set, is not looked at.
    token = settled(accounts, "ann", "reader")
    app = LoginGuard(whoami, accounts=accounts, https=True)
    assert ask(app, headers=cookie(token)).status == 303
    assert ask(app, headers=cookie(token, https=True)).body == b"ann"


def test_on_loopback_everybody_is_the_local_admin():
    assert ask(LocalGuard(whoami)).body == b"local"


def test_a_page_without_a_guard_lets_nobody_in():
    with pytest.raises(KeyError):
        account_of(Request({"type": "http", "headers": []}))


def test_only_pages_are_served_behind_the_login(accounts):
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    import anyio

    for kind in ("websocket", "lifespan"):
        anyio.run(LoginGuard(app, accounts=accounts), {"type": kind}, None, None)
    assert seen == ["lifespan"]


@pytest.mark.parametrize("value", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "evil", "", None, "/\t/evil", "/a\nb",
                                   "/login?next=/", "/logout", "/x\\y", "/" + "a" * 2000, "\\\\evil"])  # fmt: skip
def test_after_login_nobody_is_sent_elsewhere(value):
    assert next_of(value) == "/"


def test_after_login_one_goes_where_one_was(accounts):
    assert next_of("/pairs/USA-PRK?as_of=2021-05-12#act") == "/pairs/USA-PRK?as_of=2021-05-12#act"


@given(st.text(max_size=100) | st.text(alphabet="/\\.:@?#a\t ", max_size=12))
def test_any_text_leads_to_a_local_address(value):
    found = next_of(value)
    assert found.startswith("/") and not found.startswith(("//", "/\\"))


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=100))
def test_no_cookie_is_a_session(tmp_path_factory, value):
    accounts = Accounts.open(tmp_path_factory.getbasetemp() / "any", random=Chance(), cost=CHEAP)
    assert ask(LoginGuard(whoami, accounts=accounts), headers={"cookie": value, "accept": "text/html"}).status == 303
    headers, pieces = form({"name": value})
    assert (
        ask(
            LoginGuard(whoami, accounts=accounts),
            "POST",
            "/read",
            {**headers, "cookie": f"dragoman-session={value}"},
            pieces,
        ).status
        == 401
    )
