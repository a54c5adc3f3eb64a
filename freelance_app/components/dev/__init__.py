"""Specimens of the kit for `make dev`: figures of the design, never of a person."""
