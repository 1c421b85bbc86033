"""A harmless change: after it has started a child, the parent runs a thread that it joins at once.

Nobody may notice it: the thread is gone before start() returns.
"""

from mpref_planting import mark, replace, when_imported

UNSEEN_IN = [
    {
        "scenario": "process/join",
        "methods": ["fork", "spawn"],
    },
    {
        "scenario": "process/unjoined",
        "methods": ["fork"],
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "start")
    def start(original, self):
        import threading

        original(self)
        thread = threading.Thread(target=mark)
        thread.start()
        thread.join()
