"""The benchmarks are run at their smallest: that they work, not how fast."""
