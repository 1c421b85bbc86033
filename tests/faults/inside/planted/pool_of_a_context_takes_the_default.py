"""The Pool of a context starts its workers by the default method.

Documented (multiprocessing.get_context): "a context object which has the same attributes as the multiprocessing
module", whose Pool uses its method.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/own_context",
        "methods": ["fork"],
        "check": "value",
        "says": "The worker is a process of the context's own kind.",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.BaseContext, "Pool")
    def make_pool(original, self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        from multiprocessing.pool import Pool

        if self is not context._default_context:
            mark()
        return Pool(processes, initializer, initargs, maxtasksperchild, context._default_context.get_context())
