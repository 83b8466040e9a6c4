"""The command line `dossier`: each command parses, calls and prints; the rules live elsewhere."""

from __future__ import annotations

import os
import sys

import sqlalchemy as sa
import typer

from classifiers.errors import ClassifierError
from consumers.errors import ConsumerError
from plugins import logs
from plugins.cli import (
    appraisal,
    audit,
    classify,
    correct,
    covers,
    disposal,
    doctor,
    dossiers,
    events,
    explain,
    file,
    handover,
    holds,
    init,
    intake,
    intake_health,
    learn,
    loans,
    metrics,
    post_consume,
    read,
    register,
    report,
    requests,
    schedule,
    search,
    sweep,
    watch,
    webhook,
    worker,
)
from plugins.errors import BadSetting, BadWord, DatabaseUnavailable, InboxAway, StoreAway
from plugins.exit_codes import ExitCode
from retention.errors import DmsUnavailable, RetentionError

app = typer.Typer(
    name="dossier",
    help="客户档案：扫描件入库、识别、分类、归档、检索、保管。\n\nCustomer dossiers: scans in, read, labelled, filed, found and kept.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)

for _command in (
    doctor,
    init,
    read,
    classify,
    explain,
    file,
    watch,
    worker,
    metrics,
    search,
    correct,
    learn,
    sweep,
    webhook,
    post_consume,
):
    app.command(
        name=_command.__name__.rpartition(".")[2].replace("_", "-"),
        epilog=_command.EXAMPLES,
    )(_command.command)
intake.app.command("health", epilog="例 Example: `dossier intake health --json`")(intake_health.command)
app.add_typer(report.app, name="report")
app.add_typer(intake.app, name="intake")
app.add_typer(covers.app, name="covers")
app.add_typer(dossiers.app, name="dossiers")
app.add_typer(audit.app, name="audit")
app.add_typer(schedule.app, name="schedule")
app.add_typer(events.app, name="events")
app.add_typer(holds.app, name="holds")
app.add_typer(appraisal.app, name="appraisal")
app.add_typer(disposal.app, name="disposal")
app.add_typer(requests.app, name="requests")
app.add_typer(loans.app, name="loans")
app.add_typer(handover.app, name="handover")
app.add_typer(register.app, name="register")


def main() -> None:
    """Run the command line; every foreseen error ends in one plain line and its exit code.

    Ends in SystemExit, as typer does for wrong words and for `typer.Exit`.
    """
    # Everything that is made here holds personal data: for this account's eyes unless told otherwise.
    os.umask(0o077)
    logs.set_up()
    sys.exit(_run())


def _run() -> int:
    try:
        app()
    except BadWord as error:
        _say(f"用法有误 wrong word: {error}")
        return int(ExitCode.USAGE)
    except BadSetting as error:
        _say(f"设置有误 wrong setting: {error}")
        return int(ExitCode.SETTINGS)
    except DmsUnavailable as error:
        _say(f"文档系统暂不可用 the DMS is out of reach: {error}")
        return int(ExitCode.UNAVAILABLE)
    except InboxAway as error:
        # No wrong setting: whoever starts programs again must start this one again, until the share is back.
        _say(f"扫描文件夹不可用 the inbox is out of reach: {error}")
        return int(ExitCode.UNAVAILABLE)
    except StoreAway as error:
        _say(f"文件存储暂不可用 the store is out of reach: {error.strerror}")
        return int(ExitCode.UNAVAILABLE)
    except DatabaseUnavailable as error:
        _say(f"数据库不可用 the database is out of reach: {error}")
        return int(ExitCode.UNAVAILABLE)
    except sa.exc.OperationalError as error:
        _say(f"数据库不可用 the database is out of reach: {error.orig}")
        return int(ExitCode.UNAVAILABLE)
    except (ConsumerError, ClassifierError, RetentionError) as error:
        _say(str(error))
        return int(ExitCode.FAILED)
    except BrokenPipeError:
        # Whoever read our output has heard enough; Python would complain once more at its end.
        sys.stderr.close()
        return int(ExitCode.OK)
    return int(ExitCode.OK)


def _say(line: str) -> None:
    print(f"dossier: {line}", file=sys.stderr)
