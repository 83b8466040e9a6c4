"""A mail server and an address for posts on the loopback: small, real sockets, everything kept that arrives."""

from __future__ import annotations

import contextlib
import http.server
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class PostBox:
    """What has arrived: for a mail its lines after DATA, for a post its body; and all that was said before."""

    port: int = 0
    bodies: list[bytes] = field(default_factory=list)
    said: list[Any] = field(default_factory=list)
    answer: int = 204


@contextlib.contextmanager
def posts() -> Iterator[PostBox]:
    """An address that takes POSTs; `said` holds their headers."""
    box = PostBox()

    class Door(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            box.said.append(self.headers)
            box.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(box.answer)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
            """What arrived is kept."""

    with _serving(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door), box):
        yield box


@contextlib.contextmanager
def mails(certificate: Path | None) -> Iterator[PostBox]:
    """A mail server that wants STARTTLS where it has a certificate; `said` holds every line with whether it was closed."""
    box = PostBox()

    class Desk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            try:
                self._talk()
            finally:
                self.request.close()

        def _talk(self) -> None:
            closed = False
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline().strip():
                box.said.append((closed, line))
                word = line.split()[0].upper()
                if word == b"EHLO":
                    more = b"AUTH PLAIN" if closed or certificate is None else b"STARTTLS"
                    self.wfile.write(b"250-here\r\n250 " + more + b"\r\n")
                elif word == b"STARTTLS":
                    self.wfile.write(b"220 go on\r\n")
                    assert certificate is not None
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    context.load_cert_chain(certificate)
                    self.request = context.wrap_socket(self.request, server_side=True)
                    self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
                    closed = True
                elif word == b"AUTH":
                    self.wfile.write(b"235 well\r\n")
                elif word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    lines = iter(self.rfile.readline, b".\r\n")
                    box.bodies.append(b"".join(lines))
                    self.wfile.write(b"250 taken\r\n")
                elif word == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 well\r\n")

    with _serving(_Quiet(("127.0.0.1", 0), Desk), box):
        yield box


class _Quiet(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up does not trust us: that is what a test wants to see."""


@contextlib.contextmanager
def _serving(server: socketserver.TCPServer, box: PostBox) -> Iterator[None]:
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that signs itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    place = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    place.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return place
