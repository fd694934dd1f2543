"""What both ends of a wire share: the shape of a frame, and its building and parsing."""
