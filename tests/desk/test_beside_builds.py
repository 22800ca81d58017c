"""The desk beside other programs of the office that read its store."""

from http.client import HTTPConnection

from story_store.wholeness import CHECKED, is_noted
from workflow.desk_office import make_application
from workflow.desk_serving import desk_in_thread


def test_after_each_request_that_may_write_the_store_can_be_read(house):
    """Whoever builds pages meanwhile need not look through the whole store first."""
    folder = house.office.data
    (folder / CHECKED).unlink(missing_ok=True)
    before = is_noted(folder)
    with desk_in_thread(make_application()) as port:
        request = HTTPConnection("127.0.0.1", port, timeout=60)
        request.request("POST", f"/s/{house.links['afs']}/new")
        request.getresponse().read()
        request.close()

    assert (False, True) == (before, is_noted(folder))
