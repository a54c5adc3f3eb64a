"""Rooms and their messages."""
