import pytest

from redflag.service.links import member_url, report_url


@pytest.mark.parametrize("console", ["https://console.example.com", "https://console.example.com/"])
def test_a_member_has_a_page_at_the_console(console: str) -> None:
    assert member_url(console, "m_0123456789abc") == "https://console.example.com/members/m_0123456789abc"


def test_an_id_leads_nowhere_else() -> None:
    assert member_url("https://c.example", "../x?y#z") == "https://c.example/members/..%2Fx%3Fy%23z"


def test_the_report_has_a_page_with_its_filters() -> None:
    assert report_url("https://c.example/") == "https://c.example/reports/red-flags"
    filters = {"status": "open", "from": "2027-03-14T00:00:00.000Z"}
    assert report_url("https://c.example", filters) == (
        "https://c.example/reports/red-flags?status=open&from=2027-03-14T00%3A00%3A00.000Z"
    )
