"""What Redflag keeps in DynamoDB, one module an entity.

Each module holds its entity's keys, mapping and conditions; methods are named for what they are
for. `docs/data.md` draws the tables.
"""
