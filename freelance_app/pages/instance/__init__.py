"""Home, notices, set-up, outbox."""
