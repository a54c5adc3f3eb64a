"""The demo: a small marketplace with work in every status, made through the services alone."""
