"""The types of the schema: plain records whose attributes are the fields, made by `gql.present` from what the floors below read."""
