"""What the benchmarks share: servers to measure, tabs that load them, and figures."""
