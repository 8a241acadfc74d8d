"""The console in template.yaml: nothing public but through the distribution, and what pages may do."""

from typing import Any

import console_files

from tests.cloud.template import resources

POLICY = resources()["ConsoleHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
DISTRIBUTION = resources()["ConsoleDistribution"]["Properties"]["DistributionConfig"]


def behaviors() -> list[dict[str, Any]]:
    return [DISTRIBUTION["DefaultCacheBehavior"], *DISTRIBUTION["CacheBehaviors"]]


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


def test_the_bucket_is_read_by_the_distribution_alone() -> None:
    bucket = resources()["ConsoleFiles"]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert "WebsiteConfiguration" not in bucket
    allowed, denied = resources()["ConsoleFilesPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert allowed["Action"] == "s3:GetObject"
    (source,) = allowed["Condition"]["StringEquals"].values()
    assert source["Fn::Sub"].endswith("distribution/${ConsoleDistribution}")
    assert denied["Effect"] == "Deny"
    (origin,) = DISTRIBUTION["Origins"]
    assert origin["OriginAccessControlId"] == {"Fn::GetAtt": ["ConsoleAccess", "Id"]}


def test_every_answer_has_the_security_headers_and_comes_over_https() -> None:
    for behavior in behaviors():
        assert behavior["ResponseHeadersPolicyId"] == {"Ref": "ConsoleHeaders"}
        assert behavior["ViewerProtocolPolicy"] == "redirect-to-https"


def test_the_configuration_is_not_kept() -> None:
    (behavior,) = DISTRIBUTION["CacheBehaviors"]
    assert behavior["PathPattern"] == f"/{console_files.CONFIG}"
    # AWS's CachingDisabled.
    assert behavior["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"


def test_pages_run_and_load_nothing_but_what_was_built() -> None:
    text, hosts = POLICY["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    found = directives(text)
    assert found.pop("connect-src") == ["'self'", *(f"${{{name}}}" for name in hosts)]
    assert hosts["Api"] == {"Fn::GetAtt": ["HttpApi", "ApiEndpoint"]}
    assert set(map(tuple, found.values())) == {("'none'",), ("'self'",)}
    for name in ("default-src", "base-uri", "form-action", "frame-ancestors"):
        assert found[name] == ["'none'"]


def test_the_local_console_sends_the_same_headers_with_its_own_address() -> None:
    sent = console_files.security_headers("http://127.0.0.1:4566")
    found = directives(sent["Content-Security-Policy"])
    assert found["connect-src"] == ["'self'", "http://127.0.0.1:4566"]
    assert found["script-src"] == ["'self'"]
    assert "$" not in sent["Content-Security-Policy"]
    names = {
        "ContentSecurityPolicy": "Content-Security-Policy",
        "ContentTypeOptions": "X-Content-Type-Options",
        "FrameOptions": "X-Frame-Options",
        "ReferrerPolicy": "Referrer-Policy",
        "StrictTransportSecurity": "Strict-Transport-Security",
    }
    custom = {item["Header"] for item in POLICY["CustomHeadersConfig"]["Items"]}
    assert set(sent) == {names[each] for each in POLICY["SecurityHeadersConfig"]} | custom
