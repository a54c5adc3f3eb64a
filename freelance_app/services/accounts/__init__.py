"""People, parties, sessions: who acts for whom."""
