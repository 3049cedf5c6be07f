"""The surface: joins who and when behind the GraphQL schema."""
