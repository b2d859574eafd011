"""Scores of arcs → one dependency tree per sentence.

The best governor of every word is a tree for most sentences; where it is not, Chu-Liu/Edmonds finds the best tree. Each
arc from the root is made so dear that the best tree has one.
"""

import numpy as np
from numpy.typing import NDArray

ONE_ROOT = 1e6  # taken off every arc from the root; far above any sum of log-likelihoods of a sentence

Table = NDArray[np.float32] | NDArray[np.float64]


def tree(scores: Table) -> list[int]:
    """Governors of the N words of a sentence, -1 for the one root.

    `scores`: N × (N + 1), row the dependent, column the governor, last column the root; higher is likelier.
    """
    count = scores.shape[0]
    scores = scores.astype(np.float64) - _log_sum(scores)
    scores[np.arange(count), np.arange(count)] = -np.inf
    greedy = scores.argmax(1)
    if (greedy == count).sum() == 1 and not _cycle(greedy.tolist(), count):
        return [-1 if head == count else int(head) for head in greedy]
    square = np.full((count + 1, count + 1), -np.inf)
    square[:count] = scores
    square[:count, count] -= ONE_ROOT
    heads = _edmonds(square, count)[:count]
    return [-1 if head == count else head for head in heads]


def _log_sum(scores: Table) -> Table:
    top = scores.max(1, keepdims=True)
    summed: Table = top + np.log(np.exp(scores - top).sum(1, keepdims=True))
    return summed


def _cycle(heads: list[int], root: int) -> list[int]:
    """The words of one cycle of `heads`, or none; `root` marks the end of a path."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path, current = [], start
        while current != root and current >= 0 and state[current] == 0:
            state[current] = 1
            path.append(current)
            current = heads[current]
        if current != root and current >= 0 and current in path:
            return path[path.index(current) :]
        for each in path:
            state[each] = 2
    return []


def _edmonds(scores: Table, root: int) -> list[int]:
    """The best tree over N × N scores that hangs from `root`; the root's governor is -1."""
    count = scores.shape[0]
    heads = [int(each) for each in scores.argmax(1)]
    heads[root] = -1
    cycle = _cycle(heads, -1)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [word for word in range(count) if word not in inside]
    place = {word: number for number, word in enumerate(outside)}
    merged = len(outside)
    small = np.full((merged + 1, merged + 1), -np.inf, dtype=scores.dtype)
    small[:merged, :merged] = scores[np.ix_(outside, outside)]
    leave = scores[np.ix_(outside, cycle)]  # a cycle's word as governor of one outside
    small[:merged, merged] = leave.max(1)
    chosen_from = [cycle[int(each)] for each in leave.argmax(1)]
    own = np.array([scores[word, heads[word]] for word in cycle])
    enter = scores[np.ix_(cycle, outside)] - own[:, None]  # one outside as governor of a cycle's word
    small[merged, :merged] = enter.max(0)
    chosen_to = [cycle[int(each)] for each in enter.argmax(0)]
    solved = _edmonds(small, place[root])
    result = list(heads)
    for number, word in enumerate(outside):
        head = solved[number]
        result[word] = -1 if head < 0 else chosen_from[number] if head == merged else outside[head]
    entry = solved[merged]
    result[chosen_to[entry]] = outside[entry]
    return result
