"""Self-assessment scales: what is asked, how it is scored, and under which terms it may be shown."""
