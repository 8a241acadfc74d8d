"""What the platform's support manages in all programs."""
