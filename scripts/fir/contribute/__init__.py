"""What writes records: new ones, submissions, and the canonical form of both."""
