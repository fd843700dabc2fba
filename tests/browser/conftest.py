"""Fixtures of the browser tests: one browser and one server for all, a fresh page for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from driver import NoBrowser, Watched, new_context, served, started_browser
from playwright.sync_api import Browser

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: the quick ones speak first, and run without our server's threads."""
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with started_browser() as browser:
            yield browser
    except NoBrowser as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with served(built_site) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Watched]]:
    """Makes a watched page in a browser of its own: no cookie, no remembered choice."""
    with ExitStack() as stack:

        def make(device: str = "desktop", scheme: str = "light", *, at: str = "", **options) -> Watched:
            context = stack.enter_context(new_context(browser, device, scheme, **options))
            return Watched(context.new_page(), at or address)

        yield make
