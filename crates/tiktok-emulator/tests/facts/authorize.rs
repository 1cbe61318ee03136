//! What an app may ask, and where TikTok says no.

use crate::stage::{
    BACK, BASE, CHALLENGE, PASSWORD, Stage, app, authorize_url, config, location, mai, query, text,
};
use tiktok_emulator::visitor::{Plan, Visitor};
use tiktok_emulator::{BadRedirectUri, Config, Kind, Pkce};

/// What TikTok's own page says for an authorize URL. It is no redirect, whatever was asked.
fn own_page(changes: &[(&str, &str)]) -> String {
    let response = Stage::new().get(&authorize_url(changes));
    assert_eq!(response.status(), 200, "{changes:?}");
    let html = text(&response);
    assert!(html.contains("<h1>Something went wrong</h1>"), "{html}");
    html
}

/// With which word an authorize URL comes back to the app at once.
fn comes_back(changes: &[(&str, &str)]) -> String {
    let response = Stage::new().get(&authorize_url(changes));
    let location = location(&response);
    assert!(location.starts_with(BACK), "{location}");
    let query = query(&location);
    assert_eq!(query["state"], "a state/+&=");
    assert!(!query["error_description"].is_empty());
    query["error"].clone()
}

#[test]
fn a_wrong_client_key_shows_tiktoks_own_page_and_never_comes_back() {
    for key in ["", "nobody"] {
        let page = own_page(&[("client_key", key)]);
        assert!(page.contains("correct the following: client_key"), "{page}");
    }
    let page = own_page(&[("client_key", ""), ("client_id", "key")]);
    assert!(page.contains("correct the following: client_key"), "{page}");
}

#[test]
fn a_redirect_uri_must_equal_a_registered_one_byte_for_byte() {
    for uri in [
        "",
        "https://portal.example/tiktok/callback/",
        "https://portal.example/tiktok/Callback",
        "https://PORTAL.example/tiktok/callback",
        "https://portal.example/tiktok/callback?x=1",
        "https://portal.example/tiktok/callback#x",
        "https://portal.example:443/tiktok/callback",
        "https://portal.example@evil.example/tiktok/callback",
        "http://portal.example/tiktok/callback",
        "//evil.example",
        "javascript:alert(1)",
        "https://other.example/callback",
    ] {
        let page = own_page(&[("redirect_uri", uri)]);
        assert!(
            page.contains("correct the following: redirect_uri"),
            "{uri}"
        );
    }
}

#[test]
fn a_missing_or_wrong_challenge_shows_error_10007() {
    let base64url = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    for changes in [
        [("code_challenge", ""), ("code_challenge_method", "S256")],
        [
            ("code_challenge", base64url),
            ("code_challenge_method", "S256"),
        ],
        [
            ("code_challenge", "13d31e"),
            ("code_challenge_method", "S256"),
        ],
        [
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "plain"),
        ],
        [("code_challenge", CHALLENGE), ("code_challenge_method", "")],
    ] {
        let page = own_page(&changes);
        assert!(
            page.contains("error=param_error&amp;errCode=10007&amp;error_type=code_challenge"),
            "{page}"
        );
    }
}

#[test]
fn the_challenge_can_be_base64url_or_off_where_the_host_says_so() {
    let base64url = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let mut stage = Stage::with_pkce(Pkce::Base64Url);
    let callback = stage.walk_anew(&[("code_challenge", base64url)], mai());
    let code = query(&callback.unwrap())["code"].clone();
    assert!(stage.exchange(&code, &[]).1["access_token"].is_string());
    assert!(stage.walk_anew(&[], mai()).is_err());

    let mut stage = Stage::with_pkce(Pkce::Off);
    let without = [("code_challenge", ""), ("code_challenge_method", "")];
    let callback = stage.walk_anew(&without, mai());
    let code = query(&callback.unwrap())["code"].clone();
    let (_, grant) = stage.exchange(&code, &[("code_verifier", "")]);
    assert!(grant["access_token"].is_string());
}

#[test]
fn a_parameter_that_comes_twice_counts_as_missing() {
    let url = format!(
        "{}&redirect_uri=https%3A%2F%2Fevil.example",
        authorize_url(&[])
    );
    let page = text(&Stage::new().get(&url));
    assert!(
        page.contains("correct the following: redirect_uri"),
        "{page}"
    );
}

