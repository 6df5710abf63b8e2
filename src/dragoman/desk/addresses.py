"""Which addresses of the internet the desk may reach: those of the public, and none inside.

The rule is "global unicast or refused". Python's ``ipaddress`` follows the IANA special-purpose registries; what its releases lag behind in, or
count as global though it leads inside, stands in ``INSIDE``.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

__all__ = ["is_public"]

#: IANA IPv4 and IPv6 special-purpose address registries (RFC 6890 and what updates it); the last v4 row is the address under which Microsoft's cloud
#: offers its machine service to every guest (learn.microsoft.com, "What is IP address 168.63.129.16?").
INSIDE = tuple(
    ip_network(n)
    for n in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
#: RFC 6052: the well-known prefix under which a network without IPv4 reaches an IPv4 address, which stands in the last 32 bits.
NAT64 = ip_network("64:ff9b::/96")
#: RFC 4291: all global unicast addresses that were ever given out begin so.
GLOBAL_V6 = ip_network("2000::/3")


def is_public(address: str) -> bool:
    """Whether the text is a numeric address of the public internet. An address that is none, or carries a zone, is not public.

    An IPv4 address wrapped in an IPv6 one is refused (mapped, compatible, 6to4, Teredo), but for NAT64's, where the one inside must be public.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id is not None or found.ipv4_mapped is not None:
            return False
        if found in NAT64:
            return _public(IPv4Address(int(found) & 0xFFFFFFFF))
        return found in GLOBAL_V6 and _public(found)
    return _public(found)


def _public(found: IPv4Address | IPv6Address) -> bool:
    return (
        found.is_global and not found.is_multicast and not any(found in n for n in INSIDE if n.version == found.version)
    )
