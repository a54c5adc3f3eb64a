"""Contracts, their milestones, and the work handed in."""
