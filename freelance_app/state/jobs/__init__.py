"""Job posts."""
