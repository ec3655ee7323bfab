"""One file per feed: bytes -> captions. Pure; each names the mode in which its captions merge.

An adapter knows a format, not the session: it makes `Caption`s, which intake stamps with their time and merges.
"""
