"""The practitioner's way to a course: the public catalogue, its search and its pages."""
