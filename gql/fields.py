"""The two ways a field is made: shown off the row, or guarded by rights that the schema states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.types.field import StrawberryField

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from authz import Right

SIZE = "size"
WEIGHT = "weight"
OWN_TRANSACTION = "own_transaction"
ALONE = "alone"
_READ = "read"


class ShownField(StrawberryField):
    """A field read off its object without a resolver, which costs half as much per value.

    The reader travels in `metadata`, which Strawberry copies with the field.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Strawberry's own signature
        super().__init__(*args, **kwargs)
        self.init = self.repr = self.compare = False

    def get_result(self, source: Any, *_: object, **__: object) -> Any:  # noqa: ANN401 - any type, any value
        """What the reader makes of the object."""
        return self.metadata[_READ](source)


def shown(description: str, read: Callable[[Any], object], *, size: int | None = None) -> Any:  # noqa: ANN401 - stands for the annotated type
    """A field whose value is at hand; `size` is how many items a list is taken to hold."""
    metadata: dict[str, object] = {_READ: read}
    if size is not None:
        metadata[SIZE] = size
    return ShownField(description=description, metadata=metadata)


def resolved(
    description: str, *, size: int | None = None, weight: int = 1
) -> Callable[[Callable[..., Any]], Any]:
    """A field that takes arguments, the viewer or the database; `size` as in `shown`.

    `weight`: how many plain fields it costs as much as, before what is below it is counted; a document
    may cost 25,000, and takes a second or two then.
    """
    metadata: dict[str, object] = {WEIGHT: weight}
    if size is not None:
        metadata[SIZE] = size
    made: Callable[[Callable[..., Any]], Any] = strawberry.field(description=description, metadata=metadata)
    return made


def sized(size: int) -> Mapping[Any, Any]:
    """The metadata of a list field that takes no `first`: how many items it is taken to hold."""
    return {SIZE: size}


class Requires(FieldExtension):
    """The rights without which a mutation refuses: one of them, checked by the resolver it calls.

    Not the gate itself, which is in the resolvers: it makes the schema say so, and lets a test find
    a mutation that nobody thought to guard.
    """

    def __init__(self, *rights: Right) -> None:
        self.rights = rights

    def apply(self, field: StrawberryField) -> None:
        """Say it in the field's description."""
        words = " ou ".join(f"`{right.value}`" for right in self.rights)
        field.description = f"{field.description} Requiert {words}."


class SignedIn(FieldExtension):
    """Any signed-in caller may: the mutation concerns only himself."""

    def apply(self, field: StrawberryField) -> None:
        """Say it in the field's description."""
        field.description = f"{field.description} Ouvert à tout appelant identifié."


class Anonymous(FieldExtension):
    """Open to callers who have not signed in; the only such mutation is the one that signs in."""

    def apply(self, field: StrawberryField) -> None:
        """Say it in the field's description."""
        field.description = f"{field.description} Ouvert sans identification."


def mutation(
    description: str, guard: FieldExtension, *, own_transaction: bool = False, alone: bool = False
) -> Callable[[Callable[..., Awaitable[Any]]], Any]:
    """A mutation and who may send it.

    `own_transaction`: it checks a password, whose failures count even though the mutation is refused;
    it therefore runs outside the request's transaction, alone in its document. `alone`: it costs as much
    as a document may, and is alone in it too, within the request's transaction.
    """
    made: Callable[[Callable[..., Awaitable[Any]]], Any] = strawberry.mutation(
        description=description,
        extensions=[guard],
        metadata={OWN_TRANSACTION: own_transaction, ALONE: alone or own_transaction},
    )
    return made
