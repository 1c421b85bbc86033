"""A registry of one small image, on this machine's own address: what the engine asks of any, as far as pulling goes."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import io
import json
import tarfile
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

V2 = "application/vnd.docker.distribution.manifest.v2+json"


def digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def layer() -> bytes:
    """A root file system with one file."""
    root = io.BytesIO()
    with tarfile.open(fileobj=root, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("hello"), io.BytesIO())
    return root.getvalue()


class Registry:
    """Answers as `name`: `host:port/python:TAG` for any tag. `lies`: it has another manifest for every digest; `empty`: none."""

    def __init__(self, *, lies: bool = False, empty: bool = False) -> None:
        root, packed = layer(), gzip.compress(layer(), mtime=0)
        config = json.dumps(
            {
                "architecture": "amd64",
                "os": "linux",
                "config": {},
                "rootfs": {"type": "layers", "diff_ids": [digest(root)]},
            }
        ).encode()
        kind = "application/vnd.docker"
        manifest = {
            "schemaVersion": 2,
            "mediaType": V2,
            "config": {"mediaType": f"{kind}.container.image.v1+json", "size": len(config), "digest": digest(config)},
            "layers": [
                {"mediaType": f"{kind}.image.rootfs.diff.tar.gzip", "size": len(packed), "digest": digest(packed)}
            ],
        }
        self.manifest = json.dumps(manifest).encode()
        self.digest = digest(self.manifest)
        self.blobs = {digest(data): data for data in (config, packed)}
        self.lies, self.empty = lies, empty

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, media type and body for a path of the registry's interface."""
        *_, kind, name = path.rsplit("/", 2)
        if kind == "manifests" and not self.empty and (self.lies or name == self.digest or ":" not in name):
            return 200, V2, self.manifest
        if kind == "blobs" and name in self.blobs:
            return 200, "application/octet-stream", self.blobs[name]
        if path == "/v2/":
            return 200, "application/json", b"{}"
        return 404, "application/json", b'{"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown"}]}'

    def __enter__(self) -> Self:
        registry = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, kind, body = registry.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Docker-Content-Digest", digest(body))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            do_HEAD = do_GET  # noqa: N815 - it is asked for by this name

            def log_message(self, *_words: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.name = f"127.0.0.1:{self._server.server_port}/python:3"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
