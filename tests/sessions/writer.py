"""A viscoder of its own that others kill, race with, and take the disk away from.

``python -m tests.sessions.writer step FOLDER`` tells the story, an event for each line on stdin, and
says the number of each when it is on disk. ``race FOLDER NAME COUNT`` holds sessions as fast as it
can; ``fill FOLDER`` does until the disk is full and says how many events were kept.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from tests.sessions.story import REQUEST, events
from viscoder_tui.agent.events import RoundStarted, Solved, TextStreamed
from viscoder_tui.sessions.store import Store, StoreUnusable


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def step(folder: Path) -> None:
    store = Store.open(folder)
    task = store.add_task(store.new_session("python").id, REQUEST, "python")
    say(str(task.id))
    for number, event in enumerate(events(task.folder)):
        sys.stdin.readline()
        store.hear(task.id, event)
        say(str(number))
    sys.stdin.readline()


def race(folder: Path, name: str, times: int) -> None:
    with Store.open(folder) as store:
        for number in range(times):
            task = store.add_task(store.new_session("python").id, f"{name} {number}", "python")
            store.hear(task.id, RoundStarted(0, 0))
            store.hear(task.id, TextStreamed(name, 1, 0.0))
            store.hear(task.id, Solved(0))
            store.add_to_history(f"{name} {number}")


def fill(folder: Path) -> None:
    store = Store.open(folder)
    task = store.add_task(store.new_session("python").id, REQUEST, "python")
    for number in count():
        try:
            store.add_hand_round(task.id, f"{number} " * 4000)
        except StoreUnusable as error:
            say(f"{number} {error}")
            return


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    match what:
        case "step":
            step(Path(place))
        case "race":
            race(Path(place), rest[0], int(rest[1]))
        case _:
            fill(Path(place))