#[test]
fn other_faults_come_back_with_oauths_word() {
    assert_eq!(
        comes_back(&[("response_type", "token")]),
        "unsupported_response_type"
    );
    assert_eq!(comes_back(&[("response_type", "")]), "invalid_request");
    for scope in [
        "",
        "video.delete",
        "user.info.basic,video.delete",
        // Ordinary OAuth clients put spaces here.
        "user.info.basic user.info.profile",
        "user.info.basic,,user.info.profile",
    ] {
        assert_eq!(comes_back(&[("scope", scope)]), "invalid_scope", "{scope}");
    }
}

/// Arctic, better-auth and Auth.js have the address without its slash built in.
#[test]
fn the_authorize_page_alone_is_there_with_and_without_its_slash() {
    let bare = authorize_url(&[]).replace("/authorize/?", "/authorize?");
    let mut stage = Stage::new();
    let callback = stage.walk(&mut Visitor::new(), &bare, mai()).unwrap();
    let (_, grant) = stage.exchange(&query(&callback)["code"], &[]);
    assert!(grant["access_token"].is_string());
    for path in ["/authorize//?", "/authorize/x?", "/authoriz?"] {
        let url = authorize_url(&[]).replace("/authorize/?", path);
        assert_eq!(stage.get(&url).status(), 404, "{path}");
    }
    for path in ["/v2/oauth/token", "/v2/oauth/revoke"] {
        assert_eq!(stage.post(path, &[]).status(), 404, "{path}");
    }
    assert_eq!(stage.get(&format!("{BASE}/v2/user/info")).status(), 404);
    assert_eq!(stage.post("/v2/auth/authorize", &[]).status(), 405);
}

#[test]
fn the_state_comes_back_unchanged_or_not_at_all() {
    let state = "é%2F+ &=?#\u{1F5DD}%%";
    let callback = Stage::new().walk_anew(&[("state", state)], mai()).unwrap();
    assert_eq!(query(&callback)["state"], state);
    let callback = Stage::new().walk_anew(&[("state", "")], mai()).unwrap();
    assert!(!query(&callback).contains_key("state"), "{callback}");
}

fn check(kind: Kind, uri: &str) -> Result<(), BadRedirectUri> {
    tiktok_emulator::App {
        kind,
        ..app("key", &[uri])
    }
    .check()
}

/// The valid and the invalid examples of TikTok's own document.
#[test]
fn a_web_app_redirects_to_https_alone() {
    for uri in [
        BACK,
        "https://dev.example.com/auth/callback/",
        "https://localhost/callback",
    ] {
        assert_eq!(check(Kind::Web, uri), Ok(()), "{uri}");
    }
    for uri in [
        "dev.example.com/auth/callback/",
        "http://dev.example.com/auth/callback/",
        "http://127.0.0.1:3000/callback",
        "http://localhost:3455/callback/",
        "https://127.0.0.1:*/callback/",
        "app://callback",
        "/callback",
        "https://",
        "https:///callback",
    ] {
        assert!(check(Kind::Web, uri).is_err(), "{uri}");
    }
}

