"""Pages of `make dev`: the kit in every state."""
