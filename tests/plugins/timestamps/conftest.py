"""An authority on this machine: `openssl ts` behind a small HTTP server."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

_CONFIG = """
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = {name}
[ root ]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[ stamper ]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ tsa ]
default_tsa = stamping
[ stamping ]
serial = {folder}/serial
signer_cert = {folder}/stamper.pem
signer_key = {folder}/stamper.key
certs = {folder}/root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


class Authority:
    """Answers requests for stamps as long as it is not `away`; `spoils` what it answers."""

    def __init__(self, folder: Path, name: str = "测试时间戳") -> None:
        self.folder, self.away, self.asked = folder, False, 0
        folder.mkdir()
        (folder / "openssl.cnf").write_text(_CONFIG.format(folder=folder, name=name))
        (folder / "serial").write_text("01\n")
        self._certify()

    @property
    def root(self) -> Path:
        """Its certificates, as PEM."""
        return self.folder / "root.pem"

    def _certify(self) -> None:
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "3650", "-utf8")
        self._run("req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-extensions", "root")
        self._run("req", *key, "-keyout", "stamper.key", "-out", "stamper.csr", "-subj", "/CN=stamper")
        signed = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "3650")
        self._run(
            "x509",
            "-req",
            "-in",
            "stamper.csr",
            *signed,
            "-extfile",
            "openssl.cnf",
            "-extensions",
            "stamper",
            "-out",
            "stamper.pem",
            config=False,
        )

    def _run(self, *words: str, config: bool = True) -> None:
        told = ("-config", "openssl.cnf") if config else ()
        subprocess.run(["openssl", *words, *told], cwd=self.folder, check=True, capture_output=True)

    def answer(self, query: bytes) -> bytes:
        """The answer to a request, as openssl gives it."""
        self.asked += 1
        (self.folder / "query").write_bytes(query)
        self._run("ts", "-reply", "-section", "stamping", "-queryfile", "query", "-out", "answer")
        return (self.folder / "answer").read_bytes()


class Served(Authority):
    """The same, at `url`."""

    url = ""


@pytest.fixture(scope="session")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    authority = Served(tmp_path_factory.mktemp("authority") / "tsa")

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            content = b"closed" if authority.away else authority.answer(query)
            self.send_response(503 if authority.away else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        authority.url = f"http://127.0.0.1:{server.server_port}/tsa"
        yield authority
        server.shutdown()
        thread.join()


@pytest.fixture
def authority(_served: Served) -> Served:
    """An authority that is there, and has not been asked anything."""
    _served.away, _served.asked = False, 0
    return _served
