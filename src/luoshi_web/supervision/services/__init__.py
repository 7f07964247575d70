"""Chase, meet, drill, assess and settle; one mutation, one function."""
