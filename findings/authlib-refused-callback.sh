#!/bin/sh
# Authlib 1.9.10: `fetch_token(authorization_response=…)` of a callback that refuses
# (`error=access_denied`, RFC 6749, 4.1.2.1) doesn't raise that error. It asks the token endpoint for
# `grant_type=client_credentials`, which nobody asked for: the grant type is guessed from the members,
# and without a code that is the one left. What is raised is that request's refusal. So: read `error`
# of the callback before.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet authlib==1.9.10 requests==2.34.2

cat >"$work/try.py" <<'PYTHON'
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs

# The token endpoint stands on this machine, without TLS.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
from authlib.integrations.requests_client import OAuth2Session

asked = []


class Token(BaseHTTPRequestHandler):
    def do_POST(self):
        size = int(self.headers["Content-Length"])
        asked.append(parse_qs(self.rfile.read(size).decode())["grant_type"][0])
        body = b'{"error": "unsupported_grant_type"}'
        self.send_response(400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Token)
threading.Thread(target=server.serve_forever, daemon=True).start()
back = "https://app.example/callback"
session = OAuth2Session("id", "secret", redirect_uri=back)
raised = "nothing"
try:
    session.fetch_token(
        f"http://127.0.0.1:{server.server_port}/token",
        authorization_response=f"{back}?error=access_denied&state=s",
        state="s",
    )
except Exception as error:
    raised = str(error)
print("Authlib", version("authlib"))
print("the token endpoint was asked for:", asked)
print("raised:", raised)
assert asked == ["client_credentials"] and "access_denied" not in raised
PYTHON
"$work/venv/bin/python" -W ignore "$work/try.py"
