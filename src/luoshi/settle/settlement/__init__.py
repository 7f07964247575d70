"""The settlement of a year (结总账): verdicts that a rule proposes and supervisors confirm, the statement, the lock."""
