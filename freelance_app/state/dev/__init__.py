"""State of the pages of `make dev`."""
