"""Drafting (起草): from the year as known to the documents that an office lives by."""
