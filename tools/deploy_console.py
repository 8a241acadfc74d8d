"""Put the built console where its stack serves it from.

    python tools/deploy_console.py --stack redflag-dev [--program p_…]

uploads `console/dist` to the stack's bucket with a `config.json` from the stack's outputs, and has CloudFront
forget what it keeps. Files of earlier builds are left for pages that are still open. The member's pages are
of the program named; without one, of that which was named the last time.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import boto3
from console_files import CONFIG, DIST, Pool, cache_control, configuration, content_type, files

from redflag import wiring
from redflag.core.roles import Pool as PoolName
from redflag.core.roles import Role
from redflag.service import configuration as kept
from redflag.store import principals
from redflag_cli.stack import NotDone, acting_in

_MOST_CLIENTS = 100
"""More than the API's authorizer takes."""


def staff_pool(outputs: Mapping[str, str], parameters: Mapping[str, str], region: str) -> Pool:
    """Where staff sign in: the stack's own pool, or the issuer that stands in for it."""
    return Pool(
        outputs["StaffIssuer"],
        outputs.get("ConsoleClientId") or _first(parameters["StaffAudience"]),
        outputs.get("StaffSignInUrl"),
        _api(region) if "StaffPoolId" in outputs else None,
    )


def app_pool(outputs: Mapping[str, str], parameters: Mapping[str, str], region: str) -> Pool:
    """The same for members."""
    return Pool(
        outputs["AppIssuer"],
        outputs.get("MobileClientId") or _first(parameters["AppAudience"]),
        outputs.get("AppTokenUrl", "").removesuffix("/oauth2/token") or None,
        _api(region) if "AppPoolId" in outputs else None,
    )


def _api(region: str) -> str:
    return f"https://cognito-idp.{region}.amazonaws.com"


def _first(audience: str) -> str:
    return audience.split(",", maxsplit=1)[0].strip()


def check_program(program_id: str) -> None:
    """Make sure that members of a program can be served. Raises `NotDone`."""
    program = kept.program(program_id)
    if program is None:
        raise NotDone(
            f"There is no program {program_id} in this stack. `redflag program create` prints its id."
        )
    if program.closed_at is not None:
        raise NotDone(f"The program {program_id} is closed: the platform's support can open it again.")


def members_client(program_id: str, usual: str) -> str | None:
    """The client by which a program's members sign in: the usual one if it is theirs, else their oldest."""
    known = principals.of_program(
        wiring.database(), program_id, PoolName.APP, after=None, limit=_MOST_CLIENTS
    )
    theirs = (client for client in known if client.role is Role.APP)
    found = min(theirs, key=lambda client: (client.subject != usual, client.created_at or 0), default=None)
    return None if found is None else found.subject


def program_before(s3: Any, bucket: str) -> str | None:
    """The program whose members' pages the last deployment shows."""
    try:
        written = json.loads(s3.get_object(Bucket=bucket, Key=CONFIG)["Body"].read())
    except s3.exceptions.NoSuchKey:
        return None
    program_id: str | None = written["app"].get("program_id")
    return program_id


def upload(s3: Any, bucket: str, settings: Mapping[str, Any]) -> int:
    """Upload everything, the document last; answers how many files."""
    contents = {path.relative_to(DIST).as_posix(): path.read_bytes() for path in files()}
    document = contents.pop("index.html")
    ordered = contents | {CONFIG: json.dumps(settings, indent=2).encode(), "index.html": document}
    for name, body in ordered.items():
        s3.put_object(
            Bucket=bucket,
            Key=name,
            Body=body,
            ContentType=content_type(name),
            CacheControl=cache_control(name),
        )
    return len(ordered)


def invalidate(cloudfront: Any, distribution: str) -> None:
    """Have CloudFront ask anew for what has no hash in its name."""
    cloudfront.create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={
            "Paths": {"Quantity": 2, "Items": ["/index.html", "/favicon.svg"]},
            "CallerReference": str(time.time_ns()),
        },
    )


def deploy(stack: str, program_id: str | None = None) -> list[str]:
    """Deploy to a stack; answers in sentences where things are, and what is missing. Raises `NotDone`."""
    with acting_in(stack, refused="AWS does not let the console be deployed") as outputs:
        (described,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
        parameters = {each["ParameterKey"]: each["ParameterValue"] for each in described["Parameters"]}
        region = described["StackId"].split(":")[3]
        s3, bucket, url = boto3.client("s3"), outputs["ConsoleBucket"], outputs["ConsoleUrl"]
        if program_id is not None:
            check_program(program_id)
        program_id = program_id or program_before(s3, bucket)
        app = app_pool(outputs, parameters, region)
        client_id = members_client(program_id, app.client_id) if program_id else None
        app = replace(app, client_id=client_id or app.client_id)
        staff = staff_pool(outputs, parameters, region)
        upload(s3, bucket, configuration(outputs["ApiUrl"], staff, app, program_id))
        invalidate(boto3.client("cloudfront"), outputs["ConsoleDistributionId"])
    return [
        f"The console is at {url}. The stack's first ConsoleOrigins must be that address.",
        *_of_members(url, program_id, client_id),
    ]


def _of_members(url: str, program_id: str | None, client_id: str | None) -> list[str]:
    if program_id is None:
        return ["It shows no member's pages of its own: name a program by PROGRAM=p_… for that."]
    sentences = [f"The member's pages of {program_id} are at {url}/app, the kiosk at {url}/app/kiosk."]
    if client_id is None:
        sentences.append(
            "Members cannot sign in there yet: an owner adds a client of the kind app, then deploy again."
        )
    return sentences


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--stack", required=True, help="the name of a deployed stack")
    parser.add_argument("--program", help="the program that the member's pages are of")
    asked = parser.parse_args()
    if not (DIST / "index.html").exists():
        sys.stderr.write("The console is not built: run `make console-deploy STACK=…`, which builds it.\n")
        return 1
    try:
        sentences = deploy(asked.stack, asked.program)
    except NotDone as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    sys.stdout.write("".join(f"{sentence}\n" for sentence in sentences))
    return 0


if __name__ == "__main__":
    sys.exit(main())
