"""The bank of planted faults: interpreters in which one behaviour is broken on purpose, to show that the judge sees it.

- `inside/planted/`: one file a fault, named for what it breaks; it says in which cells it must be caught, and by which
  expectation. A harmless change is such a file too: it says in which cells nobody may notice it.
- `inside/mpref_planting.py`: what those files are made with. All that is `inside` runs in the interpreter under test:
  standard library only, 3.8 on.
- `fault`: what a file declares, as typed data; `interpreter`: a virtual environment to plant it in; `bench`: the harness's
  own driver and judge, set on the real scenarios under it.

`python tests/faults` prints what caught each fault, in all its cells; `tests/real/test_faults.py` asserts it in some.
"""
