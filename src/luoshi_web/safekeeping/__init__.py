"""Backups that are made while the site runs, checked, and restored into an empty place (备份与恢复)."""
