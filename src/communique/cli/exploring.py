"""`explore`: an archive in the browser."""

import os
from importlib import resources
from pathlib import Path


def explore(archive: Path, *, host: str, port: int, by: str) -> int:
    """Serve the archive until it is interrupted; gives the exit status. The password, if any, is in the environment."""
    from communique.explorer import serve

    password = os.environ.get("COMMUNIQUE_PASSWORD") or None
    with resources.as_file(resources.files("communique.cli") / "dossier") as folder:
        serve(archive, say=_say, host=host, port=port, password=password, reader=by, dossier=folder)
    return 0


def _say(link: str) -> None:
    print(f"The explorer is at\n\n  {link}\n\nIt serves this machine until you stop it with Ctrl-C.", flush=True)
