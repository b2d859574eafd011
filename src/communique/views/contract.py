"""The published schema of a coded article, as the package ships it."""

import json
from collections.abc import Iterable
from importlib import resources
from typing import Any


def schema(types: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) `communique.coded-article/1` that every `communique read --format json` keeps.

    `types` are a user's own types of events, which are added to those that the public schema lists.
    """
    path = resources.files("communique.views") / "data" / "coded-article.schema.json"
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    listed: list[str] = told["properties"]["events"]["items"]["properties"]["type"]["enum"]
    listed.extend(name for name in types if name not in listed)
    return told
