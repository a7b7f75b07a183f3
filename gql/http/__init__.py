"""The doors of the server: GraphQL, tokens, downloads, packs, health, and the built web client."""
