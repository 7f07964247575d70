"""Documents in the official format (公文格式): the document as plain data, and the Word file made from it."""
