"""Passwords: made, hashed with scrypt, held against a hash. Pure functions; chance comes in."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from dragoman.errors import AccountError

__all__ = ["COST", "LEAST", "Cost", "hashed", "holds", "one_time", "refuse_weak"]

Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: scrypt's n (memory and time, a power of two), r (block size) and p (how often)."""

    n: int = 2**15
    r: int = 8
    p: int = 3

    @property
    def memory(self) -> int:
        """The bytes that hashing may take: 128·n·r (RFC 7914), and as much again for p and what OpenSSL counts besides."""
        return 2 * 128 * self.n * self.r


#: One of the five settings that the OWASP Password Storage Cheat Sheet gives as equal in strength (n 2^17 p 1 … n 2^13 p 10); this one takes 32 MiB,
#: so that a burst of logins does not take a small machine's memory.
COST = Cost()
SALT, KEY = 16, 32
#: NIST SP 800-63B (5.1.1.1, revision 3): at least eight characters; revision 4 asks for fifteen where a password stands alone. Twelve lies between.
LEAST = 12
#: Longer ones are refused, since hashing them takes time that a stranger chooses.
MOST = 256
#: One-time passwords: letters and digits that nobody takes for one another, in groups for reading aloud.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 5


def one_time(random: Random) -> str:
    """A password of 20 signs in four groups, some 99 bits. ``random`` gives so many bytes."""
    found: list[str] = []
    while len(found) < GROUPS * GROUP:
        # A byte beyond the last whole multiple would favour the first signs.
        found += [SIGNS[b % len(SIGNS)] for b in random(GROUPS * GROUP) if b < 256 - 256 % len(SIGNS)]
    return "-".join("".join(found[i : i + GROUP]) for i in range(0, GROUPS * GROUP, GROUP))


def hashed(password: str, random: Random, cost: Cost = COST) -> str:
    """The hash with its salt and cost, as text: ``scrypt$n$r$p$salt$key``."""
    salt = random(SALT)
    return "$".join(["scrypt", str(cost.n), str(cost.r), str(cost.p), _text(salt), _text(_key(password, salt, cost))])


def holds(password: str, kept: str) -> bool:
    """Whether the password is the one whose hash was kept; takes the time that the kept cost asks for."""
    _, n, r, p, salt, key = kept.split("$")
    found = _key(password, base64.b64decode(salt), Cost(int(n), int(r), int(p)))
    return hmac.compare_digest(found, base64.b64decode(key))


def refuse_weak(password: str, name: str) -> None:
    """Raise :class:`~dragoman.errors.AccountError` where a new password is too short, too long, too plain or the name itself."""
    if not LEAST <= len(password) <= MOST:
        raise AccountError(f"A password has {LEAST} to {MOST} characters; take a few words in a row.")
    if name.lower() in password.lower() or len(set(password.lower())) < 5:
        raise AccountError("This password is guessed at once; take a few words in a row, without your name.")


def _key(password: str, salt: bytes, cost: Cost) -> bytes:
    # A lone surrogate, which forms can be made to hold, is bytes like any other.
    secret = password[: MOST + 1].encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=cost.memory, dklen=KEY)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
