"""What can be done in this app: one function a verb, in its own transaction, with `by` and `now` said."""
