"""How the language network is trained: the legs of its run, with their rates and what they show. No torch in here."""

from __future__ import annotations

from dataclasses import dataclass

#: The rate never falls below this share of the full one.
LEAST = 0.02


@dataclass(frozen=True)
class Leg:
    """A part of a run: its epochs, the share of the full rate that it begins with, the sentences of ours shown besides.

    The rate rises over the first ``warm`` of the leg and then falls steadily, to :data:`LEAST` of the full rate at its end.
    """

    epochs: float
    rate: float
    transfers: int
    warm: float = 0.0

    def share(self, step: int, total: int) -> float:
        """The share of the full rate at a step of so many."""
        warm = max(1, int(total * self.warm))
        return min((step + 1) / warm, max(LEAST, self.rate * min(1.0, (total - step) / max(1, total - warm))))


#: The legs that the shipped network has come by: recipe 2 of ``docs/language.md``, then 3a, then 3b.
LEGS = (Leg(4, 1.0, 0, warm=0.06), Leg(1, 0.2, 1200), Leg(1.3, 0.2, 1200))
