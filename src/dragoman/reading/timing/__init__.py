"""The grammar of time expressions: pieces, patterns over them, rule tables, days.

``dragoman.reading.times.read_times`` is the one door; docs/times.md draws the way through.
"""
