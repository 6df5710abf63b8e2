"""What people see: the shapes of FORMATS as tables, readable at 80 columns and at 200, in words as well as in colour.

Every function takes the JSON shape and not the ledger's values: what a table shows is what a program gets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.model import Article, Reading, Rejection

Json = Mapping[str, Any]

#: Colour repeats what the word beside it says.
STATUS_STYLES = {
    "done": "green",
    "ongoing": "green",
    "attempted": "yellow",
    "planned": "cyan",
    "conditional": "cyan",
    "not_done": "red",
    "disputed": "magenta",
}
STATE_STYLES = {
    "open": "bold yellow",
    "acknowledged": "yellow",
    "accepted": "green",
    "declined": "red",
    "countered": "magenta",
    "closed": "dim",
}
#: From this width on there is room for a further column.
WIDE = 120
#: Ids are long so that they never clash; this much of one is enough to name it in a ledger of a million rows.
SHORT_ID = 8


# ------------------------------------------------------------------------------------------------------------ pieces


#: Columns whose cells are short and lose their sense when they are broken.
WHOLE = frozenset({"id", "who", "opened", "days silent", "last attempt", "state", "when", "status", "published", "act"})


def table(*columns: str, title: str | None = None) -> Table:
    """A table with a rule under its head and no other lines."""
    from rich.box import SIMPLE_HEAD

    made = Table(
        box=SIMPLE_HEAD,
        title=title,
        title_justify="left",
        title_style="bold",
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
    )
    for name in columns:
        made.add_column(name, overflow="fold", no_wrap=name in WHOLE)
    return made


def word(value: str | None) -> str:
    """A value of the vocabulary as a person writes it."""
    return (value or "").replace("_", " ")


def styled(value: str | None, styles: Mapping[str, str]) -> Text:
    """The word in its colour."""
    return Text(word(value), style=styles.get(value or "", ""))


def sides(contact: Json) -> str:
    """``USA → PRK``; a go-between stands after it."""
    arrow = " – " if contact["act"] in {"call", "meeting", "agreement"} else " → "
    return "+".join(contact["from"]) + arrow + "+".join(contact["to"])


def days(interval: Sequence[str | None] | Mapping[str, Any] | None) -> str:
    """An interval as a person writes it: one day, ``2021-02-11…20``, ``until 2021-05-12``, ``from …``."""
    if not interval:
        return ""
    first, last = (
        (interval["earliest"], interval["latest"]) if isinstance(interval, Mapping) else (interval[0], interval[1])
    )
    if first and last:
        if first == last:
            return str(first)
        shared = 8 if first[:8] == last[:8] else 5 if first[:5] == last[:5] else 0
        return f"{first}…{last[shared:]}"
    return f"until {last}" if last else f"from {first}" if first else ""


def count_of_days(span: Sequence[int | None] | None) -> str:
    """``24–33``; an end that is not bounded is told in words."""
    if not span:
        return "unknown"
    low, high = span
    if low is not None and high is not None:
        return str(low) if low == high else f"{low}–{high}"
    return f"{low} or more" if low is not None else f"up to {high}"


def whose_word(attribution: Json | None) -> str:
    """``a senior official (USA) to Reuters``."""
    if not attribution:
        return ""
    source = attribution.get("source") or word(attribution.get("kind"))
    of = attribution.get("of")
    told = attribution.get("told")
    return f"{source or ''}{f' ({of})' if of else ''}{f' to {told}' if told else ''}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """``1 report``, ``3 reports``."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


# ----------------------------------------------------------------------------------------------------------- reading


def print_reading(out: Console, outcome: Reading | Rejection) -> None:
    """One report and what it says, or why it was not read."""
    if isinstance(outcome, Rejection):
        print_rejection(out, outcome)
        return
    shape = outcome.as_json()
    print_masthead(out, shape["report"])
    if shape["contacts"]:
        out.print(Padding(contacts_table(shape["contacts"], out.width), (0, 0, 0, 2), expand=False))
    for process in shape["processes"]:
        out.print(
            _line(
                "process",
                f"{process['owner'] or '?'}: {process['name']}",
                word(process["stage"]),
                days(process["date"]),
            )
        )
    for statement in shape["statements"]:
        about = f" on {statement['about']}" if statement["about"] else ""
        out.print(_line(word(statement["kind"]), f"{statement['by'] or '?'}{about}", f"“{statement['phrase']}”"))
    for conflict in shape["conflicts"]:
        out.print(_line("conflict", conflict["what"], " against ".join(conflict["between"])))
    out.print()


def print_masthead(out: Console, report: Json) -> None:
    """The report's id, day, outlet and title."""
    head = Text(report["id"], style="bold")
    known = [
        (report.get("published") or "no date")[:10],
        report.get("outlet"),
        f"by {report['agency']}" if report.get("agency") else None,
    ]
    head.append(f"  {' · '.join(x for x in known if x)}", style="dim")
    out.print(head)
    if report.get("title"):
        out.print(Padding(Text(report["title"]), (0, 0, 0, 2), expand=False))


