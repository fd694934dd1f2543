"""One instrument model a file: the host's side of the line."""
