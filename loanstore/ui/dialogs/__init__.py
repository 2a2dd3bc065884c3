"""What asks a person something: always a part of the window, never a box in front of it."""
