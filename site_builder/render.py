"""Views in, bytes out: the only place where a template meets a value."""

from __future__ import annotations

from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
)

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

BLOCK_NAMES: dict[type, str] = {
    Paragraph: "paragraph",
    Subhead: "subhead",
    Picture: "picture",
    Table: "table",
    ListBlock: "list",
    Quote: "quote",
}


def make_environment(
    templates: Path = TEMPLATES, bytecode: Path | None = None
) -> Environment:
    """The templates: everything escaped, every missing value an error.

    ``bytecode`` is a folder where they lie compiled, for a quicker start.
    """
    cache = None
    if bytecode is not None:
        bytecode.mkdir(parents=True, exist_ok=True)
        cache = FileSystemBytecodeCache(str(bytecode))
    environment = Environment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=cache,
        auto_reload=False,
    )
    environment.globals["block_name"] = block_name
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
            return template.render(page=planned.view, frame=planned.frame).encode()
