"""Mutation testing: small faults put into the code, which the unit tests of its part must find."""
