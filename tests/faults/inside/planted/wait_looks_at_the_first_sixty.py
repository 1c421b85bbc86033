"""multiprocessing.connection.wait() looks at the first 60 objects, and forgets the others.

Documented (multiprocessing.connection.wait): "Wait till an object in object_list is ready. Returns the list of those objects
in object_list which are ready."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/many_at_once",
        "methods": ["default"],
        "check": "value",
        "says": "The one that something has come for is found among all, alone.",
    },
]


@when_imported("multiprocessing.connection")
def plant(connection):
    @replace(connection, "wait")
    def wait(original, object_list, timeout=None):
        objects = list(object_list)
        if len(objects) > 60:
            mark()
            timeout = 0 if timeout is None else timeout
        return original(objects[:60], timeout)
