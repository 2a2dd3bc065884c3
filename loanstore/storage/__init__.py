"""The hand that remembers: the encrypted database, the journal and what is folded from it."""
