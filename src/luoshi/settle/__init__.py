"""Settlement (结总账): what became of every commitment at the end of the year."""
