"""Documents made from a plan: docx, xlsx, csv."""
