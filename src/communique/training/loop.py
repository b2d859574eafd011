"""One training loop for both halves: warm-up and linear decay, clipped steps, and the running mean of the weights."""

import copy
import json
import random
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

KEEP = 0.997  # decay of the running mean of the weights, whose mean is what is kept
_HEADS = 8  # how much faster heads learn than layers
_WARM, _LAST = 0.06, 0.02  # share of the steps that warm up; share of the rate at the end

Batch = TypeVar("Batch")
Model = TypeVar("Model", bound=nn.Module)


def fit(
    model: Model,
    batches: Callable[[random.Random], Iterable[Batch]],
    losses: Callable[[Model, Batch], Mapping[str, Tensor]],
    measure: Callable[[Model], Mapping[str, Any]],
    *,
    weights: Mapping[str, float],
    deep: frozenset[str],
    passes: int,
    rate: float,
    chance: random.Random,
    out: Path,
) -> None:
    """Trains `model` and keeps the running mean of its weights in `out` after each pass.

    `batches` gives the batches of one pass, drawn with the chance given; `weights` are those of the losses by name;
    `deep` the first names of the parameters that learn at `rate`, all others learn faster. What `measure` says of the
    mean is printed after each pass, with the losses, as a JSON line.
    """
    parameters = list(model.named_parameters())
    layers = [weight for name, weight in parameters if name.split(".")[0] in deep]
    heads = [weight for name, weight in parameters if name.split(".")[0] not in deep]
    optimiser = torch.optim.AdamW(
        [{"params": layers, "lr": rate}, {"params": heads, "lr": rate * _HEADS}], betas=(0.9, 0.98), weight_decay=0.01
    )
    per_pass = sum(1 for _ in batches(random.Random(0)))
    total = per_pass * passes + passes
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (_WARM * total)) * max(_LAST, 1 - step / total)
    )
    mean = copy.deepcopy(model).eval()
    started = time.time()
    for number in range(passes):
        model.train()
        sums: dict[str, float] = {}
        for batch in batches(chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = losses(model, batch)
                loss = sum((weights[name] * part for name, part in parts.items()), torch.zeros(()))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            keep = min(KEEP, (schedule.last_epoch + 1) / (schedule.last_epoch + 10))
            with torch.no_grad():
                for ours, theirs in zip(mean.parameters(), model.parameters(), strict=True):
                    ours.lerp_(theirs, 1 - keep)
            for name, part in parts.items():
                sums[name] = sums.get(name, 0.0) + float(part)
        torch.save(mean.state_dict(), out)
        row: dict[str, Any] = {"pass": number + 1, "seconds": round(time.time() - started)}
        row["loss"] = {name: round(value / per_pass, 3) for name, value in sums.items()}
        print(json.dumps({**row, **measure(mean)}), flush=True)