def print_rejection(out: Console, rejection: Rejection) -> None:
    """One line."""
    line = Text(rejection.report, style="bold")
    line.append(f"  not read ({rejection.stage}): {word(rejection.reason)}", style="red")
    if rejection.detail:
        line.append(f", {rejection.detail}", style="dim")
    out.print(line)


def contacts_table(contacts: Iterable[Json], width: int) -> Table:
    """Who did what to whom, when, answered how, on whose word."""
    wide = width >= WIDE
    made = table("who", "act", "status", "when", *(["channel"] if wide else []), "answer", "on whose word")
    for contact in contacts:
        channel = ", ".join(word(c) for c in contact["channel"] if c != "unspecified")
        made.add_row(
            Text(sides(contact), style="bold"),
            word(contact["act"]) + (" (secret)" if contact.get("secret") else ""),
            styled(contact["status"], STATUS_STYLES),
            days(contact["start"]),
            *([channel] if wide else []),
            "" if contact["reply"] == "not_stated" else word(contact["reply"]),
            Text(whose_word(contact["attribution"]), style="dim"),
        )
    return made


def _line(kind: str, *parts: str) -> Padding:
    line = Text.assemble((f"{kind}  ", "cyan"), "  ".join(p for p in parts if p))
    return Padding(line, (0, 0, 0, 2), expand=False)


def print_summary(out: Console, reports: int, contacts: int, rejected: int, ledger: str | None) -> None:
    """The last line of a run."""
    line = f"{counted(reports, 'report')} read, {counted(contacts, 'contact')}"
    if rejected:
        line += f"; {rejected} not read" + (", `dragoman rejections` tells why" if ledger else "")
    out.print(Text(line + (f". In {ledger}." if ledger else "."), style="bold"))


def print_article(out: Console, article: Article) -> None:
    """An article as a page to read."""
    facts = {
        "outlet": article.outlet,
        "agency": article.agency,
        "published": f"{article.published} ({article.published_rule}, {article.published_sure:.0%} sure)"
        if article.published
        else None,
        "updated": article.updated,
        "dateline": article.dateline,
        "byline": article.byline,
        "language": f"{article.language}{', machine translated' if article.machine_translated else ''}"
        if article.language
        else None,
    }
    out.print(Text(article.title or article.id, style="bold"))
    if article.subtitle:
        out.print(Text(article.subtitle, style="italic"))
    out.print(Text(" · ".join(f"{k} {v}" for k, v in facts.items() if v), style="dim"))
    out.print()
    out.print(Text(article.body))
    for caption in article.captions:
        out.print(Text(f"[{caption.text}]", style="dim"))
    out.print()


def print_times(out: Console, article: Article, times: Sequence[Json]) -> None:
    """The text with its time expressions marked, and what each allows."""
    text = Text(article.body)
    made = table("words", "type", "value", "days", "counted from", "rule")
    for found in times:
        text.stylize("bold yellow", found["start"], found["end"])
        made.add_row(
            found["text"],
            found["type"],
            found["value"],
            days(found),
            found["anchor"] or "",
            Text(found["rule"], style="dim"),
        )
    out.print(Text(article.id, style="bold"))
    out.print(text)
    out.print(made)
    out.print()


# ------------------------------------------------------------------------------------------------------------ ledger


def silence_table(threads: Sequence[Json], width: int, title: str | None = None) -> Table | Text:
    """The silence board: one row an approach without a reported answer, longest first."""
    if not threads:
        return Text.assemble((f"{title}\n" if title else "", "bold"), ("No approach stands unanswered.", "dim"))
    wide = width >= WIDE
    made = table(
        "id", "who", "opened", "days silent", *(["last attempt"] if wide else []), "state", "on whose word", title=title
    )
    for thread in threads:
        made.add_row(
            Text(thread["id"][:SHORT_ID], style="cyan"),
            Text(_who_opened(thread), style="bold"),
            _opened(thread),
            _silent_days(thread),
            *([_ago(thread["since_last_attempt"])] if wide else []),
            styled(thread["state"], STATE_STYLES),
            Text(_reported(thread), style="dim"),
        )
    return made


def threads_table(threads: Sequence[Json], width: int, title: str | None = None) -> Table | Text:
    """All threads: what began, between whom, and how it stands."""
    if not threads:
        return Text("The ledger knows no thread.", style="dim")
    wide = width >= WIDE
    made = table("id", "who", "kind", "opened", "state", "acts", *(["origins", "subject"] if wide else []), title=title)
    for thread in threads:
        state = styled(thread["state"], STATE_STYLES)
        if thread["state_since"]:
            state.append(f" since {thread['state_since']}", style="dim")
        made.add_row(
            Text(thread["id"][:SHORT_ID], style="cyan"),
            Text(_who_opened(thread), style="bold"),
            thread["kind"],
            _opened(thread),
            state,
            str(len(thread["acts"])) if thread["kind"] != "process" else "",
            *([str(thread["origins"]), thread["subject"] or ""] if wide else []),
        )
    return made


