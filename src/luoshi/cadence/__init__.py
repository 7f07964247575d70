"""Working days, and the schedule of a year."""
