"""Environment, working directory, sys.argv and sys.path as two children see them, each changed before its start().

Alone: nox -s scenarios -- -k surroundings

                  environment      directory, argv, path   sys.argv while the main module is imported
    fork          as it is         as they are             as the parent had it
    spawn         as it is         as they are             as it is
    forkserver    as the server's  as they are             as it is (3.8 - 3.13.0); the server's (3.13.18 on)
"""

import os
import sys
from multiprocessing import Process

from mpref_event import event

AT_IMPORT = sys.argv[1:]


def tell(label, number):
    places = {"cwd": os.getcwd(), "searched": sys.path[-1]}
    event(label, number=number, colour=os.environ["COLOUR"], argv=sys.argv[1:], at_import=AT_IMPORT, **places)


if __name__ == "__main__":
    for number, colour in enumerate(("red", "blue")):
        os.environ["COLOUR"] = colour
        os.chdir(os.pardir)
        sys.argv.append(colour)
        sys.path.append(f"{os.getcwd()}/{colour}")
        tell("parent-tells", number)
        p = Process(target=tell, args=("child-tells", number))
        p.start()
        p.join()
    event("joined", exitcode=p.exitcode)
