"""Events: who did what to whom, when, where, in which words and with which modality.

What enters is a grounded document, its statements and the codebook; what leaves are `Event`s, each with the words that
every field rests on. Nothing here decides who somebody is or where a place lies.
"""

from communique.events.coder import code

__all__ = ["code"]
