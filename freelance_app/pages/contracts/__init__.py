"""The workroom."""
