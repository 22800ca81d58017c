"""A web server on loopback that answers by a table, well or badly."""

import socket
import socketserver
import threading
import time
from contextlib import contextmanager, suppress


class Hostile(socketserver.ThreadingTCPServer):
    """Answers each path by its entry in ``pages``; remembers every request.

    An entry is bytes (a whole HTML page), or a callable that is given the Exchange.
    """

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50

    def __init__(self, pages, *, robots=None, port=0):
        super().__init__(("127.0.0.1", port), _Handler)
        self.pages = {"/robots.txt": robots or status(404)} | pages
        self.requests = []
        self.closing = threading.Event()
        self.now_open = self.most_at_once = 0

    @property
    def port(self):
        return self.server_address[1]

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self):
        return [request.path for request in self.requests]

    @property
    def seconds(self):
        """From the first request to the last."""
        return self.requests[-1].at - self.requests[0].at

    def handle_error(self, request, client_address):
        """A client that hangs up is the point."""


class Exchange:
    def __init__(self, sock, path, headers, server):
        self.sock, self.path, self.headers, self.server = sock, path, headers, server
        self.at = time.monotonic()

    def send(self, data):
        self.sock.sendall(data)

    def wait(self, seconds):
        """Hang, but let the test end at once."""
        self.server.closing.wait(seconds)


class _Handler(socketserver.BaseRequestHandler):
    def handle(self):
        with suppress(OSError):
            data = b""
            while b"\r\n\r\n" not in data:
                chunk = self.request.recv(65536)
                if not chunk:
                    return
                data += chunk
            head, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            headers = dict(
                line.lower().split(": ", 1) for line in lines if ": " in line
            )
            exchange = Exchange(self.request, head.split(" ")[1], headers, self.server)
            self.server.requests.append(exchange)
            answer = self.server.pages.get(exchange.path) or status(404)
            if isinstance(answer, bytes):
                answer = page(answer)
            self.server.now_open += 1
            self.server.most_at_once = max(
                self.server.most_at_once, self.server.now_open
            )
            answer(exchange)
            self.server.now_open -= 1


def response(body=b"", code=200, headers=(), kind="text/html; charset=utf-8"):
    """The bytes of a proper answer."""
    lines = [
        f"HTTP/1.1 {code} X",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
    ]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def page(body, **options):
    return lambda exchange: exchange.send(response(body, **options))


def status(code, *headers, body=b"<html><body>x</body></html>"):
    return lambda exchange: exchange.send(response(body, code, headers))


def raw(*parts, pause=0.0, hang=0.0, reset=False):
    """Send these bytes as they are."""

    def answer(exchange):
        for part in parts:
            exchange.send(part)
            exchange.wait(pause)
        exchange.wait(hang)
        if reset:
            linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
            exchange.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            exchange.sock.close()

    return answer


def endless(head, chunk=b"x" * 65536):
    """Send a body that never ends."""

    def answer(exchange):
        exchange.send(head)
        while not exchange.server.closing.is_set():
            exchange.send(chunk)

    return answer


@contextmanager
def serving(pages, **options):
    """A hostile server that runs for the length of a test."""
    server = Hostile(pages, **options)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
