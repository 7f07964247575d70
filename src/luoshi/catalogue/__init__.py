"""What names mean: indicators, units of measure, bureaus and their duties, verbs, procedures."""
