"""Events of the stack: their shapes, publishing them, and the signature of the webhook."""
