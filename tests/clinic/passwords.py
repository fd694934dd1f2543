"""What a password costs in the tests of the clinic, and what it costs in a clinic.

This module is imported before anything makes passwords cheap, so ``STRONG`` is what a clinic hashes with.
"""

from argon2 import PasswordHasher

from clinic import accounts

STRONG = accounts._HASHER
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
