"""Benchmarks: our commands timed beside their rivals (`make bench`)."""
