"""Plain Celery with a task that does nothing: what bench/work.py measures against."""

import os
from typing import Any

from celery import Celery

app: Any = Celery("plain", broker=os.environ.get("PLAIN_BROKER"), set_as_current=False)
app.conf.update(task_default_queue="plain", task_ignore_result=True, worker_prefetch_multiplier=1)


@app.task(name="plain.nothing")
def nothing(number: int) -> None:
    """Does nothing."""
