"""Official documents (公文): drafted from the ledger, edited, approved, issued."""
