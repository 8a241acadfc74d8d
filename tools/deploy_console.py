"""Put the built console where its stack serves it from.

    python tools/deploy_console.py --stack redflag-dev

uploads `console/dist` to the stack's bucket with a `config.json` from the stack's outputs, and has CloudFront
forget what it keeps. Files of earlier builds are left for pages that are still open.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from typing import Any

import boto3
from console_files import CONFIG, DIST, Pool, cache_control, configuration, content_type, files


def config_of(outputs: Mapping[str, str], parameters: Mapping[str, str], region: str) -> Mapping[str, Any]:
    """What `config.json` says of a stack: its own pools, or the issuers that stand in for them."""
    api = f"https://cognito-idp.{region}.amazonaws.com"
    staff = Pool(
        outputs["StaffIssuer"],
        outputs.get("ConsoleClientId") or _first(parameters["StaffAudience"]),
        outputs.get("StaffSignInUrl"),
        api if "StaffPoolId" in outputs else None,
    )
    app = Pool(
        outputs["AppIssuer"],
        outputs.get("MobileClientId") or _first(parameters["AppAudience"]),
        outputs.get("AppTokenUrl", "").removesuffix("/oauth2/token") or None,
        api if "AppPoolId" in outputs else None,
    )
    return configuration(outputs["ApiUrl"], staff, app)


def _first(audience: str) -> str:
    return audience.split(",", maxsplit=1)[0].strip()


def upload(s3: Any, bucket: str, config: Mapping[str, Any]) -> int:
    """Upload everything, the document last; answers how many files."""
    contents = {path.relative_to(DIST).as_posix(): path.read_bytes() for path in files()}
    document = contents.pop("index.html")
    ordered = contents | {CONFIG: json.dumps(config, indent=2).encode(), "index.html": document}
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


def deploy(session: Any, stack: str) -> str:
    """Deploy to a stack; answers where the console is."""
    (described,) = session.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in described["Outputs"]}
    parameters = {each["ParameterKey"]: each["ParameterValue"] for each in described["Parameters"]}
    region = described["StackId"].split(":")[3]
    upload(session.client("s3"), outputs["ConsoleBucket"], config_of(outputs, parameters, region))
    invalidate(session.client("cloudfront"), outputs["ConsoleDistributionId"])
    return str(outputs["ConsoleUrl"])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--stack", required=True, help="the name of a deployed stack")
    stack = parser.parse_args().stack
    if not (DIST / "index.html").exists():
        sys.stderr.write("The console is not built: run `make console-deploy STACK=…`, which builds it.\n")
        return 1
    url = deploy(boto3.Session(), stack)
    sys.stdout.write(f"The console is at {url}. The stack's first ConsoleOrigins must be that address.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
