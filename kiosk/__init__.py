"""The face of the station: what the senior and the staff touch, and what keeps the visit."""
