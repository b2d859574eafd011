"""Serving: a socket on this machine, the link that opens the explorer, and the server itself."""

import ipaddress
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn

from communique.errors import InputError
from communique.explorer.app import Explorer
from communique.explorer.safety import Keys
from communique.library import Library
from communique.store import Archive


def serve(
    path: Path, *, say: Callable[[str], None], host: str = "127.0.0.1", port: int = 0, password: str | None = None,
    reader: str = "", dossier: Path | None = None,
) -> None:  # fmt: skip
    """Serve the archive at `path`, made first where there is none, until it is interrupted.

    `say` is told the link that opens it, when it can be opened. `port` 0 takes a free one. A `host` that other machines
    can reach needs a `password`. Raises `InputError` where it lacks, or where the port is taken.
    """
    if not _is_loopback(host) and not password:
        raise InputError(
            f"other machines can reach {host}: set a password in COMMUNIQUE_PASSWORD, or leave --host away to serve "
            "this machine only"
        )
    library = Library(Archive.create(path))
    with _bound(host, port) as listening:
        number = listening.getsockname()[1]
        keys = Keys(password=password, cookie=f"communique_session_{number}")
        hosts = _names(host, number) if _is_loopback(host) else None
        app = Explorer(library, keys=keys, hosts=hosts, reader=reader, dossier=dossier)
        app.desk.jobs.bring_up_to_date()
        shown = f"[{host}]" if ":" in host else host
        say(f"http://{shown}:{number}/?token={keys.token}")
        threading.Thread(target=app.warm, name="communique-warm", daemon=True).start()
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="off", timeout_graceful_shutdown=2
        )
        uvicorn.Server(config).run(sockets=[listening])


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise InputError(f"cannot serve at {host}:{port} ({error.strerror or error}); try another --port") from error
    made.listen(128)
    return made


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _names(host: str, port: int) -> frozenset[str]:
    """What a browser on this machine may call this server."""
    names = {"localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host}
    return frozenset(f"{name}:{port}" for name in names) | (names if port == 80 else frozenset())
