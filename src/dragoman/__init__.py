"""dragoman reads news reports and keeps a sourced, dated ledger of diplomatic contact."""

__version__ = "0.1.0"
