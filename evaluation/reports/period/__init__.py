"""What the report of a quarter or a year says beyond that of a course: decisions, money, reach, what comes next."""
