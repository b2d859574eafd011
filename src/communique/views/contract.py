"""The published schema of a coded article, as the package ships it."""

import json
from importlib import resources
from typing import Any


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) `communique.coded-article/1` that every `communique read --format json` keeps."""
    path = resources.files("communique.views") / "data" / "coded-article.schema.json"
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told
