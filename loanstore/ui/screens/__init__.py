"""The screens: what each shows, and what a person can do there."""
