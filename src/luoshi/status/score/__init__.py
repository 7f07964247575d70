"""Scores (评分): schemes as data, formulas that are structures and never run as code, ranking with ties."""
