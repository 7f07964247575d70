"""The year of delivery (办理): handling plans, reports, sources of figures and lights, all folded from the ledger."""
