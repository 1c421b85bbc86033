"""The result of a future of an executor comes 20 milliseconds later.

Nobody has promised how long it takes.
"""

import time

from mpref_planting import mark, replace, when_imported

UNSEEN_IN = [
    {
        "scenario": "executor/map",
        "methods": ["default"],
    },
    {
        "scenario": "executor/states",
        "methods": ["default"],
    },
    {
        "scenario": "executor/wait",
        "methods": ["default"],
    },
    {
        "scenario": "executor/collected",
        "methods": ["fork", "spawn"],
    },
    {
        "scenario": "executor/on_demand",
        "methods": ["fork", "spawn", "forkserver"],
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "set_result")
    def set_result(original, self, result):
        time.sleep(0.02)
        mark()
        original(self, result)
