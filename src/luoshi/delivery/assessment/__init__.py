"""Half-year assessment (考核): figures of the ledger, a trial run, announcement, objections and their answers, frozen results."""
