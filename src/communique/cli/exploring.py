"""`explore`: an archive in the browser."""

import os
from importlib import resources
from pathlib import Path

from communique.errors import InputError


def explore(archive: Path, *, host: str, port: int, by: str) -> int:
    """Serve the archive until it is interrupted; gives the exit status. The password, if any, is in the environment."""
    try:
        from communique.explorer import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("jinja2", "multipart", "python_multipart", "starlette", "uvicorn"):
            raise
        raise InputError(
            f"the explorer needs {error.name}; install it with: pip install 'communique[explore]'"
        ) from None
    password = os.environ.get("COMMUNIQUE_PASSWORD") or None
    with resources.as_file(resources.files("communique.cli") / "dossier") as folder:
        serve(archive, say=_say, host=host, port=port, password=password, reader=by, dossier=folder)
    return 0


def _say(link: str) -> None:
    print(f"The explorer is at\n\n  {link}\n\nIt serves this machine until you stop it with Ctrl-C.", flush=True)
