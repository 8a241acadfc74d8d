import deploy_console
from console_files import Pool, configuration

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


def test_people_sign_in_at_the_stacks_own_pools() -> None:
    assert deploy_console.staff_pool(OUTPUTS | OWN_POOLS, {}, "eu-west-1") == Pool(
        issuer=OUTPUTS["StaffIssuer"],
        client_id="console",
        sign_in_url="https://staff.auth.eu-west-1.amazoncognito.com",
        pool_api_url="https://cognito-idp.eu-west-1.amazonaws.com",
    )
    assert deploy_console.app_pool(OUTPUTS | OWN_POOLS, {}, "eu-west-1") == Pool(
        issuer=OUTPUTS["AppIssuer"],
        client_id="mobile",
        sign_in_url="https://app.auth.eu-west-1.amazoncognito.com",
        pool_api_url="https://cognito-idp.eu-west-1.amazonaws.com",
    )


def test_another_issuer_tells_its_addresses_itself() -> None:
    outputs = OUTPUTS | {"StaffIssuer": "https://id.example.com", "AppIssuer": "https://app.example.com"}
    parameters = {"StaffAudience": "console-1, console-2", "AppAudience": "app-1"}
    staff = deploy_console.staff_pool(outputs, parameters, "eu-west-1")
    assert staff == Pool("https://id.example.com", "console-1", None, None)
    assert deploy_console.app_pool(outputs, parameters, "eu-west-1").client_id == "app-1"


def test_the_configuration_says_where_to_sign_in_and_whose_the_members_pages_are() -> None:
    staff, app = (
        Pool("https://id.example.com", "c", None, None),
        Pool("https://a.example.com", "m", None, None),
    )
    config = configuration("https://api.example.com", staff, app, "p_00000001")
    assert config["api_url"] == "https://api.example.com"
    assert config["staff"] == vars(staff)
    assert config["app"] == vars(app) | {"program_id": "p_00000001"}
    assert configuration("https://api.example.com", staff, app)["app"]["program_id"] is None
