"""Writes bytes that are no text, and line ends of every kind, to both streams."""

import os

for number in range(50):
    os.write(1, bytes(range(256)) + b"\r\n\n\r")
    os.write(2, b"\xff\xfe%d\n" % number)
