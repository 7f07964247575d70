"""A simulated year for the bundled invented city (模拟年度): made through the same services as real work, marked as simulated."""
