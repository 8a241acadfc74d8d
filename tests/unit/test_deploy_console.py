import deploy_console

OUTPUTS = {
    "ApiUrl": "https://api.example.com",
    "StaffIssuer": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_staff",
    "AppIssuer": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_app",
}
OWN_POOLS = {
    "StaffPoolId": "eu-west-1_staff",
    "ConsoleClientId": "console",
    "StaffSignInUrl": "https://staff.auth.eu-west-1.amazoncognito.com",
    "AppPoolId": "eu-west-1_app",
    "MobileClientId": "mobile",
    "AppTokenUrl": "https://app.auth.eu-west-1.amazoncognito.com/oauth2/token",
}


def test_the_configuration_names_the_stacks_own_pools() -> None:
    config = deploy_console.config_of(OUTPUTS | OWN_POOLS, {}, "eu-west-1")
    assert config["api_url"] == "https://api.example.com"
    assert config["staff"] == {
        "issuer": OUTPUTS["StaffIssuer"],
        "client_id": "console",
        "sign_in_url": "https://staff.auth.eu-west-1.amazoncognito.com",
        "pool_api_url": "https://cognito-idp.eu-west-1.amazonaws.com",
    }
    assert config["app"]["sign_in_url"] == "https://app.auth.eu-west-1.amazoncognito.com"


def test_another_issuer_tells_its_addresses_itself() -> None:
    outputs = OUTPUTS | {"StaffIssuer": "https://id.example.com", "AppIssuer": "https://app.example.com"}
    config = deploy_console.config_of(
        outputs, {"StaffAudience": "console-1, console-2", "AppAudience": "app-1"}, "eu-west-1"
    )
    assert config["staff"] == {
        "issuer": "https://id.example.com",
        "client_id": "console-1",
        "sign_in_url": None,
        "pool_api_url": None,
    }
    assert config["app"]["client_id"] == "app-1"
