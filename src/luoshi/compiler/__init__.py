"""From the text of a report to a draft plan; `pipeline` alone knows the order of the passes."""
