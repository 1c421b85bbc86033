"""What a daemonic process makes is no daemon.

Documented (Process.daemon): "The initial value is inherited from the creating process."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/inherited",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "What a daemon makes is a daemon, too.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "__init__")
    def init(original, self, *args, **kwargs):
        original(self, *args, **kwargs)
        if kwargs.get("daemon") is None and self._config.get("daemon"):
            mark()
            self._config["daemon"] = False
