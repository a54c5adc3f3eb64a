"""Money under fire: many at once, killed processes, a full disk."""
