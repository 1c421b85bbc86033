"""set_forkserver_preload() takes a list of names; for years it checked the list it had and not the one it got.

Alone: nox -s scenarios -- -k preload_type

    call                          3.8 to 3.10      3.11.7 to 3.14    3.15
    [1]                           accepted         TypeError         TypeError
    ["colorsys"] after it         TypeError        accepted          accepted
    on_error="warn"               TypeError        TypeError         accepted
    on_error="perhaps"            TypeError        TypeError         ValueError
"""

import multiprocessing as mp

from mpref_event import event

if __name__ == "__main__":
    for name, modules, options in (
        ("a number", [1], {}),
        ("names", ["colorsys"], {}),
        ("on_error", ["colorsys"], {"on_error": "warn"}),
        ("unknown on_error", ["colorsys"], {"on_error": "perhaps"}),
    ):
        try:
            mp.set_forkserver_preload(modules, **options)
        except (TypeError, ValueError) as error:
            event("called", what=name, raised=type(error).__name__, message=str(error))
        else:
            event("called", what=name, raised=None)
    event("still-open", fixed=mp.get_start_method(allow_none=True))
