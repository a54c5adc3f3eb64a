"""Proposals and offers."""