/// "Only localhost or loopback IP 127.0.0.1 are allowed host names", "URIs must have a port number,
/// and wildcard port number (*) is supported", "URIs must be absolute and begin with https or http".
/// The first three are TikTok's examples of valid ones.
#[test]
fn a_desktop_app_redirects_to_its_own_machine_alone_and_to_a_port_of_it() {
    for uri in [
        "http://localhost:3455/callback/",
        "http://127.0.0.1:*/callback/",
        "https://127.0.0.1:3455/callback/",
        "https://localhost:*/",
        "http://127.0.0.1:65535",
        "http://127.0.0.1:1/*",
    ] {
        assert_eq!(check(Kind::Desktop, uri), Ok(()), "{uri}");
    }
    for uri in [
        "http://localhost/callback",
        "https://127.0.0.1/callback",
        "http://localhost:/callback",
    ] {
        assert_eq!(
            check(Kind::Desktop, uri),
            Err(BadRedirectUri::NoPort(uri.to_owned()))
        );
    }
    for uri in [
        BACK,
        "https://portal.example:443/callback",
        "http://[::1]:8080/callback",
        "http://192.168.0.1:80/callback",
        "http://127.0.0.2:80/callback",
        "http://LOCALHOST:80/callback",
        "http://localhost.evil.example:80/callback",
        "http://localhost:80@evil.example:80/callback",
        "http://127.0.0.1.evil.example:80/",
        "app://127.0.0.1:80/callback",
        "//127.0.0.1:80/callback",
        "http://:80/callback",
    ] {
        assert_eq!(
            check(Kind::Desktop, uri),
            Err(BadRedirectUri::NotThisMachine(uri.to_owned()))
        );
    }
    for port in ["0", "65536", "80a", "**", "*1", "+80", "-1"] {
        let uri = format!("http://localhost:{port}/callback");
        assert!(
            matches!(
                check(Kind::Desktop, &uri),
                Err(BadRedirectUri::Malformed(_))
            ),
            "{uri}"
        );
    }
}

/// A desktop app with this redirect URI.
fn desktop(uri: &str) -> Stage {
    Stage::with(Config {
        apps: vec![tiktok_emulator::App {
            kind: Kind::Desktop,
            ..app("key", &[uri])
        }],
        ..config()
    })
}

#[test]
fn a_star_is_any_port_and_nothing_else() {
    let registered = "http://127.0.0.1:*/callback/";
    for port in ["1", "3455", "65535"] {
        let uri = format!("http://127.0.0.1:{port}/callback/");
        let mut stage = desktop(registered);
        let callback = stage.walk_anew(&[("redirect_uri", &uri)], mai()).unwrap();
        assert!(callback.starts_with(&uri), "{callback}");
        // The exchange names the one that was used.
        let code = query(&callback)["code"].clone();
        let (_, refusal) = stage.exchange(&code, &[("redirect_uri", registered)]);
        assert_eq!(refusal["error"], "invalid_grant");
        let (_, grant) = stage.exchange(&code, &[("redirect_uri", &uri)]);
        assert!(grant["access_token"].is_string(), "{grant}");
    }
    for uri in [
        registered,
        "http://127.0.0.1:0/callback/",
        "http://127.0.0.1:65536/callback/",
        "http://127.0.0.1/callback/",
        "http://127.0.0.1:/callback/",
        "http://127.0.0.1:80/callback",
        "http://127.0.0.1:80/other/callback/",
        "https://127.0.0.1:80/callback/",
        "http://localhost:80/callback/",
        "http://127.0.0.1:80@evil.example/callback/",
        "http://127.0.0.1:80/callback/?x=/callback/",
    ] {
        let page = text(&desktop(registered).get(&authorize_url(&[("redirect_uri", uri)])));
        assert!(
            page.contains("correct the following: redirect_uri"),
            "{uri}"
        );
    }
    // Where a port was registered, it is that one alone.
    let uri = "http://127.0.0.1:3456/callback/";
    let mut stage = desktop("http://127.0.0.1:3455/callback/");
    let page = text(&stage.get(&authorize_url(&[("redirect_uri", uri)])));
    assert!(
        page.contains("correct the following: redirect_uri"),
        "{page}"
    );
}

#[test]
fn a_redirect_uri_has_no_query_no_fragment_and_less_than_512_characters() {
    let check = |uri: &str| app("key", &[uri]).check();
    let long = |length: usize| format!("https://a.example/{}", "x".repeat(length - 18));
    assert!(check(&long(511)).is_ok());
    assert!(matches!(check(&long(512)), Err(BadRedirectUri::TooLong(_))));
    assert!(matches!(
        check("https://a.example/?b"),
        Err(BadRedirectUri::Query(_))
    ));
    assert!(matches!(
        check("https://a.example/#b"),
        Err(BadRedirectUri::Fragment(_))
    ));
    for uri in [
        "https://a.example/\r\nX: y",
        "https://a.example; script-src *",
    ] {
        assert!(
            matches!(check(uri), Err(BadRedirectUri::Malformed(_))),
            "{uri}"
        );
    }
}