def _who_opened(thread: Json) -> str:
    first = next((act for act in thread["acts"] if act.get("from") and act.get("to")), None)
    return sides(first) if first else " – ".join(thread["parties"])


def _opened(thread: Json) -> Text:
    opened = thread["opened"] or {}
    cell = Text(days(opened) or "day unknown")
    if opened.get("text"):
        cell.append(f"\n“{opened['text']}”", style="dim")
    return cell


def _ago(span: Sequence[int | None] | None) -> str:
    return f"{count_of_days(span)} {'day' if span == [1, 1] else 'days'} ago" if span else ""


def _reported(thread: Json) -> str:
    by = thread["reported_by"] or {}
    return ", ".join(
        x for x in (whose_word({"kind": None, **by}), f"until {by['until']}" if by.get("until") else "") if x
    )


def _silent_days(thread: Json) -> Text:
    """The days of silence, and on how many of them nothing about the two was read: silence is only as good as the reading."""
    from datetime import date

    cell = Text(count_of_days(thread["silence_days"]), style="bold yellow")
    gaps = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in thread.get("reading_gaps") or ()]
    if unread := sum((b - a).days + 1 for a, b in gaps):
        cell.append(f"\n({unread} unread)", style="not bold dim default")
    return cell


def acts_table(acts: Iterable[Json], width: int, title: str | None = None) -> Table:
    """A timeline: acts by day."""
    wide = width >= WIDE
    made = table("when", "who", "act", "status", *(["channel"] if wide else []), "told by", "id", title=title)
    for act in acts:
        channel = ", ".join(word(c) for c in act["channel"] or [] if c != "unspecified")
        reports = act.get("reports") or [{"id": c["report"]} for c in act["contacts"]]
        names = list(dict.fromkeys(r.get("outlet") or r["id"] for r in reports))
        made.add_row(
            days(act["interval"]) or Text("day unknown", style="dim"),
            Text(sides(act), style="bold"),
            word(act["act"]),
            styled(act["status"], STATUS_STYLES),
            *([channel] if wide else []),
            Text(", ".join(names) if wide else counted(len(reports), "report"), style="dim"),
            Text(act["id"][:SHORT_ID], style="cyan"),
        )
    return made


def rejections_table(rejections: Sequence[Json]) -> Table | Text:
    """What was not read, and why."""
    if not rejections:
        return Text("Every input was read.", style="dim")
    made = table("report", "stage", "reason", "detail", "recorded")
    for row in rejections:
        made.add_row(
            Text(row["report"], style="bold"),
            row["stage"],
            Text(word(row["reason"]), style="red"),
            row["detail"],
            str(row["recorded"])[:19],
        )
    return made


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> Text:
    """The paragraphs of ``text`` in which the spans stand, with the spans marked."""
    marks = sorted(spans)
    parts: list[Text] = []
    at = 0
    for paragraph in text.split("\n"):
        inside = [(a - at, b - at) for a, b in marks if a < at + len(paragraph) and b > at]
        if inside:
            part = Text(paragraph)
            for first, last in inside:
                part.stylize("bold black on yellow", max(first, 0), min(last, len(paragraph)))
            parts.append(part)
        at += len(paragraph) + 1
    return Text("\n").join(parts)


def changes_table(changes: Sequence[Json], width: int, title: str | None = None) -> Table | Text:
    """What changed between two days, thread by thread."""
    if not changes:
        return Text("Nothing changed between these days.", style="dim")
    made = table("who", "change", "state", "subject", "reports", *(["id"] if width >= WIDE else []), title=title)
    for row in changes:
        before, after = (styled(row[k], STATE_STYLES) for k in ("before", "after"))
        states = Text(" → ").join(x for x in (before, after) if x.plain) if row["before"] != row["after"] else after
        told = ", ".join(r["id"] for r in row["reports"][:3]) + (" …" if len(row["reports"]) > 3 else "")
        cells = [" – ".join(row["parties"]), row["change"], states, row["subject"] or "", told]
        made.add_row(*cells, *([row["thread"][:SHORT_ID]] if width >= WIDE else []))
    return made


def print_rereading(out: Console, found: Json) -> None:
    """What a new reading of one page changes; nothing where it changes nothing."""
    if found["rejected"]:
        out.print(Text.assemble((found["report"], "bold"), f"  not read: {found['rejected']['reason']}"))
        return
    if not (found["gone"] or found["new"] or found["fields"]):
        return
    out.print(Text(found["report"], style="bold"))
    for name, (old, new) in found["fields"].items():
        out.print(Padding(Text(f"{name}: {_short(old)} → {_short(new)}"), (0, 0, 0, 2)))
    for sign, style, rows in (("-", "red", found["gone"]), ("+", "green", found["new"])):
        for row in rows:
            line = f"{sign} {sides(row)}  {word(row['act'])}, {word(row['status'])}  {days(row['start'])}  {row['about'] or ''}"
            out.print(Padding(Text(line.rstrip(), style=style), (0, 0, 0, 2)))


def _short(value: str | None) -> str:
    text = value or "none"
    return text if len(text) <= 60 else f"{text[:57]}…"
