"""What programs take out of a ledger: tables with documented columns and stable ids."""

from dragoman.exports.rows import COLUMNS, csv_lines, jsonl_lines, rows

__all__ = ["COLUMNS", "csv_lines", "jsonl_lines", "rows"]
