"""The same models from the other end of the wire."""