#[test]
fn an_app_has_ten_redirect_uris_at_most() {
    let uris: Vec<_> = (0..11)
        .map(|it| format!("https://a.example/{it}"))
        .collect();
    let uris: Vec<_> = uris.iter().map(String::as_str).collect();
    assert!(app("key", &uris[..10]).check().is_ok());
    assert_eq!(app("key", &uris).check(), Err(BadRedirectUri::TooMany));
}

#[test]
fn with_more_than_ten_redirect_uris_none_works() {
    let uris: Vec<_> = (0..10)
        .map(|it| format!("https://a.example/{it}"))
        .collect();
    let mut uris: Vec<_> = uris.iter().map(String::as_str).collect();
    uris.push(BACK);
    let mut stage = Stage::with(Config {
        apps: vec![app("key", &uris)],
        ..config()
    });
    let page = text(&stage.get(&authorize_url(&[])));
    assert!(
        page.contains("correct the following: redirect_uri"),
        "{page}"
    );
}

#[test]
fn a_redirect_uri_that_could_not_be_registered_never_works() {
    let uri = "http://portal.example/callback";
    let mut stage = Stage::with(Config {
        apps: vec![app("key", &[uri])],
        ..config()
    });
    let page = text(&stage.get(&authorize_url(&[("redirect_uri", uri)])));
    assert!(
        page.contains("correct the following: redirect_uri"),
        "{page}"
    );
}

#[test]
fn a_live_session_that_agreed_before_is_sent_straight_back_as_the_same_account() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    stage
        .walk(&mut visitor, &authorize_url(&[]), mai())
        .unwrap();
    for silent in ["", "0"] {
        let url = authorize_url(&[("disable_auto_auth", silent)]);
        let response = stage.send(&visitor.visit(&url, Plan::Return));
        let callback = query(&location(&response));
        assert_eq!(callback["scopes"], "user.info.basic,user.info.profile");
        let (_, grant) = stage.exchange(&callback["code"], &[]);
        assert_eq!(
            grant["open_id"],
            tiktok_emulator::open_id("key", "mai").as_str()
        );
    }
}

#[test]
fn disable_auto_auth_always_shows_the_consent_page() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    stage
        .walk(&mut visitor, &authorize_url(&[]), mai())
        .unwrap();
    let request = visitor.visit(&authorize_url(&[("disable_auto_auth", "1")]), Plan::Return);
    let page = text(&stage.send(&request));
    assert!(page.contains("data-page=\"consent\""), "{page}");
}

#[test]
fn a_live_session_is_asked_where_it_has_not_agreed_to_all() {
    let silent = [("disable_auto_auth", "0")];
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    let deny = Plan::Deny {
        username: "mai".to_owned(),
        password: PASSWORD.to_owned(),
        scope: "user.info.profile".to_owned(),
    };
    let url = authorize_url(&silent);
    stage.walk(&mut visitor, &url, deny).unwrap();
    let page = text(&stage.send(&visitor.visit(&url, Plan::Return)));
    assert!(page.contains("data-page=\"consent\""), "{page}");

    let less = authorize_url(&[("disable_auto_auth", "0"), ("scope", "user.info.basic")]);
    let response = stage.send(&visitor.visit(&less, Plan::Return));
    assert_eq!(query(&location(&response))["scopes"], "user.info.basic");
}

#[test]
fn who_agreed_to_one_app_is_asked_by_another() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    stage
        .walk(&mut visitor, &authorize_url(&[]), mai())
        .unwrap();
    let url = authorize_url(&[
        ("client_key", "other-key"),
        ("redirect_uri", "https://other.example/callback"),
        ("disable_auto_auth", "0"),
    ]);
    let page = text(&stage.send(&visitor.visit(&url, Plan::Return)));
    assert!(page.contains("data-page=\"consent\""), "{page}");
}

#[test]
fn the_request_may_name_the_host_or_not() {
    let mut stage = Stage::new();
    for url in [
        authorize_url(&[]),
        authorize_url(&[]).replace("http://127.0.0.1:3000", ""),
    ] {
        assert!(text(&stage.get(&url)).contains("Log in to TikTok"));
    }
    let elsewhere = authorize_url(&[]).replace(BASE, "http://127.0.0.1:3000");
    assert_eq!(stage.get(&elsewhere).status(), 404);
}
