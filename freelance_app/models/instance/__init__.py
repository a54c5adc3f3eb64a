"""What the instance itself keeps: its set-up, clocks, mails, notices, audit, limits, files."""
