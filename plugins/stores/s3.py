"""An S3-compatible store: Amazon's, or MinIO, Ceph, Garage, SeaweedFS and others at an endpoint of one's own.

An object lies at PREFIX/files/<first two of the checksum>/<checksum>/<intake id>/<what>: under its checksum, and by itself
for each row, so that to remove one row's never takes away another's. The SHA-256 of what is sent is part of the
signature, which the store checks; afterwards the object is read back and compared, whatever the store said.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from consumers.scan import sha256_of
from plugins.errors import BadSetting, StoreAway
from plugins.stores.store_settings import StoreSettings

_CHUNK = 1 << 20
_SECONDS, _ATTEMPTS = 20, 2
_ABSENT = ("404", "NoSuchKey", "NotFound")


class S3Store:
    """The bucket and prefix that DOSSIER_STORE names; the bucket is made by whoever runs the store."""

    def __init__(self, settings: StoreSettings) -> None:
        try:
            import boto3
            from botocore.config import Config
            from botocore.exceptions import BotoCoreError, ClientError
        except ImportError as error:
            raise BadSetting(
                'DOSSIER_STORE: boto3 is not installed; run `pip install "paperless-dossier[s3]"`, or leave the setting empty'
            ) from error
        self._wrong: tuple[type[Exception], ...] = (BotoCoreError, ClientError, OSError)
        self._bucket, _, prefix = settings.store.removeprefix("s3://").partition("/")
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._place = settings.store_endpoint or "S3"
        self._client: Any = boto3.session.Session().client(
            "s3",
            endpoint_url=settings.store_endpoint or None,
            region_name=settings.store_region,
            aws_access_key_id=settings.store_key,
            aws_secret_access_key=settings.store_secret,
            config=Config(
                connect_timeout=5,
                read_timeout=_SECONDS,
                retries={"total_max_attempts": _ATTEMPTS, "mode": "standard"},
                # Other makers' stores know no checksums but the signature's own.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={
                    "payload_signing_enabled": True,
                    "addressing_style": "path" if settings.store_endpoint else "auto",
                },
            ),
        )

    def put(self, intake_id: str, sha256: str, path: Path, what: str = "content") -> None:
        """As the contract says; raises StoreAway also where the store gives back other bytes than it was given."""
        key, digest = self._key(intake_id, sha256, what), sha256_of(path)
        if self._digest(key) == digest:
            return
        with path.open("rb") as file:
            self._ask("put_object", Key=key, Body=file)
        if self._digest(key) != digest:
            raise StoreAway(
                errno.EIO, f"the store at {self._place} does not give back what was put into it", key
            )

    def fetch(self, intake_id: str, sha256: str, target: Path, what: str = "content") -> bool:
        """As the contract says; nothing stands at `target` unless all of it came."""
        unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            with unfinished.open("wb") as file:
                for chunk in self._read(self._key(intake_id, sha256, what)):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, target)
        except FileNotFoundError:
            return False
        finally:
            unfinished.unlink(missing_ok=True)
        return True

    def holds(self, intake_id: str, sha256: str) -> bool:
        """As the contract says."""
        try:
            self._ask("head_object", Key=self._key(intake_id, sha256, "content"))
        except FileNotFoundError:
            return False
        return True

    def drop(self, intake_id: str, sha256: str) -> None:
        """As the contract says; the content goes last."""
        place = self._key(intake_id, sha256, "")
        keys = [one["Key"] for one in self._listed(place)]
        for key in sorted(keys, key=lambda key: key.endswith("/content")):
            self._ask("delete_object", Key=key)

    def kept(self) -> Iterator[tuple[str, str, str, int, datetime]]:
        """As the contract says."""
        for one in self._listed(f"{self._prefix}files/"):
            parts = one["Key"].rsplit("/", 3)
            if len(parts) == 4:
                yield parts[2], parts[1], parts[3], one["Size"], one["LastModified"]

    def agree(self, name: str, digest: str) -> str:
        """As the contract says. Who comes second at the same moment finds the first one's."""
        key = f"{self._prefix}{name}"
        try:
            return b"".join(self._read(key)).decode("ascii", "replace")
        except FileNotFoundError:
            self._ask("put_object", Key=key, Body=digest.encode())
        return b"".join(self._read(key)).decode("ascii", "replace")

    def _key(self, intake_id: str, sha256: str, what: str) -> str:
        return f"{self._prefix}files/{sha256[:2]}/{sha256}/{intake_id}/{what}"

    def _digest(self, key: str) -> str:
        """The SHA-256 of what is there, computed anew; empty where nothing is."""
        digest = hashlib.sha256()
        try:
            for chunk in self._read(key):
                digest.update(chunk)
        except FileNotFoundError:
            return ""
        return digest.hexdigest()

    def _read(self, key: str) -> Iterator[bytes]:
        answer = self._ask("get_object", Key=key)
        try:
            yield from answer["Body"].iter_chunks(_CHUNK)
        except self._wrong as error:
            raise self._away(error) from error
        finally:
            answer["Body"].close()

    def _listed(self, start: str) -> Iterator[dict[str, Any]]:
        after = ""
        while True:
            answer = self._ask("list_objects_v2", Prefix=start, StartAfter=after)
            found = answer.get("Contents", [])
            yield from found
            if not answer.get("IsTruncated") or not found:
                return
            after = found[-1]["Key"]

    def _ask(self, what: str, **told: Any) -> Any:
        try:
            return getattr(self._client, what)(Bucket=self._bucket, **told)
        except self._wrong as error:
            code = str(getattr(error, "response", {}).get("Error", {}).get("Code", ""))
            if code in _ABSENT:
                raise FileNotFoundError(errno.ENOENT, "not in the store", str(told.get("Key", ""))) from error
            raise self._away(error) from error

    def _away(self, error: Exception) -> StoreAway:
        return StoreAway(
            errno.EIO,
            f"the store at {self._place} does not do as it is asked ({error}): see that it runs, that it has the bucket "
            f"{self._bucket!r}, and that DOSSIER_STORE_KEY may read, write, list and delete there",
        )
