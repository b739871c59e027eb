"""The wall: one question at a time on the whole screen, and stories that play back."""
