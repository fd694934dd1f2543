"""The voice of the kiosk: what is said, how it is pronounced, and the sounds beside it."""
