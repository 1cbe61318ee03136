"""What the document can't say of a caller: who they are, and from where they ask.

Half of the requests come from two members, the others from guests; somebody asks twenty times before
another does, so that one request leads to the next. Each comes from another address, so that the
limits, which count by it, let most of them through.
"""

import http.cookies
import json
import os
import random
import urllib.request

import schemathesis

BASE = os.environ["PORTAL"]
PASSWORD = "Portal-demo-2026"
MEMBERS = ["email-only@portal.test", "linked@portal.test"]
ADDRESS_HEADER = os.environ["PORTAL_CLIENT_ADDRESS_HEADER"]

chance = random.Random(20260101)
cookies = {}
who = {"asks": None}


def address():
    """Another of a network that is for documentation."""
    return f"2001:db8:{chance.randrange(0x10000):x}:{chance.randrange(0x10000):x}::1"


def ask(path, body, jar):
    headers = {
        "content-type": "application/json",
        "cookie": "; ".join(f"{name}={value}" for name, value in jar.items()),
        ADDRESS_HEADER: address(),
    }
    request = urllib.request.Request(BASE + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        for line in answer.headers.get_all("set-cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                jar[name] = morsel.value


def log_in(email):
    jar = {}
    ask("/api/get-session", {}, jar)
    ask("/api/log-in", {"email": email, "password": PASSWORD}, jar)
    return "; ".join(f"{name}={value}" for name, value in jar.items())


@schemathesis.hook
def before_call(context, case, kwargs):
    case.headers[ADDRESS_HEADER] = address()
    if chance.randrange(20) == 0:
        who["asks"] = chance.choice(MEMBERS + [None, None])
    email = who["asks"]
    if email is not None:
        if email not in cookies:
            cookies[email] = log_in(email)
        # They are marked as secure, which a jar would not send without TLS.
        case.headers["cookie"] = cookies[email]


@schemathesis.hook
def after_call(context, case, response):
    if response.status_code == 401:
        # Maybe they have logged out.
        cookies.clear()
