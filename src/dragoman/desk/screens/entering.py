"""A contact entered by hand, in GUIDE's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.codebook.labels import labels
from dragoman.desk.asking import Asked
from dragoman.desk.desk import Desk, actor_book
from dragoman.desk.rendering import View
from dragoman.errors import FormatError, RequestRefused
from dragoman.model import ACTS, ATTRIBUTION_KINDS, CHANNELS, HEDGES, REPLIES, STATUSES, content_id

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from dragoman.desk.accounts import Account

__all__ = ["FIELDS", "enter", "enter_contact", "take"]

FIELDS = (
    "coder", "outlet", "url", "title", "published", "words", "from", "from_person", "to", "to_person", "act", "status", "channel", "via", "secret",
    "start_earliest", "start_latest", "about", "condition", "reply", "reply_as_of", "attribution_kind", "attribution_source", "attribution_of",
    "attribution_told", "hedge", "note",
)  # fmt: skip
CHOICES = {
    "act": ACTS,
    "status": STATUSES,
    "channel": CHANNELS,
    "reply": REPLIES,
    "attribution_kind": ATTRIBUTION_KINDS,
    "hedge": HEDGES,
}
#: What a choice begins with: the value that claims least.
FIRST = {
    "act": "overture",
    "status": "done",
    "channel": "unspecified",
    "reply": "not_stated",
    "attribution_kind": "outlet",
    "hedge": "asserted",
}


def enter(desk: Desk, asked: Asked) -> View:
    """The empty form."""
    return _form({}, None, asked)


def _form(values: dict[str, str], done: dict[str, Any] | None, asked: Asked, wrong: str | None = None) -> View:
    data = {
        "values": {f: values.get(f, FIRST.get(f, "")) for f in FIELDS},
        "choices": {k: list(v) for k, v in CHOICES.items()},
        "known": [{"code": c, "name": n} for c, n in sorted(labels().items(), key=lambda x: x[1])],
        "done": done,
        "wrong": wrong,
    }
    return View("enter.html", "Enter a contact", data, up=asked.links.board(), status=400 if wrong else 200)


async def take(form: FormData) -> dict[str, str]:
    """The fields that were filled."""
    found = {}
    for name in FIELDS:
        values = [v for v in form.getlist(name) if isinstance(v, str)]
        text = ";".join(v for v in values if v).replace("\x00", " ")
        found[name] = text.encode("utf-8", "ignore").decode("utf-8").strip()
    return found


def enter_contact(desk: Desk, asked: Asked, account: Account, given: dict[str, str]) -> View:
    """Enter what was filled in as coded by that person; what is wrong is said above the form, which keeps what was typed."""
    coder = account.name if desk.accounts is not None else given["coder"]
    try:
        entered = desk.ledger.enter_coded(_record(given, coder), coder=coder)
    except (FormatError, RequestRefused) as error:
        return _form(given, None, asked, wrong=str(error)[:1].upper() + str(error)[1:] + ".")
    day = given["published"][:10]
    href = f"/report/{entered.report_key}" + (f"?as_of={day}" if day else "")
    kept = {k: given[k] for k in ("coder", "outlet", "url", "title", "published")}
    return _form(kept, {"new": entered.new, "href": href}, asked)


def _record(given: dict[str, str], coder: str) -> dict[str, Any]:
    """The report with its one contact in GUIDE's shape."""
    if not given["published"]:
        raise RequestRefused(400, "a report needs its day of publication, else it stands in no view")
    start = [given["start_earliest"] or None, given["start_latest"] or None]
    contact: dict[str, Any] = {
        "from": _codes(given["from"], "who acted"),
        "to": _codes(given["to"], "toward whom"),
        "from_person": _list(given["from_person"]) or None,
        "to_person": _list(given["to_person"]) or None,
        "act": given["act"],
        "status": given["status"],
        "channel": _list(given["channel"]) or ["unspecified"],
        "via": _list(given["via"]),
        "secret": given["secret"] in ("yes", "on", "true"),
        "start": start if any(start) else None,
        "about": given["about"] or None,
        "conditions": [{"by": None, "phrase": given["condition"]}] if given["condition"] else [],
        "reply": given["reply"] or "not_stated",
        "reply_as_of": given["reply_as_of"] or None,
        "attribution": {
            "kind": given["attribution_kind"] or "outlet",
            "source": given["attribution_source"] or None,
            "of": _codes(given["attribution_of"], "whose source")[0] if given["attribution_of"] else None,
            "told": given["attribution_told"] or None,
        },
        "hedge": given["hedge"] or "asserted",
        "evidence": [given["words"]] if given["words"] else [],
        "note": given["note"] or None,
    }
    report = {
        "id": content_id("entered", given["outlet"], given["url"], given["title"], given["published"]),
        "outlet": given["outlet"] or None,
        "url": given["url"] or None,
        "title": given["title"] or None,
        "published": given["published"],
        "published_rule": "given",
        "published_sure": 1.0,
        "body": given["words"],
    }
    if given["words"]:
        contact["spans"] = {"evidence": [[0, len(given["words"]), f"coder:{coder}"]]}
    return {"report": report, "coder": coder, "contacts": [contact]}


def _codes(text: str, what: str) -> list[str]:
    """Codes from codes or names."""
    found = []
    for part in _list(text):
        code = part.upper() if part.upper() in labels() else None
        named = actor_book().party(part) if code is None else (code,)
        if len(named) == 1:
            found.append(named[0])
        elif part.isupper() and part.isascii() and " " not in part:
            found.append(part)
        else:
            raise RequestRefused(400, f"“{part}” ({what}) names no single party; use a code such as USA, PRK or EU")
    if not found:
        raise RequestRefused(400, f"it is not said {what}; give a party's code or name")
    return list(dict.fromkeys(found))


def _list(text: str) -> list[str]:
    return [x.strip() for x in text.replace(",", ";").split(";") if x.strip()]
