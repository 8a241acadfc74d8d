"""What Redflag keeps in DynamoDB, one module an entity.

Each module holds its entity's keys, mapping and conditions. Functions are named for their purpose.
`docs/data.md` describes the tables.
"""
