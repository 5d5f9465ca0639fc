"""Which tests one worker runs in a row, because what they share is costly: a running demonstration, a loaded one.

Not by xdist's own groups: it writes them onto the end of node ids, where pytest 9.2 no longer reads them.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {"journeys": "journeys", "demo": "demonstration", "demo_data": "demonstration"}


def group_of(nodeid: str) -> str:
    """By the folder under tests/; any other test is a group of its own. xdist starts with the largest groups."""
    folder = nodeid.removeprefix("tests/").partition("/")[0]
    return TOGETHER.get(folder, nodeid)


class TogetherScheduling(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
