"""Called from the mailer's queue with programs: mails their digests that are due.

A message that fails comes again by itself; after the last try the next tick finds the program still due.
"""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from redflag import wiring
from redflag.service.notifications.digests import send_due

processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


def look(record: SQSRecord) -> None:
    """Send the digests of one program that are due."""
    send_due(record.json_body["program_id"], now=wiring.now())


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry; answers which messages are to come again."""
    return dict(
        process_partial_response(event=event, record_handler=look, processor=processor, context=context)
    )
