"""The routes of staff and backends, one module a resource."""
