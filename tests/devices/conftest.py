"""What the tests of instruments share: a busy machine is no reason for a property to be false."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
