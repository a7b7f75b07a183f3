"""The two ways a field is made: shown off the row, or guarded by rights that the schema states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.types.field import StrawberryField

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from strawberry.types.arguments import StrawberryArgumentAnnotation

    from authz import Right

SIZE = "size"
GUARD = "guard"
WEIGHT = "weight"
EACH = "each"
LONGEST = "longest"
OWN_TRANSACTION = "own_transaction"
ALONE = "alone"
_READ = "read"
# The weight of a field without a loader: a statement or more for each object of a list, and each alias.
BY_ITSELF = 50


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


def shown(
    description: str, read: Callable[[Any], object], *, size: int | None = None, name: str | None = None
) -> Any:  # noqa: ANN401 - stands for the annotated type
    """A field whose value is at hand; `size` is how many items a list is taken to hold.

    `name`: what the schema calls it, where Python cannot.
    """
    metadata: dict[str, object] = {_READ: read}
    if size is not None:
        metadata[SIZE] = size
    return ShownField(description=description, graphql_name=name, metadata=metadata)


def sized(size: int) -> Mapping[Any, Any]:
    """The metadata of a list field that takes no `first`: how many items it is taken to hold."""
    return {SIZE: size}


class Declared(FieldExtension):
    """Who may ask for a field or send a mutation, as the schema says it; `words` is one French sentence.

    Not the gate itself, which is in the resolvers: it makes the schema say so, and lets a test find
    a field that nobody thought to guard.
    """

    words = ""

    def apply(self, field: StrawberryField) -> None:
        """Say it in the field's description."""
        field.description = f"{field.description} {self.words}"


class Requires(Declared):
    """The rights without which the field refuses: one of them, checked by the resolver it calls."""

    def __init__(self, *rights: Right) -> None:
        self.rights = rights
        self.words = f"Requiert {_one_of(rights)}."


class Inherits(Declared):
    """Below an object that was read by these rights, one of them: the resolver starts from its row."""

    def __init__(self, *rights: Right) -> None:
        self.rights = rights
        self.words = f"Suit {_one_of(rights)}."


class SignedIn(Declared):
    """Any signed-in caller may: it concerns only himself, or what is everybody's."""

    words = "Ouvert à tout appelant identifié."


class Anonymous(Declared):
    """Open to callers who have not signed in; the only such mutation is the one that signs in."""

    words = "Ouvert sans identification."


def _one_of(rights: Sequence[Right]) -> str:
    return " ou ".join(f"`{right.value}`" for right in rights)


def page_of(longest: int, description: str) -> StrawberryArgumentAnnotation:
    """The `first` of a field that gives more lines at once than lists do; it refuses more by itself."""
    return strawberry.argument(description=description, metadata={LONGEST: longest})


def resolved(
    description: str,
    guard: Declared | None = None,
    *,
    size: int | None = None,
    weight: int = 1,
    each: int = 0,
) -> Callable[[Callable[..., Any]], Any]:
    """A field that takes arguments, the viewer or the database; `size` as in `shown`.

    `guard` is who may ask for it, which a test demands of each. `weight`: how many plain fields it costs as
    much as, before what is below it is counted; `each`: and for each item that it is asked for. A document
    may cost 25,000, and takes a second or two then.
    """
    # Kept beside the field, not as its extension: one that did nothing would still be called per value.
    metadata: dict[str, object] = {WEIGHT: weight, EACH: each, GUARD: guard}
    if size is not None:
        metadata[SIZE] = size
    said = description if guard is None else f"{description} {guard.words}"
    made: Callable[[Callable[..., Any]], Any] = strawberry.field(description=said, metadata=metadata)
    return made


def mutation(
    description: str, guard: Declared, *, own_transaction: bool = False, alone: bool = False
) -> Callable[[Callable[..., Awaitable[Any]]], Any]:
    """A mutation and who may send it.

    `own_transaction`: it checks a password, whose failures count even though the mutation is refused;
    it therefore runs outside the request's transaction, alone in its document. `alone`: it costs as much
    as a document may, and is alone in it too, within the request's transaction.
    """
    made: Callable[[Callable[..., Awaitable[Any]]], Any] = strawberry.mutation(
        description=description,
        extensions=[guard],
        metadata={GUARD: guard, OWN_TRANSACTION: own_transaction, ALONE: alone or own_transaction},
    )
    return made
