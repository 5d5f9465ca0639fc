"""The planning board: a course in a quarter, what is wanted and what there is, and what to do next with its sum."""
