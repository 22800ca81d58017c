"""A desk that runs on while a newer program migrates its store."""

from __future__ import annotations

from django.db import connection


def test_an_old_desk_over_a_newer_store_says_what_to_do(house, monkeypatch):
    """The reader is told to have the desk started again, not to try once more."""

    def gone(_self):
        raise RuntimeError

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('story_store', '9999_later', '2027-01-01')"
        )
    monkeypatch.setattr(type(house.store), "revision", gone)
    answer = house.browser().get("/health")

    assert 500 == answer.status_code
    assert "请管理员重新启动 gonghui serve-desk" in answer.content.decode()


def test_any_other_fault_is_noted_with_its_mark(house, monkeypatch):
    """What nobody foresaw: a number to name, nothing of the program's inside."""

    def gone(_self):
        raise RuntimeError

    monkeypatch.setattr(type(house.store), "revision", gone)
    answer = house.browser().get("/health")

    assert 500 == answer.status_code
    assert "已经记下（编号" in answer.content.decode()
