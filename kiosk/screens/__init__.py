"""One step a pair of files; properties in, one event out."""
