"""What cannot be pickled for a child is refused by a TypeError.

Documented (pickle.PicklingError): "Error raised when an unpicklable object is encountered by Pickler."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/unpicklable_target",
        "methods": ["spawn", "forkserver"],
        "check": "exception",
        "says": "start() raises, in the parent: what a child gets is sent to it pickled, and a lambda cannot be.",
    },
]


@when_imported("multiprocessing.reduction")
def plant(reduction):
    @replace(reduction, "dump")
    def dump(original, obj, file, protocol=None):
        try:
            original(obj, file, protocol)
        except Exception as error:
            mark()
            raise TypeError(str(error)) from None
