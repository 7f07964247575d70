"""The rhythm of the year (督查): chasing, dispatch meetings, assessment, settlement."""
