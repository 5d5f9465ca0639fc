"""A small IMAP server on loopback with one folder, as strict about commands as the tests need; and how it can fail."""

import contextlib
import re
import socketserver
import threading
from collections.abc import Iterator

USER, PASSWORD = "training@muster.example", 'pass "word" \\ x'


class ImapServer:
    """`put` adds a mail; `seen` holds the numbers marked as read; `fail_at` breaks off at a command."""

    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.commands: list[str] = []
        self.validity = 7
        self.fail_at = ""
        self.port = 0

    def put(self, content: bytes) -> int:
        number = max(self.mails, default=0) + 1
        self.mails[number] = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return number

    def answer(self, command: str, rest: str) -> tuple[list[bytes], bytes]:
        """The untagged lines, and the end of the tagged one."""
        if command == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1"], b"OK"
        if command == "LOGIN":
            quoted = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
            return [], b"OK" if rest == f'{USER} "{quoted}"' else b"NO wrong password"
        if command == "SELECT":
            known = rest in ('"INBOX"', "INBOX")
            return [b"* %d EXISTS" % len(self.mails), b"* OK [UIDVALIDITY %d]" % self.validity], (
                b"OK" if known else b"NO no such folder"
            )
        if command == "UID":
            return self._uid(rest)
        return ([b"* BYE"], b"OK") if command == "LOGOUT" else ([], b"OK")

    def _uid(self, rest: str) -> tuple[list[bytes], bytes]:
        if found := re.match(r"SEARCH UID (\d+):\*$", rest):
            numbers = [one for one in self.mails if one >= int(found[1])] or [max(self.mails, default=0)]
            return [b"* SEARCH " + b" ".join(b"%d" % one for one in numbers if one)], b"OK"
        if found := re.match(r"FETCH (\d+) \(RFC822.SIZE\)$", rest):
            number = int(found[1])
            return [b"* 1 FETCH (UID %d RFC822.SIZE %d)" % (number, len(self.mails[number]))], b"OK"
        if found := re.match(r"FETCH (\d+) \(BODY.PEEK\[\]\)$", rest):
            mail = self.mails[int(found[1])]
            return [b"* 1 FETCH (UID %s BODY[] {%d}\r\n%s)" % (found[1].encode(), len(mail), mail)], b"OK"
        if found := re.match(r"STORE (\d+) \+FLAGS.SILENT \(\\Seen\)$", rest):
            self.seen.add(int(found[1]))
            return [], b"OK"
        return [], b"BAD " + rest.encode()


@contextlib.contextmanager
def imap_server() -> Iterator[ImapServer]:
    box = ImapServer()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, _, text = line.decode().strip().partition(" ")
                command, _, rest = text.partition(" ")
                box.commands.append(command)
                if command == box.fail_at:
                    return
                untagged, end = box.answer(command.upper(), rest)
                for one in untagged:
                    self.wfile.write(one + b"\r\n")
                self.wfile.write(tag.encode() + b" " + end + b" done\r\n")
                if command.upper() == "LOGOUT":
                    return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Session) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join(5)
