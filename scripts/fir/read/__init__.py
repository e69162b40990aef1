"""Bytes to nouns: every file that enters the register is read here, and none of it is trusted."""
