"""What the platform's support looks after in all programs."""
