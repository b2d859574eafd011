"""The same work on many machines, by Ray (extra `scale`); nothing else in the program knows of it.

Whole shards are sent out and what they became comes back in their order, so that one writer commits them and the
archive is the same as one machine would have made. A shard is a pure function of its inputs: a process or machine that
is lost costs its time and no more, since the shard is simply worked on again.
"""

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from communique.errors import CommuniqueError, InputError

Shard = TypeVar("Shard")
Shared = TypeVar("Shared")
Result = TypeVar("Result")
# What a task asks for: less than a whole processor, so that Ray's own work and the tasks of others find room. Tasks
# that take all of them wait for ever where anything else needs one.
SHARE = 0.9
# How often a shard is tried whose process or machine was lost. What a page does is caught within the process; so many
# losses of one shard are a fault of the machines.
TRIES = 20
# Shards on their way for each processor: one at work and one ready.
AHEAD = 2


def spread(
    work: Callable[[Shard, Shared], Result], shards: Iterable[Shard], *, shared: Shared, address: str | None = None
) -> Iterator[Result]:
    """`work(shard, shared)` for each shard, done on the machines of a cluster; results in the order of the shards.

    `work` must be importable by name on all of them; `shared` is sent to each machine once. `address` is that of a
    cluster ("auto" for the one that this machine belongs to); None starts one on this machine alone, and ends it.

    Raises `InputError` where Ray is not installed, and `CommuniqueError` where a shard is lost again and again.
    """
    ray = _started(address)
    try:
        task = ray.remote(num_cpus=SHARE, max_retries=TRIES)(_call)
        common, function = ray.put(shared), ray.put(work)
        most = max(1, int(ray.cluster_resources().get("CPU", 1))) * AHEAD
        waiting: deque[Any] = deque()
        for shard in shards:
            waiting.append(task.remote(function, shard, common))
            if len(waiting) >= most:
                yield _result(ray, waiting.popleft())
        while waiting:
            yield _result(ray, waiting.popleft())
    finally:
        ray.shutdown()


def _call(work: Callable[[Shard, Shared], Result], shard: Shard, shared: Shared) -> Result:
    return work(shard, shared)


def _started(address: str | None) -> Any:
    # Read when it is imported: it tells nobody that it is used, leaves warnings of its future to itself, and waits for
    # its own parts for two minutes, as on a busy machine it must.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_raylet_start_wait_time_s", "120")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
    except ImportError as error:
        raise InputError("--engine ray needs Ray; install it with: pip install 'communique[scale]'") from error
    try:
        ray.init(address=address, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    # It raises plain ones where a part of it does not start in time.
    except Exception as error:
        told = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CommuniqueError(f"Ray cannot be reached at {address or 'this machine'} ({told})") from error
    return ray


def _result(ray: Any, reference: Any) -> Any:
    try:
        return ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        cause = error.cause
        if isinstance(cause, CommuniqueError):
            raise cause from error
        raise CommuniqueError(f"a machine of the cluster failed ({type(cause).__name__}: {cause})") from error
    except ray.exceptions.RayError as error:
        told = type(error).__name__
        raise CommuniqueError(f"a shard was lost {TRIES} times ({told}); see what the cluster's log says") from error
