"""The head that knows cues of attribution: its sentences and its recipe."""
