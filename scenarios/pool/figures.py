"""The article's figures, put to arithmetic: who works when, if each task goes to the worker that is free first?

Alone: nox -s scenarios -- -k figures

    sum of the tasks    worker 0      1            2            3       the whole     the output    the text
    25.18 s             4.72 + 2.76   3.80 + 2.73  1.74 + 4.53  4.90    7.48 s        7.52 s        7.72 s
"""

import heapq

from mpref_event import event

TASKS = (4.72, 3.80, 1.74, 4.90, 4.53, 2.73, 2.76)  # by number, as the output tells them
OUTPUT, TEXT = 7.52, 7.72

free = [(0.0, worker) for worker in range(4)]
workers = []
for seconds in TASKS:
    start, worker = heapq.heappop(free)
    heapq.heappush(free, (start + seconds, worker))
    workers.append(worker)
whole = max(free)[0]
event("reckoned", total=round(sum(TASKS), 2), whole=round(whole, 2), workers=workers)
event("printed", seconds=OUTPUT, over=round(OUTPUT - whole, 2), is_the_texts=OUTPUT == TEXT)
