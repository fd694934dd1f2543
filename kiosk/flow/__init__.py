"""The steps of a visit as a pure table."""
