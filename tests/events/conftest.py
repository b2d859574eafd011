import pytest

from communique.codebook import Codebook
from tests.events.stage import small_codebook


@pytest.fixture(scope="session")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    return small_codebook(tmp_path_factory.mktemp("codebook"))
