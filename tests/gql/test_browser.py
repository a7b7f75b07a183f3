"""What only a browser can show: the cookie holds on localhost, and an injected script does not run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright

from gql.http.door import COOKIE
from tests.gql.conftest import LOGIN
from tests.world import PASSWORD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from tests.gql.conftest import House

ASK = """async ([query, variables]) => {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ query, variables });
  const response = await fetch("/graphql", { method: "POST", headers, body });
  return [response.status, await response.json()];
}"""
INLINE = """() => {
  const script = document.createElement("script");
  script.textContent = "window.injected = true";
  document.head.append(script);
  return window.injected === true;
}"""

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(house: House) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=os.environ.get("HARMONIA_CHROMIUM"), args=["--no-sandbox"]
        )
        opened = await browser.new_page()
        await opened.goto(house.url)
        yield opened
        await browser.close()


async def test_a_browser_keeps_the_session_on_localhost_and_hides_it_from_scripts(page: Page) -> None:
    status, body = await page.evaluate(ASK, ["{ viewer { login } }", None])
    assert (status, body["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")
    status, body = await page.evaluate(ASK, [LOGIN, {"login": "saisie", "password": PASSWORD}])
    assert (status, body) == (200, {"data": {"login": {"name": "Saisie Essai"}}})
    (cookie,) = await page.context.cookies()
    assert (cookie["name"], cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (
        COOKIE,
        True,
        True,
        "Lax",
    )
    assert await page.evaluate("document.cookie") == ""
    assert (await page.evaluate(ASK, ["{ viewer { login } }", None]))[1] == {
        "data": {"viewer": {"login": "saisie"}}
    }
    await page.evaluate(ASK, ["mutation { logout }", None])
    assert await page.context.cookies() == []
    assert (await page.evaluate(ASK, ["{ viewer { login } }", None]))[0] == 401


async def test_an_injected_script_does_not_run(page: Page) -> None:
    assert await page.evaluate(INLINE) is False
