"""The ledger, deposits, payouts."""
