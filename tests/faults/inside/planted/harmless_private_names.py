"""A harmless change: a Process keeps one more private attribute, and active_children() names the children in another order.

Nobody may notice it: the order of the children is documented nowhere.
"""

from mpref_planting import mark, replace, when_imported

UNSEEN_IN = [
    {
        "scenario": "process/unjoined",
        "methods": ["fork", "spawn"],
    },
    {
        "scenario": "process/daemon",
        "methods": ["fork"],
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "__init__")
    def init(original, self, *args, **kwargs):
        original(self, *args, **kwargs)
        self._made_by = __name__

    @replace(process, "active_children")
    def active_children(original):
        mark()
        return sorted(original(), key=lambda child: child.name, reverse=True)
