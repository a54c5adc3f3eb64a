"""The ledger, deposits and payouts."""
