"""Starts the emulator, in its own environment, with seven changes that reach into its pinned version.

Three serve speed: without them a replay of check-ins takes three times as long, and a burst of fifty
starts fifty interpreters. The fourth writes down which grants functions have made use of, the fifth
lets streams survive a restart, the sixth has it ask for rights as AWS does, and the seventh has it say as
AWS does that the login gate has refused somebody.
"""

import ast
import copy
import hashlib
import json
import os
import threading
import zipfile
from collections import defaultdict
from email.utils import parseaddr
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ministack import app
from ministack.core import iam_actions, iam_evaluator, lambda_runtime, responses
from ministack.services import cognito, dynamodb, lambda_svc

# 1. After each call it waits for lines of log that may still come: for the first, for one more, and in all.
lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (0.010, 0.002, 0.250)  # noqa: SLF001

# 2. It unpacks a function and its layer anew for each worker. Here a package is unpacked once, and linked to.
_UNPACKED = Path(os.environ["TMPDIR"]) / "unpacked"
_unpacking = threading.Lock()


class _SharedZip(zipfile.ZipFile):
    def extractall(self, path: Any = None, *_: Any) -> None:
        with Path(str(self.filename)).open("rb") as package:
            shared = _UNPACKED / hashlib.file_digest(package, "sha256").hexdigest()
        with _unpacking:
            if not shared.exists():
                partial = shared.with_suffix(".partial")
                super().extractall(partial)
                partial.rename(shared)
        for entry in shared.iterdir():
            (Path(path) / entry.name).symlink_to(entry)


lambda_runtime.zipfile = SimpleNamespace(
    ZipFile=_SharedZip, BadZipFile=zipfile.BadZipFile, LargeFileError=zipfile.LargeZipFile
)

# 3. It starts a worker for every call at once. Here calls of a function wait their turn for a few
#    workers, which is safe as long as no function calls itself.
_WORKERS = max(4, 2 * (os.cpu_count() or 2))
_turns: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(_WORKERS))
_execute = lambda_svc._execute_function_warm  # noqa: SLF001


def _in_turn(function: dict[str, Any], event: Any, request_id: str) -> dict[str, Any]:
    with _turns[(function.get("config") or function)["FunctionName"]]:
        answer: dict[str, Any] = _execute(function, event, request_id)
        return answer


lambda_svc._execute_function_warm = _in_turn  # noqa: SLF001

# 4. It decides on every call of a function by the policies of its role. Each grant that was needed is
#    written down once, with the function, the statement and the action.
_GRANTS = Path(os.environ["GRANTS_FILE"])
_seen: set[tuple[str, str, str]] = set()
_evaluate = iam_evaluator.evaluate


def _write_down(context: Any, *policies: Any) -> Any:
    # 6a. AWS knows one right to send messages, whether one at a time or several.
    context.action = context.action.replace("sqs:SendMessageBatch", "sqs:SendMessage")
    decided = _evaluate(context, *policies)
    used = (context.principal_arn.rpartition("/")[2], decided.matched_sid, context.action)
    if decided.decision == "Allow" and used not in _seen:
        _seen.add(used)
        with _GRANTS.open("a") as grants:
            grants.write(json.dumps(used) + "\n")
    return decided


iam_evaluator.evaluate = _write_down

# 5. It saves how far each stream was read, and not the streams: after a restart, readers wait for as many
#    records as there were before. Here it saves the streams too, and what nobody has read yet is kept.
_save, _load = dynamodb.get_state, dynamodb.load_persisted_state


def _save_with_streams() -> dict[str, Any]:
    streams = {
        "stream_records": copy.deepcopy(dynamodb._stream_records),  # noqa: SLF001
        "stream_trimmed": copy.deepcopy(dynamodb._stream_trimmed),  # noqa: SLF001
        "stream_sequence": dynamodb._stream_seq_counter,  # noqa: SLF001
    }
    state: dict[str, Any] = _save()
    return state | streams


def _load_with_streams(data: dict[str, Any]) -> None:
    _load(data)
    dynamodb._stream_records.update(data.get("stream_records", {}))  # noqa: SLF001
    dynamodb._stream_trimmed.update(data.get("stream_trimmed", {}))  # noqa: SLF001
    dynamodb._stream_seq_counter = data.get("stream_sequence", 0)  # noqa: SLF001


dynamodb.get_state = _save_with_streams
dynamodb.load_persisted_state = _load_with_streams


# 6b. The right to send mail is one to an identity: that of the sender, where the emulator names none.
_mail_resource = iam_actions._ses_v2_resource_arn  # noqa: SLF001


def _sender(method: str, path: str, body: bytes, region: str, account_id: str) -> Any:
    if path != "/v2/email/outbound-emails":
        return _mail_resource(method, path, body, region, account_id)
    address = parseaddr(json.loads(body).get("FromEmailAddress", ""))[1]
    return f"arn:aws:ses:{region}:{account_id}:identity/{address}"


iam_actions._ses_v2_resource_arn = _sender  # noqa: SLF001

# 7. When the function that a pool asks before each token refuses, it fails: with a status that has clients
#    try again, and without the headers that let a page of another origin read the answer.
_GATE_REFUSED = "PreTokenGeneration error: "
_ask_pool = cognito._dispatch_idp  # noqa: SLF001


async def _told_by_the_gate(action: str, data: dict[str, Any]) -> Any:
    try:
        return await _ask_pool(action, data)
    except RuntimeError as error:
        if not str(error).startswith(_GATE_REFUSED):
            raise
        said = ast.literal_eval(str(error).removeprefix(_GATE_REFUSED))["errorMessage"]
    return responses.error_response_json(
        "UserLambdaValidationException", f"PreTokenGeneration failed with error {said}."
    )


cognito._dispatch_idp = _told_by_the_gate  # noqa: SLF001

app.main()
