"""Live bookings and years of attendance out of an old system's export."""
