"""Sending mails: a port, and the default that keeps them in the outbox."""
