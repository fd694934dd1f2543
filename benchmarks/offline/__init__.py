"""A month without a network: 4,500 visits kept, then taken to the clinic once the link is back."""
