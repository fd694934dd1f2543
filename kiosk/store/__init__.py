"""The only place of the kiosk that speaks SQL."""
