"""Drives each client of PyPI to a log-in and to a refusal. A line for each: JSON."""

import hashlib
import json
import os
import secrets
from importlib.metadata import version
from urllib.parse import urlsplit

# The emulator stands on this machine, without TLS.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from person import BASE, decide, parameters, whose

KEY = "emulated-app"
SECRET = "emulated-app-has-no-secret"
BACK = "https://app.example/callback"
AUTHORIZE = f"{BASE}/v2/auth/authorize/"
TOKEN = f"{BASE}/v2/oauth/token/"


def in_hex(verifier):
    return hashlib.sha256(verifier.encode()).hexdigest()


# Each way gives the authorize address, and what to do with the callback: a name, or an error.


def allauth(pkce):
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            SECRET_KEY=secrets.token_hex(),
            ALLOWED_HOSTS=["app.example"],
            ROOT_URLCONF="urls",
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
            INSTALLED_APPS=[
                "django.contrib.auth",
                "django.contrib.contenttypes",
                "django.contrib.messages",
                "django.contrib.sessions",
                "allauth",
                "allauth.account",
                "allauth.socialaccount",
                "allauth.socialaccount.providers.tiktok",
            ],
            MIDDLEWARE=[
                "django.contrib.sessions.middleware.SessionMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware",
                "django.contrib.messages.middleware.MessageMiddleware",
                "allauth.account.middleware.AccountMiddleware",
            ],
            TEMPLATES=[
                {
                    "BACKEND": "django.template.backends.django.DjangoTemplates",
                    "APP_DIRS": True,
                    "OPTIONS": {
                        "context_processors": ["django.template.context_processors.request"]
                    },
                }
            ],
            AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
            SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
            SOCIALACCOUNT_PROVIDERS={
                "tiktok": {"APP": {"client_id": KEY, "secret": SECRET}},
            },
        )
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    settings.SOCIALACCOUNT_PROVIDERS["tiktok"]["OAUTH_PKCE_ENABLED"] = pkce
    from allauth.socialaccount.models import SocialAccount
    from allauth.socialaccount.providers.tiktok.views import TikTokOAuth2Adapter
    from django.test import Client

    TikTokOAuth2Adapter.authorize_url = AUTHORIZE
    TikTokOAuth2Adapter.access_token_url = TOKEN
    TikTokOAuth2Adapter.profile_url = f"{BASE}/v2/user/info/"
    SocialAccount.objects.all().delete()
    browser = Client(headers={"host": "app.example"})
    begun = browser.post("/accounts/tiktok/login/", secure=True)

    def finish(callback):
        path = urlsplit(callback)
        answer = browser.get(f"{path.path}?{path.query}", secure=True)
        account = SocialAccount.objects.first()
        if account is None:
            told = [template.name for template in answer.templates]
            raise ValueError(answer.headers.get("Location") or (told and told[0]))
        return account.extra_data["display_name"]

    return begun.headers["Location"], finish


def authlib(settings):
    from authlib.integrations.requests_client import OAuth2Session

    client = OAuth2Session(
        KEY,
        SECRET,
        scope=settings.get("scope", ["user.info.basic", "user.info.profile"]),
        redirect_uri=BACK,
        code_challenge_method="S256" if settings.get("s256") else None,
        token_endpoint_auth_method="client_secret_post",
    )
    verifier = secrets.token_urlsafe(32)
    extra = {"client_key": KEY} if settings.get("key") else {}
    begin = dict(extra)
    if settings.get("s256"):
        begin["code_verifier"] = verifier
    if settings.get("hex"):
        begin |= {"code_challenge": in_hex(verifier), "code_challenge_method": "S256"}
    address, state = client.create_authorization_url(AUTHORIZE, **begin)

    def finish(callback):
        given = dict(extra)
        if settings.get("s256") or settings.get("hex"):
            given["code_verifier"] = verifier
        token = client.fetch_token(TOKEN, authorization_response=callback, state=state, **given)
        return whose(token["access_token"])

    return address, finish


def requests_oauthlib(settings):
    from requests_oauthlib import OAuth2Session

    client = OAuth2Session(
        KEY,
        scope=settings.get("scope", ["user.info.basic", "user.info.profile"]),
        redirect_uri=BACK,
        pkce="S256" if settings.get("s256") else None,
    )
    extra = {"client_key": KEY} if settings.get("key") else {}
    verifier = secrets.token_urlsafe(32)
    begin = dict(extra)
    if settings.get("hex"):
        begin |= {"code_challenge": in_hex(verifier), "code_challenge_method": "S256"}
    address, _ = client.authorization_url(AUTHORIZE, **begin)

    def finish(callback):
        given = dict(extra)
        if settings.get("hex"):
            given["code_verifier"] = verifier
        token = client.fetch_token(
            TOKEN,
            authorization_response=callback,
            client_secret=SECRET,
            include_client_id=True,
            **given,
        )
        return whose(token["access_token"])

    return address, finish


HEX = "the challenge in hex"
BOTH = {"key": True, "scope": "user.info.basic,user.info.profile"}
BASIC = {"key": True, "scope": ["user.info.basic"]}
SETS = "`client_key` in both requests, the scopes as one text with commas"
WAYS = [
    ("django-allauth", "as it is", lambda: allauth(False)),
    ("django-allauth", "`OAUTH_PKCE_ENABLED`", lambda: allauth(True)),
    ("Authlib", "as it is", lambda: authlib({})),
    ("Authlib", "`client_key` in both requests", lambda: authlib({"key": True})),
    ("Authlib", SETS, lambda: authlib(BOTH)),
    ("Authlib", "the same, and `code_challenge_method`", lambda: authlib(BOTH | {"s256": True})),
    ("Authlib", f"the same, and {HEX}", lambda: authlib(BOTH | {"hex": True})),
    ("requests-oauthlib", "as it is", lambda: requests_oauthlib({})),
    (
        "requests-oauthlib",
        "`client_key` in both requests",
        lambda: requests_oauthlib({"key": True}),
    ),
    ("requests-oauthlib", SETS, lambda: requests_oauthlib(BOTH)),
    (
        "requests-oauthlib",
        "`client_key` in both requests, one scope",
        lambda: requests_oauthlib(BASIC),
    ),
    (
        "requests-oauthlib",
        "the same, and `pkce`",
        lambda: requests_oauthlib(BASIC | {"s256": True}),
    ),
    (
        "requests-oauthlib",
        f"the same, and {HEX}",
        lambda: requests_oauthlib(BASIC | {"hex": True}),
    ),
]


def walk(way, decision):
    try:
        address, finish = way()
        callback, stopped = decide(address, decision)
        if stopped:
            return f"TikTok's page: {stopped}"
        error = parameters(callback).get("error")
        if error and decision == "authorize":
            return f"back with {error}"
        return finish(callback)
    except Exception as error:  # Whatever a client says is what is looked for.
        return f"refused: {type(error).__name__}: {str(error)[:200]}"


for client, settings, way in WAYS:
    line = {
        "client": client,
        "version": version(client),
        "set": settings,
        "pkce": os.environ["PKCE"],
        "logIn": walk(way, "authorize"),
        "refusal": walk(way, "cancel"),
    }
    print(json.dumps(line), flush=True)
