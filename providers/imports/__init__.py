"""Reading a partnership's own lists: venues, courses, providers, contracts, trainers, dates."""
