"""The window: shows and asks, and decides nothing."""
