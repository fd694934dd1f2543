"""Instruments: bytes on a serial line in, readings out."""
