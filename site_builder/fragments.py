"""``{% once thing %}…{% endonce %}``: what looks alike on many pages is shown once.

A site's frame stands around ten thousand pages, a card on five lists. The thing must
be all that the lines between depend on; they are shown for it the first time and
repeated from then on, until many others were shown.
"""

from __future__ import annotations

from itertools import islice

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

MOST = 2_000  # fragments that are kept; an eighth is forgotten when there are more


class Once(Extension):
    """The tag ``once``; ``environment.fragments`` holds what was shown."""

    tags = {"once"}  # noqa: RUF012 - as Jinja2 declares it

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        # The thing is held too: its id is its own as long as it lives.
        self.fragments: dict[tuple[str, int], tuple[object, Markup]] = {}
        environment.extend(fragments=self.fragments)
        environment.filters |= {"shown_once": self._shown, "keep_shown": self._keep}

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """The tag as: take it if it was shown before, else show it and keep it."""
        line = next(parser.stream).lineno
        thing = parser.parse_expression()
        lines = parser.parse_statements(("name:endonce",), drop_needle=True)
        place = nodes.Const(f"{parser.name}:{line}")
        shown = parser.free_identifier(lineno=line)
        show = nodes.AssignBlock(shown, None, lines, lineno=line)
        keep = nodes.ExprStmt(_filtered(thing, "keep_shown", [place, shown]))
        return [
            nodes.Assign(shown, _filtered(thing, "shown_once", [place]), lineno=line),
            nodes.If(nodes.Not(shown), [show, keep], [], [], lineno=line),
            nodes.Output([shown], lineno=line),
        ]

    def _shown(self, thing: object, place: str) -> Markup | None:
        known = self.fragments.get((place, id(thing)))
        return known[1] if known else None

    def _keep(self, thing: object, place: str, shown: Markup) -> None:
        if len(self.fragments) >= MOST:
            for forgotten in list(islice(self.fragments, MOST // 8)):
                del self.fragments[forgotten]
        self.fragments[place, id(thing)] = (thing, shown)


def _filtered(thing: nodes.Expr, name: str, given: list[nodes.Expr]) -> nodes.Filter:
    # A filter is called at once, a function by way of the context: a card is little.
    return nodes.Filter(thing, name, given, [], None, None)
