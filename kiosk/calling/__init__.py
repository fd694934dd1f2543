"""The call of staff: whom it is for, how it rings, and what is kept of it."""
