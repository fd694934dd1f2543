"""Risk models, each with the ages it is valid for."""
