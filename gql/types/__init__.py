"""The types of the schema: each holds a row that a resolver returned, and shows it."""
