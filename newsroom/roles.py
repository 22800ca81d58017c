"""Who may do what at the desk (domain: section 2.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What someone is at the desk; one person may be several."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    FINAL = "final"
    CHAIR = "chair"
    WEBMASTER = "webmaster"
    ADMIN = "admin"


ROLE_WORDS = {
    Role.EDITOR: "编辑（初审）",
    Role.REVIEWER: "部门负责人（复审）",
    Role.FINAL: "分管领导（终审）",
    Role.CHAIR: "主席",
    Role.WEBMASTER: "网站管理员",
    Role.ADMIN: "账号管理员",
}


class Act(Enum):
    """What can be asked of the desk."""

    READ = "看稿"
    EDIT = "改稿"
    FIRST = "初审"
    SECOND = "复审"
    FINAL = "终审"
    SIGN_IMPORTANT = "终审重要稿件"
    SEE_CHAIRS = "看须主席定的稿件"
    CHAIR_DECIDES = "替主席定"
    ARRANGE = "编排"
    RELEASE = "签发公开"
    PEOPLE = "管理账号和报送链接"
    RULES = "改规则"


_MAY = {
    Role.EDITOR: {Act.READ, Act.EDIT, Act.FIRST, Act.ARRANGE},
    Role.REVIEWER: {Act.READ, Act.EDIT, Act.SECOND, Act.ARRANGE},
    Role.FINAL: {Act.READ, Act.FINAL, Act.SEE_CHAIRS, Act.RELEASE, Act.RULES},
    Role.CHAIR: {
        *(Act.READ, Act.FINAL, Act.SIGN_IMPORTANT, Act.SEE_CHAIRS),
        *(Act.CHAIR_DECIDES, Act.RELEASE),
    },
    Role.WEBMASTER: set(),
    Role.ADMIN: {Act.PEOPLE, Act.RULES},
}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works at the desk, as the rules see them."""

    id: int
    login: str
    name: str
    roles: frozenset[Role]
    active: bool = True

    def may(self, act: Act) -> bool:
        """Whether one of their roles allows the act."""
        return self.active and act in acts_of(self.roles)


def acts_of(roles: Iterable[Role]) -> frozenset[Act]:
    """All that these roles may do together."""
    return frozenset(act for role in roles for act in _MAY[role])
