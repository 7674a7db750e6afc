"""Refusals. Each knows its status, and its sentence is safe to read aloud to anyone."""


class PortalError(Exception):
    """Something the portal says no to. The message is shown to the person who asked."""

    status = 500


class NotFound(PortalError):
    """There is nothing here, or nothing that this person may know of."""

    status = 404


class Refused(PortalError):
    """A rule said no. The sentence says what to do instead."""

    status = 409


class BadSetting(PortalError):
    """A setting is missing or unsafe. Stops the start, naming the variable and the reason."""
