"""Views in, bytes out: the only place where a template meets a value."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

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
from site_builder.fragments import Once

BLOCK_NAMES: dict[type, str] = {
    Paragraph: "paragraph",
    Subhead: "subhead",
    Picture: "picture",
    Table: "table",
    ListBlock: "list",
    Quote: "quote",
}


class SiteEnvironment(Environment):
    """Jinja2 for ten thousand small pages."""

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
        cache = FileSystemBytecodeCache(str(bytecode))
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
