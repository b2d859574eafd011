"""Connections to the web that lead nowhere else: every address is checked when the connection to it is made.

Names are resolved here and the connection goes to the numbers that were checked, so that a name which means another
machine a moment later (DNS rebinding) gains nothing. No proxy, no cookie, no password is ever used.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from communique.intake.refusals import LARGEST_FILE

# A host and port → the addresses that it has, as numbers.
Resolver = Callable[[str, int], Collection[str]]
# Ports below 1024 other than these belong to services that speak no HTTP, such as mail.
_PORTS = frozenset({80, 443})
# The web of today's version 6 addresses; in the second block stand version 4 addresses (RFC 6052).
_GLOBAL_6, _TRANSLATED = ipaddress.ip_network("2000::/3"), ipaddress.ip_network("64:ff9b::/96")
# Tunnels (Teredo, 6to4) that carry version 4 addresses within.
_TUNNELS = (ipaddress.ip_network("2001::/32"), ipaddress.ip_network("2002::/16"))
_PIECE = 65_536
# Signs that stand in an address as they are; "%" too, since addresses come quoted.
_SAFE = "/%:@!$&'()*+,;=~-._?"


class Barred(OSError):  # noqa: N818 (it is raised where the system would raise its own)
    """An address that must not be asked; its words say why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: the `status`, its lines of `headers` by lower-case name, the unpacked `body`, and the `url`
    that was asked. A body of more than 10 MB comes cut one byte after that."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def is_barred(address: str) -> bool:
    """Whether the address (numbers, of version 4 or 6) is anything but a machine of the public network: private,
    loopback, link-local, multicast, reserved, or a tunnel that may hide one of these.

    >>> is_barred("10.0.0.1"), is_barred("::ffff:127.0.0.1"), is_barred("93.184.216.34")
    (True, True, False)
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_barred(str(found.ipv4_mapped))
        if found in _TRANSLATED:
            return is_barred(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        if found not in _GLOBAL_6 or any(found in tunnel for tunnel in _TUNNELS):
            return True
    return not found.is_global or found.is_multicast or found.is_reserved


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of the host as the system tells them. Raises `OSError` where it has none."""
    return tuple(str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


def origin(url: str) -> str:
    """Scheme, host and port of an address, such as "https://news.example:443". Raises `Barred` where it is no web
    address, carries a password, or names a port of another service."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
        ascii_host = (host or "").encode("idna" if not (host or "").isascii() else "ascii").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise Barred(f"no web address ({error})") from error
    if scheme not in ("http", "https") or not ascii_host:
        raise Barred("no address of the web (http or https)")
    if parts.username is not None or parts.password is not None:
        raise Barred("an address with a name or password in it")
    port = port or (443 if scheme == "https" else 80)
    if port not in _PORTS and port < 1024:
        raise Barred(f"port {port}, which is no web server's")
    told = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    return f"{scheme}://{told}:{port}"


class Door:
    """Makes connections, to public addresses only but for hosts that are `allowed` by name."""

    def __init__(
        self, *, allowed: Collection[str] = (), resolver: Resolver = resolve, seconds: float = 30.0,
        context: ssl.SSLContext | None = None,
    ) -> None:  # fmt: skip
        self._allowed = frozenset(each.strip().lower().strip("[]") for each in allowed)
        self._resolve, self._seconds, self._context = resolver, seconds, context

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to the host. Raises `Barred` where one of its addresses is, and `OSError` where none answers."""
        numbers = self._resolve(host, port)
        free = host.lower().strip("[]") in self._allowed
        for each in numbers:
            if not free and is_barred(each):
                raise Barred(f"{host} is {each}, which is no public address; --allow-host {host} would allow it")
        failed: OSError = OSError(f"{host} has no address")
        for each in numbers:
            try:
                made = socket.create_connection((each, port), timeout=self._seconds)
            except OSError as error:
                failed = error
                continue
            peer = str(made.getpeername()[0])
            if not free and is_barred(peer):
                made.close()
                raise Barred(f"{host} leads to {peer}, which is no public address")
            return made
        raise failed

    def ask(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """The answer to one request; redirects are answers. Everything together takes `seconds` at most.

        Raises `Barred` where the address must not be asked, `OSError` where nothing answers in time, and
        `http.client.HTTPException` where what answers speaks no HTTP.
        """
        place = urlsplit(origin(url))
        parts = urlsplit(url)
        line = quote(parts.path or "/", safe=_SAFE.rstrip("?"))
        line += "?" + quote(parts.query, safe=_SAFE) if parts.query else ""
        context = (self._context or ssl.create_default_context()) if place.scheme == "https" else None
        link = _Link(self, str(place.hostname), int(place.port or 0), context)
        timer = threading.Timer(self._seconds, link.stop)
        timer.daemon = True
        timer.start()
        try:
            link.request(method, line, body=body, headers={"Connection": "close", **headers})
            told = link.getresponse()
            lines = {name.lower(): value for name, value in told.getheaders()}
            content = b"" if method == "HEAD" else _body(told, lines.get("content-encoding", ""))
            if link.is_over:
                # What was cut here looks like an answer that came whole.
                raise TimeoutError(f"no whole answer within {self._seconds:g} seconds")
            return Answer(told.status, lines, content, url)
        finally:
            timer.cancel()
            link.close()


class _Link(http.client.HTTPConnection):
    """One connection through a door."""

    def __init__(self, door: Door, host: str, port: int, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port)
        self._door, self._secure = door, context
        self.is_over = False
        # Without the port where it is the usual one, as servers of several names expect it.
        self.default_port = 443 if context is not None else 80

    def connect(self) -> None:
        """Connect to the checked address."""
        plain = self._door.connect(self.host, self.port)
        self.sock = plain if self._secure is None else self._secure.wrap_socket(plain, server_hostname=self.host)
        if self.is_over:
            raise TimeoutError("timed out")

    def stop(self) -> None:
        """Wake whoever waits for the connection: its time is over."""
        self.is_over = True
        if self.sock is not None:
            try:
                # Of the plain socket: a secure one would talk once more with the other side.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
            except OSError:
                return


def _body(told: http.client.HTTPResponse, packing: str) -> bytes:
    """The body, unpacked, up to one byte more than is accepted."""
    packed = packing.lower() in ("gzip", "x-gzip", "deflate")
    engine = zlib.decompressobj(47) if packed else None
    parts, size, read = [], 0, 0
    while size <= LARGEST_FILE and read <= LARGEST_FILE and (piece := told.read(_PIECE)):
        read += len(piece)
        try:
            piece = piece if engine is None else engine.decompress(piece, LARGEST_FILE + 1 - size)
        except zlib.error as error:
            raise http.client.HTTPException(f"a body that is not packed as it says ({error})") from error
        parts.append(piece)
        size += len(piece)
    if told.length and size <= LARGEST_FILE and read <= LARGEST_FILE:
        raise http.client.IncompleteRead(b"", told.length)
    return b"".join(parts)[: LARGEST_FILE + 1]
