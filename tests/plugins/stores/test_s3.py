"""What is put into the store comes out of it, or somebody is told."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from plugins.errors import BadSetting, StoreAway
from plugins.stores import everything, open_store
from plugins.stores.store_settings import StoreSettings, fault_in
from tests.servers.s3 import S3Server

CONTENT = b"a scan" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "scan.pdf"
    made.write_bytes(CONTENT)
    return made


def test_what_is_put_comes_back_with_the_same_bytes(server: S3Server, path: Path, tmp_path: Path) -> None:
    store = server.store()
    store.put("id1", SHA256, path)
    assert store.holds("id1", SHA256)
    assert store.fetch("id1", SHA256, tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == CONTENT
    assert server.lying() == [f"archive/files/{SHA256[:2]}/{SHA256}/id1/content"]


def test_what_is_there_already_is_not_sent_again(server: S3Server, path: Path) -> None:
    store = server.store()
    store.put("id1", SHA256, path)
    server.asked.clear()
    store.put("id1", SHA256, path)
    assert [method for method, _ in server.asked] == ["GET"]


def test_half_of_it_that_a_crash_has_left_is_sent_again(server: S3Server, path: Path) -> None:
    store = server.store()
    server.overwrite(f"archive/files/{SHA256[:2]}/{SHA256}/id1/content", CONTENT[:100])
    store.put("id1", SHA256, path)
    assert [one.size for one in everything(store)] == [len(CONTENT)]


def test_each_row_has_its_own_so_that_one_that_goes_takes_no_other_with_it(
    server: S3Server, path: Path
) -> None:
    store = server.store()
    for intake_id in ("id1", "id2"):
        store.put(intake_id, SHA256, path)
        store.put(intake_id, SHA256, path, "text.json")
    store.drop("id1", SHA256)
    assert [(one.intake_id, one.what) for one in everything(store)] == [
        ("id2", "content"),
        ("id2", "text.json"),
    ]
    assert not store.holds("id1", SHA256)


def test_what_is_not_there_is_said_to_be_not_there(server: S3Server, tmp_path: Path) -> None:
    store = server.store()
    assert not store.holds("id1", SHA256)
    assert not store.fetch("id1", SHA256, tmp_path / "back")
    assert list(tmp_path.iterdir()) == []
    store.drop("id1", SHA256)


def test_a_store_that_keeps_other_bytes_than_it_was_given_is_found_out(server: S3Server, path: Path) -> None:
    store = server.store()
    key = f"archive/files/{SHA256[:2]}/{SHA256}/id1/content"
    reads: list[str] = []

    def spoil(method: str, where: str) -> None:
        if method == "GET" and where.endswith("/content"):
            reads.append(where)
            if len(reads) == 2:
                server.overwrite(key, b"other")

    server.before = spoil
    with pytest.raises(StoreAway, match="does not give back"):
        store.put("id1", SHA256, path)


def test_a_store_that_is_away_is_told_by_its_address_and_the_settings_name(
    server: S3Server, path: Path, tmp_path: Path
) -> None:
    store = server.store()
    store.put("id1", SHA256, path)
    server.away = True
    for ask in (
        lambda: store.put("id1", SHA256, path),
        lambda: store.fetch("id1", SHA256, tmp_path / "back"),
        lambda: store.holds("id1", SHA256),
        lambda: store.drop("id1", SHA256),
        lambda: list(store.kept()),
        lambda: store.agree("name", "digest"),
    ):
        with pytest.raises(StoreAway, match="DOSSIER_STORE_KEY"):
            ask()
    assert not (tmp_path / "back").exists()
    server.away = False
    assert store.holds("id1", SHA256)


def test_a_bucket_that_is_not_there_is_told(server: S3Server, path: Path) -> None:
    told = StoreSettings(store="s3://elsewhere", store_endpoint=server.url, store_key="k", store_secret="s")
    store = open_store(told)
    assert store is not None
    with pytest.raises(StoreAway, match="elsewhere"):
        store.put("id1", SHA256, path)


def test_machines_agree_on_what_the_first_one_said(server: S3Server) -> None:
    assert server.store().agree("dossier-pepper.sha256", "one") == "one"
    assert server.store().agree("dossier-pepper.sha256", "other") == "one"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"store": "ftp://x/y"}, "DOSSIER_STORE"),
        ({"store": "s3://papers"}, "DOSSIER_STORE_KEY"),
        ({"store": "s3://papers", "store_key": "k", "store_secret": "s"}, "DOSSIER_DATABASE_URL"),
    ],
)
def test_settings_that_do_not_fit_together_are_told(told: dict[str, str], said: str) -> None:
    assert fault_in(StoreSettings(**told), "sqlite:///x", "paperless").startswith(f"{said}|")  # type: ignore[arg-type]  # texts


def test_the_local_dms_lies_in_a_folder_and_goes_with_no_store() -> None:
    told = StoreSettings(store="s3://papers/a", store_key="k", store_secret="s")
    assert fault_in(told, "postgresql+psycopg://h/d", "local").startswith("DOSSIER_DMS|")
    assert fault_in(told, "postgresql+psycopg://h/d", "paperless") == ""


def test_without_the_setting_there_is_no_store() -> None:
    assert open_store(StoreSettings()) is None


def test_without_the_library_the_setting_is_refused_with_what_to_install(
    server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "boto3", None)
    with pytest.raises(BadSetting, match="pip install"):
        server.store()
