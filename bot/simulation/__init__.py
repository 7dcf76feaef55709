"""Simulated members and faults: the demo, and the proofs that nothing is lost."""
