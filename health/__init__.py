"""Readings become a visit, a visit an assessment, both a record in an envelope."""
