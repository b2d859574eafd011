"""The policy on former states and disputed lands: under which codes their actors are coded, as a file says.

The shipped policy is `data/history.yaml`, which is compiled into the registry file; another one of its form can take
its place when the registry is loaded.
"""

import re
from pathlib import Path
from typing import Any

from communique.errors import RegistryError


def read_policy(path: Path) -> dict[str, Any]:
    """The policy in a YAML file. Raises `RegistryError` where the file cannot be read or has another form."""
    import yaml  # here, because only those who bring a policy of their own need it

    try:
        return checked_policy(yaml.safe_load(path.read_text(encoding="utf-8")), str(path))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RegistryError(f"{path}: cannot be read as YAML: {error}") from error


def checked_policy(read: Any, name: str) -> dict[str, Any]:
    """A policy as read from a file, days as ISO text. Raises `RegistryError`, with the `name`, for another form."""
    try:
        days = {code: {before: str(until) for before, until in rows.items()} for code, rows in read["days"].items()}
        flat = [*days, *(before for rows in days.values() for before in rows)]
        for part in ("gone", "lands"):
            flat += [*read[part], *read[part].values()]
    except (AttributeError, KeyError, TypeError) as error:
        raise RegistryError(
            f"{name}: found {error!r}; a policy has `days` (code: {{earlier code: last day}}), `gone` and `lands`"
            " (code: code)"
        ) from error
    wrong = [code for code in flat if not re.fullmatch("[A-Z]{3}", str(code))]
    wrong += [until for rows in days.values() for until in rows.values() if not re.fullmatch(r"\d{4}-\d\d-\d\d", until)]
    if wrong:
        raise RegistryError(f"{name}: found {wrong[0]!r}; codes are three capitals and days are ISO days")
    return {"days": days, "gone": dict(read["gone"]), "lands": dict(read["lands"])}
