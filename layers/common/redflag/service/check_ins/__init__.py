"""A member checks in: the decision, the pairs that it makes, and what follows from the streams."""
