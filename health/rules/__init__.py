"""Dated, sourced rules as data."""
