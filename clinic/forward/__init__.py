"""Passes what was received on to other servers."""
