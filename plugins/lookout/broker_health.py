"""What the doctor says of the broker, where Celery is set: does it answer, and is it set as this program needs it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from plugins.lookout.check import Check
from plugins.settings import Settings

_SECONDS = 5.0
_OLDEST_REDIS, _OLDEST_RABBITMQ, _KEEPS_LONG_TASKS = (6, 2), (3, 10), (3, 12)
"""With older ones Celery's transport does not work, there are no good quorum queues, and no queue has a timeout of its own."""


def broker_checks(settings: Settings) -> list[Check]:
    """Every check of the broker; one that says that none is used where there is none. Leaves nothing behind."""
    url = settings.broker_url
    if not url:
        return [Check("broker", True, "not used: the local pool does the work", optional=True)]
    asked: Callable[[Settings], list[Check]] = _redis if url.startswith("redis") else _kombu
    if url.startswith("amqp"):
        asked = _rabbitmq
    return [_database(settings), *asked(settings)]


def _database(settings: Settings) -> Check:
    file = settings.database.startswith("sqlite")
    return Check(
        "broker database",
        not file,
        "our database is a file: workers on other machines can not share it"
        if file
        else "workers on other machines share our database",
        "PostgreSQL: DOSSIER_DATABASE_URL=postgresql+psycopg://…" if file else "",
        optional=True,
    )


def _away(error: BaseException, how: str) -> list[Check]:
    remedy = f"start it, or correct DOSSIER_BROKER_URL ({how}); files wait in the table meanwhile"
    return [Check("broker", False, f"it does not answer: {type(error).__name__}", remedy)]


def _redis(settings: Settings) -> list[Check]:
    # Imported here: without a broker nobody needs it.
    import redis

    client = redis.Redis.from_url(
        settings.broker_url, socket_connect_timeout=_SECONDS, socket_timeout=_SECONDS
    )
    try:
        with contextlib.closing(client):
            version = str(client.info("server")["redis_version"])
            checks = [_version("Redis", version, _OLDEST_REDIS), _visibility(settings)]
            try:
                policy = client.config_get("maxmemory-policy").get("maxmemory-policy") or ""
            except redis.RedisError:
                return [*checks, _policy("")]
            return [*checks, _policy(policy)]
    except (redis.RedisError, OSError, ValueError) as error:
        return _away(error, "redis://:password@host:6379/0")


def _visibility(settings: Settings) -> Check:
    """A message that is out longer than this is given to a second worker: longer than the longest task, or work is done twice."""
    conf = _app(settings).conf
    visible, longest = conf.visibility_timeout, conf.task_time_limit
    good = visible > longest
    return Check(
        "broker visibility",
        good,
        f"messages come again after {visible} s, the longest task has {longest} s",
        ""
        if good
        else "leave visibility_timeout to this program, which sets it from DOSSIER_MAX_FILE_SECONDS",
    )


def _policy(policy: str) -> Check:
    if not policy:
        return Check(
            "broker memory", True, "its maxmemory-policy may not be asked for; it should be noeviction"
        )
    good = policy == "noeviction"
    remedy = (
        ""
        if good
        else "CONFIG SET maxmemory-policy noeviction, and in redis.conf: else a full Redis drops messages"
    )
    return Check("broker memory", good, f"maxmemory-policy {policy}", remedy, optional=True)


def _rabbitmq(settings: Settings) -> list[Check]:
    import amqp

    try:
        with _app(settings).connection_for_write(connect_timeout=_SECONDS) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0.1, timeout=_SECONDS)
            server: Any = connection.connection
            version = str(server.server_properties.get("version", "0"))
            found = [_version("RabbitMQ", version, _OLDEST_RABBITMQ), _long_tasks(version)]
            return [*found, *(_queue(connection, queue) for queue in _app(settings).conf.task_queues)]
    except (amqp.AMQPError, OSError, ValueError, _kombu_error()) as error:
        return _away(error, "amqp://user:password@host:5672//")


def _long_tasks(version: str) -> Check:
    good = _numbers(version) >= _KEEPS_LONG_TASKS
    return Check(
        "broker long tasks",
        good,
        "queues keep their own timeout for long tasks"
        if good
        else "a task of more than 30 minutes is given out again: its consumer_timeout can not be set by a queue",
        "" if good else "RabbitMQ 3.12 or newer, or a longer consumer_timeout in rabbitmq.conf",
        optional=True,
    )


def _queue(connection: Any, queue: Any) -> Check:
    """Whether a queue is there and of the sort that this program makes; to look makes none."""
    import amqp

    name = f"broker queue {queue.name.rpartition('.')[2]}"
    try:
        bound = queue(connection.channel())
        bound.queue_declare(passive=True)
    except amqp.NotFound:
        return Check(name, True, "not there yet: the first worker makes it", optional=True)
    try:
        queue(connection.channel()).queue_declare()
    except amqp.PreconditionFailed:
        return Check(
            name,
            False,
            "it is there, but no quorum queue with this program's limits: somebody else, or an older setting, has made it",
            f"stop watch and workers, rabbitmqctl delete_queue {queue.name}, start them: what waits is told again",
        )
    return Check(name, True, "a quorum queue, as it should be")


def _kombu(settings: Settings) -> list[Check]:
    """Whatever else Celery can speak to: whether it answers is all that is known."""
    try:
        with _app(settings).connection_for_write(connect_timeout=_SECONDS) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0.1, timeout=_SECONDS)
    except (OSError, ValueError, _kombu_error()) as error:
        return _away(error, "redis://… or amqp://…")
    return [Check("broker", True, "it answers; Redis and RabbitMQ are what this program is tried with")]


def _version(name: str, version: str, oldest: tuple[int, int]) -> Check:
    good = _numbers(version) >= oldest
    wanted = ".".join(map(str, oldest))
    return Check("broker", good, f"{name} {version} answers", "" if good else f"{name} {wanted} or newer")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split(".")[:2])


def _app(settings: Settings) -> Any:
    from plugins.intake.broker import make_app

    return make_app(settings)


def _kombu_error() -> type[Exception]:
    from kombu.exceptions import KombuError

    error: type[Exception] = KombuError
    return error
