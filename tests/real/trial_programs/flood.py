"""Writes as many pieces of 1 MiB, each of its own pattern, as it is told."""

import os
import sys

for number in range(int(sys.argv[1])):
    piece = bytes([number % 251]) * (1 << 20)
    while piece:
        piece = piece[os.write(1, piece) :]
