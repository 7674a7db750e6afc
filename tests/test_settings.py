"""A wrong setting stops the start with a sentence, and production is never unsafe by default."""

import pytest

from portal import settings
from portal.errors import BadSetting


def test_with_no_settings_the_portal_serves_wirral_in_development() -> None:
    found = settings.read({})
    assert (found.edition, found.in_production) == ("wirral", False)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"PORTAL_ENV": "prod"}, "PORTAL_ENV"),
        ({"PORTAL_BASE_URL": "careers.example"}, "PORTAL_BASE_URL"),
        ({"PORTAL_BASE_URL": "https://a.example/path"}, "PORTAL_BASE_URL"),
        ({"PORTAL_ENV": "production"}, "PORTAL_BASE_URL must begin with https://"),
        ({"PORTAL_ENV": "production", "PORTAL_BASE_URL": "http://a.example"}, "https://"),
        ({"PORTAL_EDITOIN": "wales"}, "PORTAL_EDITOIN"),
    ],
)
def test_a_wrong_setting_is_named(given: dict[str, str], says: str) -> None:
    with pytest.raises(BadSetting, match=says):
        settings.read(given)


def test_in_production_only_the_named_hosts_are_answered() -> None:
    found = settings.read(
        {
            "PORTAL_ENV": "production",
            "PORTAL_BASE_URL": "https://careers.example",
            "PORTAL_HOSTS": "www.careers.example, old.example",
        }
    )
    assert found.allowed_hosts == {"careers.example", "www.careers.example", "old.example"}


def test_loopback_is_answered_in_development_only() -> None:
    assert "127.0.0.1" in settings.read({}).allowed_hosts
