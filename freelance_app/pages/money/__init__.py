"""Billing, earnings, finance."""
