"""What staff see behind their badge."""
