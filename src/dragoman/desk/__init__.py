"""The desk: the ledger in a browser."""
