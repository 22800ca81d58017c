"""Every address of the desk; a route that is not here does not exist."""

from __future__ import annotations

from django.urls import path

from desk import (
    correct_views,
    decision_views,
    edit_views,
    edition_views,
    form_photos,
    form_views,
    inbox_views,
    merge_views,
    own_views,
    parcel_views,
    people_views,
    photo_views,
    plain_views,
    pocket_views,
    rule_views,
    sign_in_views,
    sign_views,
    story_views,
    whole_views,
    withdraw_views,
)

_STORY = "desk/s/<str:number>/"
_LINK = "s/<str:token>/"

urlpatterns = [
    path("", sign_in_views.front, name="front"),
    path("health", plain_views.health, name="health"),
    path("lesson", plain_views.lesson, name="lesson"),
    path("assets/<str:name>", plain_views.asset, name="asset"),
    path("s/sw.js", pocket_views.service_worker, name="service_worker"),
    path(_LINK, own_views.mine, name="mine"),
    path(f"{_LINK}app.webmanifest", pocket_views.manifest, name="manifest"),
    path(f"{_LINK}pocket", pocket_views.pocket, name="pocket"),
    path(f"{_LINK}questions", pocket_views.questions, name="questions"),
    path(f"{_LINK}parcel", parcel_views.parcel, name="parcel"),
    path(f"{_LINK}new", form_views.start, name="start"),
    path(f"{_LINK}whole", whole_views.whole_form, name="whole"),
    path(f"{_LINK}d/<str:key>/drop", form_views.drop, name="drop"),
    path(f"{_LINK}d/<str:key>/state", form_photos.state, name="draft_state"),
    path(f"{_LINK}d/<str:key>/<str:name>", form_views.form, name="form"),
    path(f"{_LINK}photo/<str:name>", form_photos.photo, name="photo"),
    path(f"{_LINK}r/<str:number>", own_views.receipt, name="receipt"),
    path(f"{_LINK}r/<str:number>/mend", own_views.mend, name="mend"),
    path("desk/login", sign_in_views.login, name="login"),
    path("desk/logout", sign_in_views.logout, name="logout"),
    path("desk/setup", sign_in_views.setup, name="setup"),
    path("desk/welcome/<str:token>", sign_in_views.welcome, name="welcome"),
    path("desk/password", sign_in_views.password, name="password"),
    path("desk/", inbox_views.inbox, name="inbox"),
    path(_STORY, story_views.story, name="story"),
    path(f"{_STORY}form", story_views.approval_form, name="approval_form"),
    path(f"{_STORY}photo/<str:name>", story_views.desk_photo, name="desk_photo"),
    path(
        f"{_STORY}photo/<str:name>/edit", photo_views.photo_edit, name="photo_edit"
    ),
    path(f"{_STORY}photo-change", photo_views.change_photo, name="change_photo"),
    path(f"{_STORY}photo-restore", photo_views.photo_restore, name="photo_restore"),
    path(f"{_STORY}photo-back", photo_views.photo_back, name="photo_back"),
    path(f"{_STORY}edit", edit_views.edit, name="edit"),
    path(f"{_STORY}fix", edit_views.fix, name="fix"),
    path(f"{_STORY}captions", photo_views.captions, name="captions"),
    path(f"{_STORY}tick", sign_views.tick, name="tick"),
    path(f"{_STORY}sign", sign_views.sign, name="sign"),
    path(f"{_STORY}paper", sign_views.paper, name="paper"),
    path(f"{_STORY}return", decision_views.send_back, name="send_back"),
    path(f"{_STORY}decline", decision_views.decline, name="decline"),
    path(f"{_STORY}hold", decision_views.hold, name="hold"),
    path(f"{_STORY}chair", sign_views.chair, name="chair"),
    path(f"{_STORY}weigh", sign_views.weigh, name="weigh"),
    path(f"{_STORY}comment", decision_views.comment, name="comment"),
    path(f"{_STORY}merge", merge_views.merge, name="merge"),
    path(f"{_STORY}merge/do", merge_views.do_merge, name="do_merge"),
    path(f"{_STORY}apart", merge_views.take_apart, name="take_apart"),
    path(f"{_STORY}correct", correct_views.correct, name="correct"),
    path(
        f"{_STORY}correct/propose",
        correct_views.propose_correction,
        name="propose_correction",
    ),
    path(
        f"{_STORY}correct/agree",
        correct_views.agree_correction,
        name="agree_correction",
    ),
    path(
        f"{_STORY}correct/refuse",
        correct_views.refuse_correction,
        name="refuse_correction",
    ),
    path(
        f"{_STORY}correct/cancel",
        correct_views.cancel_correction,
        name="cancel_correction",
    ),
    path(f"{_STORY}withdraw", withdraw_views.withdraw, name="withdraw"),
    path(f"{_STORY}again", withdraw_views.publish_again, name="publish_again"),
    path("desk/published", withdraw_views.published, name="published"),
    path("desk/published/withdraw", withdraw_views.withdraw_story, name="withdraw_story"),
    path(f"{_STORY}undo", decision_views.undo, name="undo"),
    path("desk/edition", edition_views.edition, name="edition"),
    path("desk/edition/arrange", edition_views.arrange, name="arrange"),
    path("desk/edition/issue", edition_views.issue, name="issue"),
    path("desk/edition/release", edition_views.release, name="release"),
    path("desk/paper/<path:name>", edition_views.internal_page, name="internal_page"),
    path("desk/rules", rule_views.rules, name="rules"),
    path("desk/rules/<str:name>", rule_views.rule, name="rule"),
    path("desk/people", people_views.people, name="people"),
    path("desk/people/account", people_views.account, name="account"),
    path("desk/people/link", people_views.link, name="link"),
]
handler400 = "desk.plain_views.bad_request"
handler403 = "desk.plain_views.forbidden"
handler404 = "desk.plain_views.not_found"
handler500 = "desk.plain_views.failed"
