"""What is owed to whom and when, and doing it unattended."""
