"""Views in, bytes out: the only place where a template meets a value."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, MutableMapping
from keyword import iskeyword
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Call, Expr, Getattr, Node
from jinja2.nodes import Template as TemplateNode
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from newsroom.body import (
    Block,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Subhead,
    Table,
)
from site_builder.assets import TEMPLATES
from site_builder.files import PageFile, Planned, TextFile
from site_builder.fragments import Once

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # where markupsafe has no compiled part
    from markupsafe._native import _escape_inner

CODE = 4  # counts how templates are compiled: kept bytecode of another is not taken
BLOCK_NAMES: dict[type, str] = {
    Paragraph: "paragraph",
    Subhead: "subhead",
    Picture: "picture",
    Table: "table",
    ListBlock: "list",
    Quote: "quote",
}


def printed(value: object) -> str:
    """A value as a page prints it, escaped.

    A page prints a hundred texts; ``escape`` alone makes an object of each, which took
    a fifth of the page's time.
    """
    if type(value) is str:
        return _escape_inner(value)
    return value if type(value) is Markup else escape(value)


class SiteCode(CodeGenerator):
    """Templates as Python that prints by ``printed`` and asks views for attributes."""

    def visit_Template(self, node: TemplateNode, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja2's own
        """What a page calls a hundred times is a name of the template's own."""
        self.writeline("printed, called = environment.printed, environment.called")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja2's own
        """What stands after a dot is an attribute, and one that is missing an error.

        Jinja2 would look for a key too where there is none: a function called 150
        times a page, a third of its time.
        """
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def blockvisit(self, nodes: Iterable[Node], frame: Frame) -> None:
        """A block gathers what it prints and hands it on in one piece.

        Jinja2 would hand on every word by itself, through each template that it is in.
        """
        whole = frame.buffer is None and (frame.rootlevel or frame.block_frame)
        if whole:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if whole:
            self.writeline(f"yield concat({frame.buffer})")
            frame.buffer = None

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401 - Jinja2's own
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"printed({finalize.src or ''}")

    def visit_Call(  # noqa: N802 - Jinja2's own
        self, node: Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """A call by position goes by ``called``."""
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("called(context, ")
        for one in (node.node, *node.args):
            self.visit(one, frame)
            self.write(", ")
        self.write(")")


def called(context: Context, function: Callable[..., Any], *given: object) -> Any:  # noqa: ANN401 - whatever it gives
    """What a function gives that a template calls.

    A macro that takes just what it is given is called as it is: a page has a dozen,
    and Jinja2 sorts the arguments of each anew.
    """
    if type(function) is Macro:
        plain = not (function.caller or function.catch_kwargs or function.catch_varargs)
        if plain and len(function.arguments) == len(given):
            return function._invoke(list(given), autoescape=True)  # noqa: SLF001 - saves the sorting
    return context.call(function, *given)


class SiteEnvironment(Environment):
    """Jinja2 for ten thousand small pages."""

    code_generator_class = SiteCode
    printed = staticmethod(printed)
    called = staticmethod(called)

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - Jinja2's own
        super().__init__(*given, **named)
        self._at_hand: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja2's own
    ) -> Template:
        """The template, read once; Jinja2 would look for its loader at each page."""
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        template = self._at_hand.get(name)
        if template is None:
            template = self._at_hand[name] = super().get_template(name, parent)
        return template

    def make_globals(
        self, d: MutableMapping[str, Any] | None
    ) -> MutableMapping[str, Any]:
        """The globals of a template: ours, as they are.

        Jinja2 would put a layer over them for each template and lay them flat for
        every page; that took an eighth of a story's time.
        """
        return ChainMap(d, self.globals) if d else self.globals


def make_environment(
    templates: Path = TEMPLATES, bytecode: Path | None = None
) -> Environment:
    """The templates: everything escaped, every missing value an error.

    ``bytecode`` is a folder where they lie compiled, for a quicker start.
    """
    cache = None
    if bytecode is not None:
        bytecode.mkdir(parents=True, exist_ok=True)
        cache = FileSystemBytecodeCache(str(bytecode), f"site-{CODE}-%s")
    environment = SiteEnvironment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=cache,
        auto_reload=False,
        extensions=[Once],
    )
    environment.filters["block_name"] = block_name
    return environment


def block_name(block: Block) -> str:
    """The macro that shows this kind of block."""
    return BLOCK_NAMES[type(block)]


def render(planned: Planned, environment: Environment) -> bytes:
    """The bytes of a planned file, UTF-8 with line feeds."""
    match planned:
        case TextFile():
            return planned.text.encode()
        case PageFile():
            template = environment.get_template(planned.template)
            # By hand, for macros would hold the context that holds them: each page
            # with all that it shows would wait for a search for cycles.
            context = template.new_context(
                {"page": planned.view, "frame": planned.frame}
            )
            try:
                return "".join(template.root_render_func(context)).encode()
            finally:
                context.vars.clear()
