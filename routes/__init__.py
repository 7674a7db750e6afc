"""Addresses. Read the request, call one verb, choose a page."""
