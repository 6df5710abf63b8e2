"""``dragoman show``: a thread, act, contact or report with the words it rests on, marked in their paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.cli.tables import (
    STATE_STYLES,
    STATUS_STYLES,
    acts_table,
    count_of_days,
    days,
    print_masthead,
    sides,
    styled,
    whose_word,
    word,
)

Json = Mapping[str, Any]

#: Fields whose quotes are marked, and how. The sentence that carries the contact is underlined; what was read from single words stands out.
FIELD_STYLES = {
    "evidence": "underline",
    "act": "bold black on yellow",
    "status": "bold black on yellow",
    "from": "bold green",
    "to": "bold green",
    "start": "bold cyan",
    "end": "bold cyan",
    "channel": "bold magenta",
    "via": "bold magenta",
    "reply": "bold red",
    "attribution": "italic blue",
    "hedge": "italic blue",
}


def print_found(out: Console, found: Json) -> None:
    """What ``Ledger.show`` gives, for people."""
    value = found["found"]
    if found["what"] == "thread":
        _print_thread(out, value)
    elif found["what"] == "act":
        out.print(acts_table([value], out.width))
    elif found["what"] == "report" and not found["evidence"]:
        print_masthead(out, value)
    print_evidence(out, found["evidence"])


def _print_thread(out: Console, thread: Json) -> None:
    head = Text(f"{thread['kind']}  {' → '.join(thread['parties'])}  ", style="bold")
    head.append(styled(thread["state"], STATE_STYLES))
    if thread["state_since"]:
        head.append(f" since {thread['state_since']}")
    out.print(head)
    opened = thread["opened"]
    told = f" (“{opened['text']}”)" if opened["text"] else ""
    facts = [("opened", (days(opened) or "day unknown") + told), ("subject", thread["subject"])]
    if thread["silence_days"] is not None:
        facts.append(("days silent", count_of_days(thread["silence_days"])))
    by = thread["reported_by"]
    facts.append(
        ("on whose word", whose_word({"kind": None, **by}) + (f", until {by['until']}" if by["until"] else ""))
    )
    facts.append(("independent origins", str(thread["origins"])))
    for name, value in facts:
        if value:
            out.print(Padding(Text.assemble((f"{name}  ", "dim"), value), (0, 0, 0, 2), expand=False))
    out.print()
    out.print(acts_table(thread["acts"], out.width))
    for change in thread["changes"]:
        line = Text.assemble(
            (f"{change['day'] or 'day unknown'}  ", "cyan"),
            styled(change["state"], STATE_STYLES),
            (f"  {change['report']}", "dim"),
        )
        out.print(Padding(line, (0, 0, 0, 2), expand=False))
    for conflict in thread["conflicts"]:
        told_apart = "; ".join(f"{word(str(v['value']))} ({', '.join(v['reports'])})" for v in conflict["values"])
        out.print(
            Padding(
                Text.assemble(("reports differ  ", "magenta"), f"{word(conflict['field'])}: {told_apart}"), (0, 0, 0, 2)
            )
        )


def print_evidence(out: Console, evidence: Iterable[Json]) -> None:
    """For each contact its report, what it tells, and the paragraphs with the words marked."""
    last = None
    for piece in sorted(evidence, key=lambda p: p["report"]["published"] or "9"):
        contact = piece["contact"]
        if piece["report"]["key"] != last:
            out.print()
            print_masthead(out, piece["report"])
            last = piece["report"]["key"]
        line = Text.assemble(
            (sides(contact), "bold"), f"  {word(contact['act'])} ", styled(contact["status"], STATUS_STYLES)
        )
        if contact["start"]:
            line.append(f"  {days(contact['start'])}")
        if contact["reply"] != "not_stated":
            line.append(f"  answer: {word(contact['reply'])}")
        line.append(f"  {whose_word(contact['attribution'])}", style="dim")
        out.print(Padding(line, (0, 0, 0, 2), expand=False))
        for paragraph in marked(piece):
            out.print(Padding(paragraph, (0, 0, 0, 4), expand=False))


def marked(piece: Json) -> list[Text]:
    """The paragraphs that hold the contact's words, marked field by field."""
    quotes: Sequence[Json] = piece["quotes"]
    text = _text_of(piece)
    if text is None:
        # Of captions and key points the ledger keeps the words around each quote.
        longest = max(quotes, key=lambda q: len(q["exact"]), default=None)
        return (
            [Text.assemble((longest["prefix"], "dim"), (longest["exact"], "underline"), (longest["suffix"], "dim"))]
            if longest
            else []
        )
    found: list[Text] = []
    at = 0
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        inside = [q for q in quotes if q["start"] < end and q["end"] > at]
        if inside:
            shown = Text(paragraph)
            # Long marks first, so that the words inside them keep their own.
            for quote in sorted(inside, key=lambda q: q["start"] - q["end"]):
                style = FIELD_STYLES.get(quote["field"], "underline")
                shown.stylize(style, max(quote["start"] - at, 0), min(quote["end"] - at, len(paragraph)))
            found.append(shown)
        at = end + 1
    return found


def _text_of(piece: Json) -> str | None:
    if piece["where"] in (None, "body"):
        return str(piece["body"])
    return piece["report"]["title"] if piece["where"] == "headline" else None
