"""map() of an executor gives the results of a chunk in the reverse order.

Documented (Executor.map): "Similar to map(fn, *iterables)", which keeps the order.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/chunks",
        "methods": ["default"],
        "check": "value",
        "says": "The results come one by one in the order of the input, as without chunks.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process, "_chain_from_iterable_of_lists")
    def chain(original, iterable):
        def backwards():
            for chunk in iterable:
                if len(chunk) > 1:
                    mark()
                yield chunk[::-1]

        return original(backwards())
