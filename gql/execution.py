"""Running one request: the document made ready, who may send it, and one transaction around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, OperationType

from gql.context import Context, Cookie, unauthenticated
from gql.documents import SPREAD, roots_of
from gql.errors import masked, present, problem_body
from gql.schema import alone, own_transactions
from gql.variable_faults import variable_faults
from gql.variables import check_variables
from models import Invalid, Problem, transaction
from resolvers.attachment_rows import Intake

if TYPE_CHECKING:
    from collections.abc import Callable

    from authz import Authority, Viewer
    from gql.documents import Documents, Prepared
    from gql.schema import Schema
    from models import FileStore

# What an anonymous caller may send is recognised before it is parsed, and must be this short.
LOGIN_CHARACTERS = 2_000
_LOGIN = re.compile(r"\bmutation\b[^{]*\{\s*(?:\w+\s*:\s*)?login\b")


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sends: a document, which of its operations, and its variables."""

    query: str
    operation: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What it is answered; `problem` where the request could not be run at all."""

    body: dict[str, Any]
    cookie: Cookie | None = None
    problem: Problem | None = None
    invalid: bool = False


class _UndoError(Exception):
    """Carries the result of a mutation out of the transaction that it must not leave a trace in."""

    def __init__(self, result: Any) -> None:  # noqa: ANN401 - Strawberry's result
        super().__init__()
        self.result = result


def looks_like_login(query: str) -> bool:
    """Whether a text may be the one mutation open to anonymous callers, as far as one sees unparsed."""
    return len(query) <= LOGIN_CHARACTERS and _LOGIN.search(query) is not None


class Engine:
    """Runs requests on the schema under the policy of this process."""

    def __init__(
        self,
        schema: Schema,
        documents: Documents,
        authority: Authority,
        files: FileStore | None = None,
        intake: Intake | None = None,
    ) -> None:
        self.documents = documents
        self.authority = authority
        self._files = files
        self._intake = intake or Intake()
        self._schema = schema
        self._own = own_transactions(schema)
        self._alone = alone(schema)

    async def run(
        self,
        request: Request,
        viewer: Viewer | None,
        session: str | None = None,
        *,
        count_try: Callable[[], None] | None = None,
    ) -> Outcome:
        """Run one request for a viewer, or for nobody. Never raises: whatever happens is an outcome.

        `count_try` is called once before a request that has a password checked; it may refuse it.
        """
        try:
            require_recognised(request.query, viewer)
            check_variables(request.variables)
            prepared = self.documents.prepare(request.query, request.variables)
            if prepared.faults:
                return Outcome({"errors": [present(fault) for fault in prepared.faults]}, invalid=True)
            roots = self._check(request, prepared, viewer)
            if count_try is not None and not self._own.isdisjoint(roots):
                count_try()
            context = Context(
                self.authority, viewer, prepared, session, files=self._files, intake=self._intake
            )
            return self._outcome(await self._execute(request, context), request, context)
        except Problem as problem:
            return Outcome({"errors": [problem_body(problem)]}, problem=problem, invalid=True)
        except GraphQLError as error:
            return Outcome({"errors": [present(error)]}, invalid=True)
        except Exception as error:  # noqa: BLE001 - masked and logged
            hidden = masked(error)
            return Outcome({"errors": [problem_body(hidden)]}, problem=hidden)

    def _check(self, request: Request, prepared: Prepared, viewer: Viewer | None) -> list[str]:
        """The names of the root fields that will run."""
        operation = prepared.operation(request.operation)
        if operation is None:
            raise Invalid(
                "OPERATION_UNKNOWN",
                "Le document ne contient pas l’opération demandée\u00a0:"
                " nommez-la par «\u202foperationName\u202f».",
                path=("operationName",),
            )
        mutates = operation.operation is OperationType.MUTATION
        if mutates and request.read_only:
            raise Invalid("METHOD_NOT_ALLOWED", "Une mutation s’envoie par POST.", path=("query",))
        roots = roots_of(operation)
        if viewer is None and not (mutates and roots == ["login"]):
            raise unauthenticated()
        if mutates and (SPREAD in roots or (len(roots) != 1 and not self._alone.isdisjoint(roots))):
            raise Invalid(
                "MUTATION_NOT_ALONE",
                "Une mutation nomme ses champs sans fragment, et la connexion, la transmission, la"
                " publication, le chargement d’un fichier comme un changement de droits s’envoient seuls dans"
                " leur document.",
                path=("query",),
            )
        return roots

    async def _execute(self, request: Request, context: Context) -> Any:  # noqa: ANN401 - Strawberry's result
        operation = context.prepared.operation(request.operation)
        if operation is None or not self._own.isdisjoint(roots_of(operation)):
            return await self._run(request, context)
        mutates = operation.operation is OperationType.MUTATION
        try:
            async with transaction():
                if mutates:
                    await self.authority.refresh()
                result = await self._run(request, context)
                _keep_or_undo(result, mutates=mutates)
                return result
        except _UndoError as undone:
            # Nothing was kept, so nothing may be shown as done.
            undone.result.data = None
            context.cookie = None
            return undone.result

    async def _run(self, request: Request, context: Context) -> Any:  # noqa: ANN401 - Strawberry's result
        return await self._schema.execute(
            request.query,
            variable_values=request.variables,
            context_value=context,
            operation_name=request.operation,
        )

    def _outcome(self, result: Any, request: Request, context: Context) -> Outcome:  # noqa: ANN401 - Strawberry's result
        errors: list[GraphQLError] = result.errors or []
        # Variables that cannot be read stop the request before it runs: such errors have no path.
        invalid = result.data is None and bool(errors) and all(error.path is None for error in errors)
        if invalid:
            return Outcome({"errors": self._unread(request, context, errors)}, context.cookie, invalid=True)
        body: dict[str, Any] = {"errors": [present(error) for error in errors]} if errors else {}
        return Outcome({**body, "data": result.data}, context.cookie)

    def _unread(self, request: Request, context: Context, errors: list[GraphQLError]) -> list[dict[str, Any]]:
        """What stopped a request before it ran: its variables, or what was raised around it."""
        operation = context.prepared.operation(request.operation)
        faults = operation and variable_faults(self._schema._schema, operation, request.variables)  # noqa: SLF001 - graphql-core's own schema
        if faults:
            return [present(fault) for fault in faults]
        return [present(error) for error in errors]


def require_recognised(query: str, viewer: Viewer | None) -> None:
    """Nobody may have anything parsed but what looks like a sign-in. Raises Unauthenticated."""
    if viewer is None and not looks_like_login(query):
        raise unauthenticated()


def _keep_or_undo(result: Any, *, mutates: bool) -> None:  # noqa: ANN401 - Strawberry's result
    """A mutation that met an error keeps nothing, whatever its other fields did."""
    if mutates and result.errors:
        raise _UndoError(result)
