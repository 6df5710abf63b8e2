"""Who: the steps by which :mod:`dragoman.reading.actors` turns words into parties.

``pieces`` finds names, offices and people; ``compose`` puts them together into mentions; ``decide`` settles words that may stand for several
parties; ``people`` resolves names by the report and the book; ``speech`` knows who speaks; ``reference`` resolves pronouns and shortened mentions;
``places`` tells a government from the city it sits in.
"""
