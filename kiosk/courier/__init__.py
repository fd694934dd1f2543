"""Carries sealed envelopes to the clinic."""
