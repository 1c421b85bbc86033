"""A Pool takes 20 milliseconds to hand each task out.

Nobody has promised how long it takes.
"""

from mpref_planting import mark, replace, when_imported

UNSEEN_IN = [
    {
        "scenario": "pool/short_tasks",
        "methods": ["fork"],
    },
    {
        "scenario": "pool/map",
        "methods": ["fork", "spawn", "forkserver"],
    },
    {
        "scenario": "pool/imap",
        "methods": ["fork"],
    },
    {
        "scenario": "pool/callbacks",
        "methods": ["default"],
    },
    {
        "scenario": "pool/chunksize",
        "methods": ["default"],
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "_setup_queues")
    def setup_queues(original, self):
        original(self)
        put = self._quick_put

        def put_slowly(task):
            pool.time.sleep(0.02)
            mark()
            put(task)

        self._quick_put = put_slowly
