"""The ledger of a plan-year (台账): entries that only grow, their canonical bytes, the chain, and what was known when."""
