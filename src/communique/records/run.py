"""`Run`: with which software, codebook, model and settings something was coded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """One way of coding. `id` is a digest of the other fields, so that equal runs have equal ids; it holds no clock."""

    id: str
    software: str
    codebook: str
    model: str
    registry: str
    settings: tuple[tuple[str, str], ...] = ()
