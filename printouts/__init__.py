"""An assessment on paper and on a phone."""
