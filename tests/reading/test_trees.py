"""The best tree over arc scores, against trying every tree."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.reading.trees import tree


def is_tree(heads: tuple[int, ...]) -> bool:
    if heads.count(-1) != 1:
        return False
    for start in range(len(heads)):
        seen, current = set(), start
        while current >= 0:
            if current in seen:
                return False
            seen.add(current)
            current = heads[current]
    return True


def total(scores: np.ndarray, heads: list[int] | tuple[int, ...]) -> float:
    rows = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    return float(sum(rows[place, head] for place, head in enumerate(heads)))


@given(st.integers(1, 4), st.integers(0, 10_000))
@settings(max_examples=120, deadline=None)
def test_no_tree_is_better(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(scale=3, size=(count, count + 1)).astype(np.float32)
    found = tree(scores.copy())
    assert is_tree(tuple(found))
    trees = [heads for heads in itertools.product(range(-1, count), repeat=count) if is_tree(heads)]
    assert total(scores, found) >= max(total(scores, heads) for heads in trees) - 1e-3


def test_a_long_chain_of_words_that_all_point_in_circles() -> None:
    count = 200
    scores = np.full((count, count + 1), -5.0, dtype=np.float32)
    for place in range(count):
        scores[place, place ^ 1] = 5.0  # every pair of neighbours points at each other
    assert is_tree(tuple(tree(scores)))


@pytest.mark.parametrize("count", [1, 2])
def test_short_sentences(count: int) -> None:
    assert is_tree(tuple(tree(np.zeros((count, count + 1), dtype=np.float32))))
