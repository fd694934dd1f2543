"""The only place of the clinic that speaks SQL."""
