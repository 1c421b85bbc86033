"""What a planted fault is made with: to wait for a module, to replace a part of it, and to leave a mark when it is used.

It is imported when the interpreter starts, in every process, so it imports nothing that is not there already. A fault waits
for the module that it breaks instead of importing it: a program must not find more modules than in a sound interpreter.
"""

import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))


def mark():
    """Proves that the fault was in force: called where the broken behaviour is really exercised, not where it is planted."""
    os.close(os.open(os.path.join(FOLDER, "mpref_fault.active"), os.O_CREAT | os.O_WRONLY, 0o666))


def when_imported(name):
    """Decorates a function of the module `name`, to be called as soon as the module is there: now or when it is imported."""

    def decorate(patch):
        if name in sys.modules:
            patch(sys.modules[name])
        else:
            sys.meta_path.insert(0, Finder(name, patch))
        return patch

    return decorate


def replace(owner, name):
    """Decorates what takes the place of `owner.name`: it gets the original as its first argument.

    The replacement bears the original's names, lest it cannot be pickled where the original can.
    """

    def decorate(broken):
        found = vars(owner)[name]
        original = getattr(found, "__func__", found)

        def replacement(*args, **kwargs):
            return broken(original, *args, **kwargs)

        for attribute in ("__module__", "__name__", "__qualname__", "__doc__"):
            setattr(replacement, attribute, getattr(original, attribute, None))
        wrap = type(found) if isinstance(found, (classmethod, staticmethod)) else None
        setattr(owner, name, wrap(replacement) if wrap else replacement)
        return broken

    return decorate


class Finder:
    """Waits in `sys.meta_path` for one module; asks the finders behind itself, and is gone."""

    def __init__(self, name, patch):
        self.name, self.patch = name, patch

    def find_spec(self, name, path=None, target=None):
        """What the others find, with a loader that applies the patch."""
        if name != self.name:
            return None
        rest = sys.meta_path[sys.meta_path.index(self) + 1 :]
        sys.meta_path.remove(self)
        for finder in rest:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                spec.loader = Loader(spec.loader, self.patch)
                return spec
        return None


class Loader:
    """The module's own loader, but that the patch is applied right after it ran."""

    def __init__(self, real, patch):
        self.real, self.patch = real, patch

    def __getattr__(self, name):
        return getattr(self.real, name)

    def create_module(self, spec):
        """The module as the real loader makes it."""
        return self.real.create_module(spec)

    def exec_module(self, module):
        """Runs the module and breaks it; no trace of this loader stays."""
        module.__loader__ = module.__spec__.loader = self.real
        self.real.exec_module(module)
        self.patch(module)
