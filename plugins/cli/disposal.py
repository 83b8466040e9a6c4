"""`dossier disposal`: what was approved goes into quarantine, two witnesses confirm the list, then it is destroyed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

import typer

from plugins.cli import passphrases
from plugins.cli.passphrases import typed
from plugins.cli.printing import here, json_line, out, progress, table
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.exit_codes import ExitCode
from plugins.keeping import disposing, restoring
from plugins.keeping.disposal_json import disposal_json
from plugins.keeping.disposing import Ran
from plugins.keeping.publishing import publish
from plugins.wiring import Archive, open_archive
from retention.appraising import appraisals
from retention.appraising.appraisal import Appraisal
from retention.disposing import disposals
from retention.disposing.disposal import STATE_NAMES, Disposal, checksum_of, counts, manifest_of
from retention.errors import BadCredential, BadDisposal
from retention.record import by_number

app = typer.Typer(
    help="处置：隔离、两人监销、销毁、恢复、核验。Disposal: quarantine, witnesses, destruction.",
    no_args_is_help=True,
)
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="处置号。The disposal's number.")]
Who = Annotated[str, typer.Option("--by", help="经办人。Who does it.")]
_Given = TypeVar("_Given")
RESULTS = {
    "preparing": "隔离未完，请重做 start",
    "quarantine": "隔离中",
    "executing": "销毁未完，请重做 execute",
    "executed": "已全部销毁",
    "partly-executed": "部分销毁",
    "not-executed": "未销毁",
}


@app.command("start", epilog="例 Example: `dossier disposal start 1 --by 李静`")
def start_command(
    appraisal: Annotated[int, typer.Argument(metavar="APPRAISAL", help="已批准的鉴定批次号。The batch.")],
    by: Who,
    json: Json = False,
) -> None:
    """将批准销毁的文件隔离：任何人不可见，期内可恢复。Put what was approved into quarantine; can be restored."""
    with open_archive(load_settings()) as archive:
        ran = _do(lambda: disposing.start(archive, appraisal, by=by))
        publish(archive)
        _tell(archive, ran, json=json, exceptions=True)


@app.command("enrol", epilog="例 Example: `dossier disposal enrol --name 孙丽 --vouched-by 王芳`")
def enrol_command(
    name: Annotated[str, typer.Option("--name", help="监销人姓名。The witness' name.")],
    vouched_by: Annotated[str, typer.Option("--vouched-by", help="担保人，须为他人。Who vouches for him.")],
    json: Json = False,
) -> None:
    """登记监销人：本人输入口令，至少12个字符。Register a witness, who types a passphrase of his own."""
    with open_archive(load_settings()) as archive:
        passphrase = typed(name, twice=True)
        made = _do(lambda: disposing.enrol(archive, name, passphrase, vouched_by=vouched_by))
        publish(archive)
    if json:
        json_line({"witness": made.name, "vouched_by": made.vouched_by, "since": made.since})
    else:
        out().print(f"已登记 registered {made.name}", highlight=False)


@app.command("witness", epilog="例 Example: `dossier disposal witness 1 --by 孙丽`")
def witness_command(number: Number, by: Who, json: Json = False) -> None:
    """监销人核对清册后以本人口令确认；须两人，不得为提出人、批准人。A witness confirms the list with his passphrase."""
    with open_archive(load_settings()) as archive:
        one = disposing.show(archive, number)
        if not json:
            _list(archive, one)
        passphrase = typed(by)
        try:
            one = _do(lambda: disposing.witness(archive, number, by, passphrase))
        finally:
            publish(archive)  # a wrong passphrase is in the register as well
        _tell(archive, Ran(one), json=json)


@app.command("execute", epilog="例 Example: `dossier disposal execute 1 --by 吴刚`")
def execute_command(number: Number, by: Who, json: Json = False) -> None:
    """销毁：逐件复核暂缓事项，中断后重做即续。Destroy, asking again for each record; run it again after a crash."""
    with open_archive(load_settings()) as archive:
        waiting = len(disposing.show(archive, number).in_state("quarantined", "destroying"))
        with progress("销毁 destroying", min(waiting, archive.settings.max_disposals)) as ticker:
            ran = _do(
                lambda: disposing.execute(archive, number, by=by, told=lambda _done, _all: ticker.tick())
            )
        publish(archive)
        _tell(archive, ran, json=json, exceptions=True)
    if ran.disposal.result != "executed":
        raise typer.Exit(ExitCode.REFUSED)


@app.command("show", epilog="例 Example: `dossier disposal show`, `dossier disposal show 1 --json`")
def show_command(
    number: Annotated[
        int, typer.Argument(metavar="[NUMBER]", help="处置号；不写则列出全部。Which; else all.")
    ] = 0,
    json: Json = False,
) -> None:
    """各次处置，或一次处置的各件、清册与监销确认。All disposals, or one with its items and witnesses."""
    with open_archive(load_settings()) as archive:
        restoring.finish(archive)
        if number:
            _tell(archive, Ran(disposing.show(archive, number)), json=json, whole=True)
            return
        with archive.engine.begin() as connection:
            found = disposals.every(connection)
        for one in found:
            _tell(archive, Ran(one), json=json)


@app.command(
    "restore", epilog="例 Example: `dossier disposal restore 1 --record 12 --by 王芳 --reason 仍需查阅`"
)
def restore_command(
    number: Number,
    record: Annotated[list[str], typer.Option("--record", help="文件，可多次。Which; may be repeated.")],
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    json: Json = False,
) -> None:
    """恢复隔离中的文件。Put records in quarantine back in sight."""
    with open_archive(load_settings()) as archive:
        one = _do(lambda: restoring.restore(archive, number, record, by=by, reason=reason))
        publish(archive)
        _tell(archive, Ran(one), json=json)


@app.command("verify", epilog="例 Example: `dossier disposal verify 1`")
def verify_command(number: Number, json: Json = False) -> None:
    """核验：销毁者确已无存，隔离者确在隔离。That what was destroyed is gone, and the rest where it should be."""
    with open_archive(load_settings()) as archive:
        faults = disposing.verify(archive, number)
        one = disposing.show(archive, number)
    if json:
        found = [{"id": dms_id, "fault": fault} for dms_id, fault in faults]
        json_line({"disposal": number, "ok": not faults, "records": len(one.items), "faults": found})
    else:
        for dms_id, fault in faults:
            out().print(f"✗ {dms_id}：{fault}", highlight=False)
        if not faults:
            out().print(
                f"{len(one.items)} 件均相符 all {len(one.items)} records are as it says", highlight=False
            )
    if faults:
        raise typer.Exit(ExitCode.REFUSED)


def _do(act: Callable[[], _Given]) -> _Given:
    try:
        return act()
    except (BadDisposal, BadCredential) as error:
        raise BadWord(str(error)) from error


def _tell(archive: Archive, ran: Ran, *, json: bool, whole: bool = False, exceptions: bool = False) -> None:
    """The disposal in a line; `whole` with its list, `exceptions` with those that did not go their way, and why."""
    one = ran.disposal
    with archive.engine.begin() as connection:
        batch = disposals.batch_of(connection, one)
    if json:
        json_line(disposal_json(one, batch, failed=ran.failed, left=ran.left, remains=ran.remains))
        return
    tally = "，".join(f"{STATE_NAMES[state][0]} {number}" for state, number in counts(one.items).items())
    out().print(
        f"第{one.id}号处置 disposal {one.id}（{RESULTS[one.result]} {one.result}；鉴定 {one.appraisal_id}；隔离至 "
        f"{one.quarantine_until}）：{tally}",
        highlight=False,
    )
    if whole:
        _list(archive, one)
        for said in one.confirmations:
            out().print(
                f"监销 witness {said.name} {here(said.at)} {said.manifest_sha256[:12]}", highlight=False
            )
    odd = one.in_state("held", "kept", "missing", "mismatch") if exceptions else ()
    for each in sorted(odd, key=lambda each: by_number(each.dms_id)):
        out().print(f"△ {each.dms_id} {'　'.join(STATE_NAMES[each.state])}：{each.detail}", highlight=False)
    for dms_id, why in ran.failed:
        out().print(f"✗ {dms_id}：{why}", highlight=False)
    for caution in ran.remains:
        out().print(f"！尚存 remains: {caution.detail}\n  {caution.remedy}", highlight=False)
    if ran.left:
        out().print(
            f"已达 DOSSIER_MAX_DISPOSALS，尚余 {ran.left} 件：核对后重做。The greatest number of a run was reached; {ran.left} "
            "are left: check, then run it again",
            highlight=False,
        )


def _list(archive: Archive, one: Disposal) -> None:
    """The list as witnesses compare it, with the checksum that they confirm."""
    with archive.engine.begin() as connection:
        batch: Appraisal | None = appraisals.get(connection, one.appraisal_id)
    assert batch is not None
    titles = {item.dms_id: item for item in batch.items}
    grid = table(f"清册 List {one.id}", ["编号", "题名", "文种", "客户档案", "到期日", "状态", "说明"])
    for each in sorted(one.items, key=lambda each: by_number(each.dms_id)):
        item = titles[each.dms_id]
        words = (each.dms_id, item.title, item.kind, item.dossier, str(item.retain_until))
        grid.add_row(*words, STATE_NAMES[each.state][0], each.detail)
    out().print(grid)
    sha256 = one.manifest_sha256 or checksum_of(manifest_of(one, batch))
    out().print(f"清册校验 checksum of the list: {sha256}", highlight=False)


app.add_typer(passphrases.app)
