"""What every other wing uses: events, effects, deadlines, notices, mails, audit, policies."""
