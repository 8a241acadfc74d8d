"""Follows the streams of the members and places tables: keeps the history, and repairs after crashes.

A record that fails is reported alone; Lambda sends it again, and after the last try to the failure
destination.
"""

from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from redflag import wiring
from redflag.service.streams import follow_record

processor = BatchProcessor(event_type=EventType.DynamoDBStreams)


def follow(record: DynamoDBRecord) -> None:
    """Do what follows from one change."""
    follow_record(record.raw_event, now=wiring.now())


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry; answers which records to send again."""
    return dict(
        process_partial_response(event=event, record_handler=follow, processor=processor, context=context)
    )
