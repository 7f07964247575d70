"""What the public sees (公众页面): released commitments, their figures and files, and nothing else."""
