"""Half of what a program records bears another label than it gave.

This breaks the recorder: a program that declares all it records has no other way to record what is not declared.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["fork", "spawn"],
        "check": "default",
        "says": "Every event that it records is declared.",
    },
]


@when_imported("mpref_event")
def plant(mpref_event):
    @replace(mpref_event, "event")
    def event(original, label, *args, **kwargs):
        mark()
        original(label + "-again")
        original(label, *args, **kwargs)
