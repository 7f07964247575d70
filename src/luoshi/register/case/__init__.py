"""Cases (办件): what goes through a procedure, one step after the other."""
