//! The browser and the system of a session.

use domain::device::{Browser, Device, System};

fn of(user_agent: &str) -> (Browser, System) {
    let Device { browser, system } = Device::of_user_agent(user_agent);
    (browser, system)
}

/// One of each kind that `user-agents` 2.1.198 of npm counted among people in 2026, where `ua-parser`
/// 1.0.2 of Python tells them apart.
const SAID: [(&str, Browser, System); 23] = [
    (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Mobile Safari/537.36",
        Browser::Chrome,
        System::Android,
    ),
    (
        "Mozilla/5.0 (Linux; Android 16; SM-A155F Build/BP4A.251205.006; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/153.0.8010.36 Mobile Safari/537.36",
        Browser::Chrome,
        System::Android,
    ),
    (
        "Mozilla/5.0 (iPad; CPU OS 26_6_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/154.0.8037.55 Mobile/15E148 Safari/604.1",
        Browser::Chrome,
        System::Ios,
    ),
    (
        "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/152.0.0.0 Safari/537.36",
        Browser::Chrome,
        System::ChromeOs,
    ),
    (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/152.0.0.0 Safari/537.36",
        Browser::Chrome,
        System::Linux,
    ),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36",
        Browser::Chrome,
        System::MacOs,
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36",
        Browser::Chrome,
        System::Windows,
    ),
    (
        "Mozilla/5.0 (Linux; Android 17) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/153.0.0.0 Mobile DuckDuckGo/5 Safari/537.36",
        Browser::DuckDuckGo,
        System::Android,
    ),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15 Ddg/17.1",
        Browser::DuckDuckGo,
        System::MacOs,
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 26_7_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) EdgiOS/150.0.4078.81 Version/26.0 Mobile/15E148 Safari/604.1",
        Browser::Edge,
        System::Ios,
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Safari/537.36 Edg/154.0.0.0",
        Browser::Edge,
        System::Windows,
    ),
    (
        "Mozilla/5.0 (Android 16; Mobile; rv:156.0) Gecko/156.0 Firefox/156.0",
        Browser::Firefox,
        System::Android,
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/156.1 Mobile/15E148 Safari/604.1",
        Browser::Firefox,
        System::Ios,
    ),
    (
        "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:154.0) Gecko/20100101 Firefox/154.0",
        Browser::Firefox,
        System::Linux,
    ),
    (
        "Mozilla/5.0 (iPad; CPU OS 15_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/319.0.638705450 Mobile/15E148 Safari/604.1",
        Browser::Google,
        System::Ios,
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
        Browser::Other,
        System::Ios,
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.6.1 Mobile/15E148 Safari/604.1",
        Browser::Safari,
        System::Ios,
    ),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15",
        Browser::Safari,
        System::MacOs,
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.6 Mobile/15E148 Safari/604.1 OPT/6.7.3",
        Browser::Opera,
        System::Ios,
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/152.0.0.0 Safari/537.36 OPR/136.0.0.0",
        Browser::Opera,
        System::Windows,
    ),
    (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/30.0 Chrome/143.0.0.0 Safari/537.36",
        Browser::SamsungInternet,
        System::Android,
    ),
    (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/30.0 Chrome/143.0.0.0 Safari/537.36",
        Browser::SamsungInternet,
        System::Linux,
    ),
    (
        "Mozilla/5.0 (Linux; arm_64; Android 12; CTR-L81) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.7871.119 YaBrowser/26.8.3.119.00 Mobile Safari/537.36",
        Browser::Yandex,
        System::Android,
    ),
];

#[test]
fn browsers_and_systems_are_told_by_what_they_say() {
    for (user_agent, browser, system) in SAID {
        assert_eq!(of(user_agent), (browser, system), "{user_agent}");
    }
}

/// The browsers of phones and the apps that open links in themselves, of which most say what the system's
/// web view says as well.
#[test]
fn apps_and_browsers_of_phones_are_told_from_the_web_view_that_they_are() {
    let view = "Mozilla/5.0 (Linux; Android 14; 2312DRA50G Build/UP1A.231005.007; wv) \
                AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 \
                Mobile Safari/537.36";
    assert_eq!(of(view), (Browser::Chrome, System::Android));
    for (says, browser) in [
        (
            "trill_2023506040 AppName/trill BytedanceWebview/d8a21c6",
            Browser::TikTok,
        ),
        ("musical_ly_2023506040 AppName/musical_ly", Browser::TikTok),
        ("Instagram 340.0.0.22.109 Android", Browser::Instagram),
        ("[FB_IAB/FB4A;FBAV/516.0.0.44.99;]", Browser::Facebook),
        ("Line/15.6.0/IAB", Browser::Line),
        ("KAKAOTALK/25.4.2 (INAPP)", Browser::KakaoTalk),
        ("Zalo android/12100734 ZaloTheme/light", Browser::Zalo),
        ("MicroMessenger/8.0.59", Browser::WeChat),
        ("XiaoMi/MiuiBrowser/14.20.0", Browser::MiBrowser),
        ("HeyTapBrowser/45.11.0.1", Browser::OppoBrowser),
        ("VivoBrowser/15.1.0", Browser::VivoBrowser),
        ("HuaweiBrowser/15.0.4.312", Browser::HuaweiBrowser),
        ("UCBrowser/13.8.2", Browser::UcBrowser),
    ] {
        let user_agent = format!("{view} {says}");
        assert_eq!(of(&user_agent), (browser, System::Android), "{says}");
    }
    let desktop =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
    for (says, browser) in [
        (
            "coc_coc_browser/140.0.214 Chrome/134.0.0.0 Safari/537.36",
            Browser::CocCoc,
        ),
        (
            "Chrome/134.0.0.0 Whale/4.31.304 Safari/537.36",
            Browser::Whale,
        ),
    ] {
        let user_agent = format!("{desktop} {says}");
        assert_eq!(of(&user_agent), (browser, System::Windows), "{says}");
    }
}

/// Whoever writes the header chooses what it says.
#[test]
fn nonsense_is_another_browser_and_is_not_read_to_its_end() {
    let long = format!("{}Firefox/156.0 (Windows)", "é".repeat(400));
    for user_agent in ["", "curl/8.5.0", "\u{202e}<script>", &long] {
        assert_eq!(of(user_agent), (Browser::Other, System::Other));
    }
    assert_eq!(Browser::Other.name(), None);
    assert_eq!(System::Other.name(), None);
}

#[test]
fn what_is_stored_is_read_as_it_was_or_as_another() {
    for browser in Browser::ALL {
        assert_eq!(Browser::of_word(browser.word()), *browser);
    }
    for system in System::ALL {
        assert_eq!(System::of_word(system.word()), *system);
    }
    assert_eq!(Browser::of_word("ladybird"), Browser::Other);
}
