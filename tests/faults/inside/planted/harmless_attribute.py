"""Every Process has one more attribute.

Nobody has promised that there is none.
"""

from mpref_planting import mark, replace, when_imported

UNSEEN_IN = [
    {
        "scenario": "process/join",
        "methods": ["default", "fork", "spawn", "forkserver"],
    },
    {
        "scenario": "process/exit_codes",
        "methods": ["fork", "spawn", "forkserver"],
    },
    {
        "scenario": "start_method/globals",
        "methods": ["fork", "spawn", "forkserver"],
    },
    {
        "scenario": "process/daemon",
        "methods": ["fork", "spawn", "forkserver"],
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "__init__")
    def init(original, self, *args, **kwargs):
        original(self, *args, **kwargs)
        self.nickname = "of no meaning"
        mark()
