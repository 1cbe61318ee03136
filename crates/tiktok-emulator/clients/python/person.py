"""A person at the emulator's pages, who logs in and agrees or cancels."""

import html
import os
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import requests

BASE = os.environ["EMULATOR"]


def members(page, action):
    """The members that a form sends without a button."""
    forms = [form for form in page.split("<form")[1:] if f'{action}"' in form.split(">")[0]]
    inputs = re.findall(r"<input[^>]*>", forms[0].split("</form>")[0])
    attribute = lambda tag, name: html.unescape((re.findall(rf'\b{name}="([^"]*)"', tag) or [""])[0])
    return [(attribute(tag, "name"), attribute(tag, "value")) for tag in inputs]


def decide(address, decision):
    """Opens an authorize address: the callback's address, and what TikTok's page says instead."""
    browser = requests.Session()
    answer = browser.get(address, allow_redirects=False)
    for _ in range(4):
        if "Location" in answer.headers:
            return answer.headers["Location"], None
        page = answer.text
        if 'data-page="log-in"' in page:
            form = dict(members(page, "/login"))
            form |= {"username": "business", "password": "Emulated-2026"}
            answer = browser.post(urljoin(BASE, "/login"), form, allow_redirects=False)
        elif 'data-page="consent"' in page:
            form = members(page, "/consent") + [("decision", decision)]
            answer = browser.post(urljoin(BASE, "/consent"), form, allow_redirects=False)
        else:
            told = re.findall(r"correct the following: ([^\s<]+)", page)
            return None, told[0] if told else f"HTTP {answer.status_code}"
    return None, "in circles"


def parameters(callback):
    return {name: values[0] for name, values in parse_qs(urlsplit(callback).query).items()}


def whose(token):
    """Who a token is of."""
    answer = requests.get(
        f"{BASE}/v2/user/info/",
        {"fields": "open_id,display_name"},
        headers={"Authorization": f"Bearer {token}"},
    )
    return answer.json()["data"]["user"]["display_name"]
