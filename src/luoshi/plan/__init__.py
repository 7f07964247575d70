"""The plan: model, review decisions, difference, schema, import and export."""
