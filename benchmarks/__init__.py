"""How fast dragoman is, and how much of it is spent where."""
