"""A route and who may take it: each says so, and a test finds the one that nobody thought to guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from gql.fields import Declared

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from starlette.requests import Request
    from starlette.responses import Response


class EachField(Declared):
    """The door of GraphQL: it lets everyone in, and each field or mutation says its own right."""

    words = "Chaque champ dit son droit."


class GuardedRoute(Route):
    """A route that carries its declaration; the gate itself is in what it calls."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[[Request], Awaitable[Response]],
        guard: Declared,
        methods: Sequence[str] = ("GET",),
    ) -> None:
        super().__init__(path, endpoint, methods=list(methods))
        self.guard = guard
