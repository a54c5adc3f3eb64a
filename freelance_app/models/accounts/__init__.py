"""People, the parties they act for, and how they sign in."""
