"""The types of the schema: each holds a row that a resolver returned, and shows it."""

import gql.types.scalars  # noqa: F401 - the enumerations must be described before any type names them
