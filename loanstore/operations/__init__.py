"""The gestures: one function is one gesture is one transaction."""
