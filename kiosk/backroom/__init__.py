"""What staff can do at the kiosk: the flow, what each step shows, and who hears what they press."""
