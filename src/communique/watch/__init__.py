"""Feeds that are followed: polled, their new items added to an archive, and saved queries answered as news comes in.

Enters: addresses of feeds. Leaves: articles in the archive; for each saved query an Atom feed, and where it was asked
for a call of a web address. What was done is kept in one small file beside the archive, written so that a stop at any
moment misses nothing. Never: anything fetched that no feed named.
"""

from communique.watch.alerts import Query, read_queries
from communique.watch.polling import Round, Watch
from communique.watch.state import State

__all__ = ["Query", "Round", "State", "Watch", "read_queries"]
