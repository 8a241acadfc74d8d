"""Called from the retention queue: a program's history is to expire as its settings now say.

The first message is the event that the settings have changed; the others say where to go on.
"""

from typing import Any

from aws_lambda_powertools.utilities.data_classes import SQSEvent, event_source

from redflag.service.members.retention import work


@event_source(data_class=SQSEvent)
def handler(event: SQSEvent, _context: Any) -> None:
    """Lambda's entry; the queue gives one message at a time."""
    for record in event.records:
        detail = record.json_body["detail"]
        work(detail["program_id"], detail.get("position"))
