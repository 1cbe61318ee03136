# tiktok-business-api-sdk-official 1.1.3 (PyPI), TikTok API for Business v1.3: TikTok refuses with status 200 and a
# `code` that isn't 0. The SDK looks at the code of a call that waits, and raises `TiktokSDKError`. Of the same call
# with `async_req=True`, which each method's docstring offers, it doesn't: `get()` gives the refusal as if it were an
# answer, and the answer itself in another shape (a model with `code` in it, not a dictionary of data and request
# id). So: look at `code` of whatever `get()` gives before anything else of it is read.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet tiktok-business-api-sdk-official==1.1.3

cat >"$work/try.py" <<'PY'
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import business_api_client
from business_api_client.tiktok_business.tiktok_exceptions import TiktokSDKError

REFUSAL = {"code": 40105, "message": "Access token is incorrect or has been revoked."}
ANSWER = {"code": 0, "message": "OK"}
told = {}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        body = json.dumps({**told, "request_id": "202611300001", "data": {}}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
configuration = business_api_client.Configuration()
configuration.host = f"http://127.0.0.1:{server.server_port}"
client = business_api_client.ApiClient(configuration)
api = business_api_client.CampaignCreationApi(client)
body = {"advertiser_id": "1", "campaign_ids": ["1843312852800706"], "operation_status": "DISABLE"}


def call(**options):
    try:
        result = api.campaign_status_update("token", body=body, **options)
        return result.get(timeout=30) if options else result
    except TiktokSDKError as error:
        return error


told.update(REFUSAL)
waited, asked = call(), call(async_req=True)
told.update(ANSWER)
answers = call(), call(async_req=True)
server.shutdown()
print("tiktok-business-api-sdk-official 1.1.3")
print("refused, waited for:", repr(waited))
print("refused, async_req:", type(asked).__name__, asked.code, asked.message)
print("answered:", *(type(answer).__name__ for answer in answers))
is_so = (
    isinstance(waited, TiktokSDKError)
    and not isinstance(asked, Exception)
    and asked.code == REFUSAL["code"]
    and isinstance(answers[0], dict)
    and not isinstance(answers[1], dict)
)
sys.exit(0 if is_so else 1)
PY
"$work/venv/bin/python" "$work/try.py"
