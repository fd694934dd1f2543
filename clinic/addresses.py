"""Whose address a request came from, where that can be known: one stranger has one stranger's share.

Behind a proxy every request comes from the proxy. What it says of the one before it is believed only from an
address that the settings name (the server itself looks at that, see ``serve``); a proxy's own address, and
this machine's, is nobody's. An address is compared and forgotten, never written into a log.
"""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

NOBODY = ""
_OF_ONE_LINE = 64
"""Bits of an address of IPv6 that whoever has a line cannot choose; the others are his to change."""


def address_of(request: Request, proxies: Sequence[str]) -> str:
    """The address of whoever asks, of IPv6 the network; ``NOBODY`` where only a proxy is known."""
    try:
        address = ip_address("" if request.client is None else request.client.host)
    except ValueError:
        return NOBODY
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback or any(address in ip_network(one, strict=False) for one in proxies):
        return NOBODY
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _OF_ONE_LINE), strict=False))
    return str(address)


def is_proxy(text: str) -> bool:
    """Whether a setting names one address, or a network of them, and not everybody."""
    try:
        return ip_network(text, strict=False).prefixlen > 0
    except ValueError:
        return False
