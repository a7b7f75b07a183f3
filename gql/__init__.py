"""How one asks: GraphQL, HTTP, sessions, downloads, settings; where everything is wired together."""
