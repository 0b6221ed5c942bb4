"""The archive's one SQLite file: connections, schema, columns, copies, and its raw pages."""
