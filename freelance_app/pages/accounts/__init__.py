"""Sign-up, sign-in, settings."""
