"""Coders that do to their process what hostile pages do to parsers; in a module, so that other processes find them."""

import os
import signal
import time

from communique.errors import ModelError
from communique.records import Article, CodedArticle
from tests.factories import RUN


class Hostile:
    """Finds nothing; some words make it hang, die or eat memory."""

    run = RUN

    def code(self, article: Article) -> CodedArticle:
        """The article, if the process lives to tell."""
        if "spins" in article.text:
            while True:
                pass
        if "sleeps" in article.text:
            time.sleep(600)
        if "dies" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "crashes" in article.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "swells" in article.text:
            _ = bytearray(3 << 30)
        return CodedArticle(self.run, article, (), (), (), (), article.problems)


def missing() -> Hostile:
    """A coder whose model is not there."""
    raise ModelError("the model is missing; install the package again")


def dying() -> Hostile:
    """A coder for whose model there is no memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    return Hostile()
