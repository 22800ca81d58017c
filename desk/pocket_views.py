"""The form in the pocket: what a phone keeps so that it opens without a line.

The pages and data here are kept by the phone (a service worker under https); a story
written there lies in the phone and goes out by ``desk.parcel_views`` later.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.form_pages import frame
from desk.form_steps import FREE, Screen, screens_of
from desk.links import Sender, personal
from desk.templating import asset, asset_file, url
from newsroom.questions import StoryTemplate, in_season
from submissions.limits import MAX_PHOTO_BYTES, MAX_PHOTOS

_OWN_SCREENS = frozenset({"photos", "draft", "send"})


@require_safe
def service_worker(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - a view
    """The script that answers for the desk when the line is gone."""
    script = asset_file("sw.js").read_bytes()
    return HttpResponse(script, content_type="text/javascript")


@require_safe
@personal
def manifest(request: HttpRequest, sender: Sender) -> HttpResponseBase:  # noqa: ARG001 - a view
    """What a phone needs to put the form on its home screen."""
    home = url("mine", sender.token)
    name = sender.desk.settings.office.short_name
    response = JsonResponse(
        {
            "name": f"{name}报送",
            "short_name": "报送",
            "lang": "zh-CN",
            "start_url": home,
            "scope": home,
            "display": "standalone",
            "background_color": "#fffdf8",
            "theme_color": "#a3161b",
            "icons": [
                {
                    "src": asset("icon.svg"),
                    "sizes": "any",
                    "type": "image/svg+xml",
                    "purpose": "any",
                }
            ],
        }
    )
    response.headers["Content-Type"] = "application/manifest+json"
    return response


@require_safe
@personal
def pocket(request: HttpRequest, sender: Sender) -> HttpResponseBase:
    """The page that writes a story on the phone alone; the rest is a script."""
    return render(request, "submissions/pocket.html", frame(sender))


@require_safe
@personal
def questions(request: HttpRequest, sender: Sender) -> HttpResponseBase:  # noqa: ARG001 - a view
    """All topics with their screens, for the page in the pocket."""
    settings = sender.desk.settings
    month = sender.desk.now().month
    tiles = in_season(settings.story_templates, settings.rules.topics, month)
    link = sender.link
    return JsonResponse(
        {
            "free": _topic(FREE, "我只会说，或已有稿子", None),
            "topics": [_topic(one.id, one.name, one) for one in tiles],
            "known": {
                "org": sender.unit.union,
                "author": link.name,
                "reviewer": link.name if "主席" in link.duty else "",
                "phone": link.phone,
            },
            "most": MAX_PHOTOS,
            "largest": MAX_PHOTO_BYTES,
        }
    )


def _topic(id_: str, name: str, template: StoryTemplate | None) -> dict[str, Any]:
    asked = [s for s in screens_of(template) if s.id not in _OWN_SCREENS]
    sample = dict(template.sample) if template else {}
    screens = [_screen(one, sample) for one in asked]
    return {"id": id_, "name": name, "screens": screens}


def _screen(screen: Screen, sample: dict[str, str]) -> dict[str, Any]:
    return {
        "heading": screen.heading,
        "questions": [
            {
                "key": q.key,
                "ask": q.ask,
                "hint": q.hint,
                "required": q.required,
                "sample": sample.get(q.key, ""),
            }
            for q in screen.questions
        ],
    }
