"""Coding single sentences by PLOVER: what a word tells (``words``) and which word tells of a pair (``pairs``)."""
