"""A Pool that nothing guards: the workers import the program, and so on.

Alone: nox -s scenarios -- -k unguarded

                3.8 - 3.13.0    3.13.18               3.14.10           3.15.2
    default     works           works                 server dies, 1    endless
    fork        works           works                 works             works
    spawn       endless         endless               endless           endless
    forkserver  endless         works twice, once in  server dies, 1    endless
                                the fork server
"""

from multiprocessing import Pool


def square(number):
    return number * number


pool = Pool(2)  # not under `if __name__ == "__main__":`
print(pool.map(square, range(4), 1))  # without a chunk size it divides by the number of workers, which may be 0
pool.close()
pool.join()
