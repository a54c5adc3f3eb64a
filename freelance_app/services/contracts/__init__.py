"""Terms, contracts, milestones, and the work handed in for them."""
