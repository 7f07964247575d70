"""Words that every step uses: span, label, diagnostic, error, quantity, identity."""
