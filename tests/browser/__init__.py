"""Tests in a real browser. A package, so that its conftest stands beside the one of all tests."""
