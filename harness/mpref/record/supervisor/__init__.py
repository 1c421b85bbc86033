"""The supervisor: starts trials next to where they run, one at a time, watches over them, and leaves nothing behind.

Standard library only, CPython 3.8 and newer, so that it runs under whatever Python a container or Wine has. It reads
orders and writes histories as JSON lines (`loop`); a trial goes from `trial` (start, watch, end, history) through a host
(`posix` or `windows`), which knows how processes are started, enclosed, found, counted and killed on its system.
"""
