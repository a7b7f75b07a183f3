"""What one can do: one verb a function, called with a viewer, returning rows. No transport in it."""
