"""What Convive remembers: schema, connections, and one file of queries per subject."""
