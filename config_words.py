"""What the settings' code says of each key, read when somebody wants to know it.

Below each field of a section stands a string that says what it is for (PEP 257's
attribute docstrings). pydantic would read them whenever a section is loaded
(``use_attribute_docstrings``): a quarter of the time that the settings take, in every
command, for words that only a fault and docs/config.md print.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


def word_for(model: type[BaseModel], key: str) -> str:
    """What a key of a section is for, as it stands in the file; empty without words."""
    for name, about in model.model_fields.items():
        if key == (about.alias or name):
            return about.description or words_of(model).get(name, "")
    return ""


@cache
def words_of(model: type[BaseModel]) -> dict[str, str]:
    """What each field of a section is for, by the field's name; most have words.

    Empty where the source is not at hand.
    """
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel:
            found |= _words_in(kind)
    return found


def _words_in(kind: type) -> dict[str, str]:
    try:
        source = inspect.getsource(kind)
    except (OSError, TypeError):
        return {}
    (defined,) = ast.parse(textwrap.dedent(source)).body
    lines = defined.body if isinstance(defined, ast.ClassDef) else []
    found = {}
    for field, after in pairwise(lines):
        match field, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                found[name] = inspect.cleandoc(words)
    return found
