"""Communique reads news and keeps the record of who said and did what to whom, in which words."""

__version__ = "0.1.0"
