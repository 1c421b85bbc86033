"""A Pool has a private helper thread and a private attribute more.

Nobody has promised how many threads a pool has.
"""

from mpref_planting import mark, replace, when_imported

UNSEEN_IN = [
    {
        "scenario": "pool/apply",
        "methods": ["fork", "spawn", "forkserver"],
    },
    {
        "scenario": "pool/collected_busy",
        "methods": ["fork", "spawn"],
    },
    {
        "scenario": "pool/collected_idle",
        "methods": ["fork", "forkserver"],
    },
    {
        "scenario": "pool/life",
        "methods": ["default"],
    },
    {
        "scenario": "pool/without_close",
        "methods": ["fork"],
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__init__")
    def init(original, self, *args, **kwargs):
        original(self, *args, **kwargs)
        self._helper = pool.threading.Thread(target=pool.time.sleep, args=(60,), daemon=True)
        self._helper.start()
        mark()
