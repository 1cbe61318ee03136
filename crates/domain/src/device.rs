//! The browser and the system of a session, as its `User-Agent` (RFC 9110, 10.1.5) says them: a hint by
//! which people know their own sessions, and no proof of anything.

/// What one reads of a `User-Agent` that is longer.
const READ_MAX: usize = 512;

macro_rules! products {
    ($(#[$doc:meta])* $of:ident {
        $($variant:ident = $word:literal, $shown:literal $([$($mark:literal),+])?;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each name is the product's own")]
        pub enum $of {
            $($variant,)+
        }

        impl $of {
            /// In the order in which a `User-Agent` is searched for their marks.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// How it is spelled where it is stored.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The one that is spelled so. A later release may know more of them.
            pub fn of_word(word: &str) -> Self {
                let is_it = |it: &Self| it.word() == word;
                Self::ALL.iter().copied().find(is_it).unwrap_or(Self::Other)
            }

            /// The product's own name, the same in every language; nothing where none is known.
            pub const fn name(self) -> Option<&'static str> {
                let name = match self {
                    $(Self::$variant => $shown,)+
                };
                if name.is_empty() { None } else { Some(name) }
            }

            /// What only its `User-Agent` says, of those that come after it.
            const fn marks(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => &[$($($mark),+)?],)+
                }
            }

            fn of(user_agent: &str) -> Self {
                let says = |it: &Self| it.marks().iter().any(|mark| user_agent.contains(mark));
                Self::ALL.iter().copied().find(says).unwrap_or(Self::Other)
            }
        }
    };
}

products! {
    /// A browser, or an app whose links open in itself. Most say that they are another as well, so the
    /// more particular ones come first.
    Browser {
        TikTok = "tiktok", "TikTok" ["musical_ly", "trill_", "BytedanceWebview", "TikTok"];
        Instagram = "instagram", "Instagram" ["Instagram"];
        Facebook = "facebook", "Facebook" ["FBAN/", "FBAV/", "FB_IAB/"];
        Line = "line", "LINE" [" Line/"];
        KakaoTalk = "kakaotalk", "KakaoTalk" ["KAKAOTALK"];
        Zalo = "zalo", "Zalo" ["Zalo"];
        WeChat = "wechat", "WeChat" ["MicroMessenger"];
        SamsungInternet = "samsung_internet", "Samsung Internet" ["SamsungBrowser/"];
        Edge = "edge", "Microsoft Edge" ["Edg/", "EdgA/", "EdgiOS/", "Edge/"];
        Opera = "opera", "Opera" ["OPR/", "OPT/", "OPiOS/", "OPX/", "Opera"];
        UcBrowser = "uc_browser", "UC Browser" ["UCBrowser/", "UBrowser/"];
        MiBrowser = "mi_browser", "Mi Browser" ["MiuiBrowser/"];
        HuaweiBrowser = "huawei_browser", "HUAWEI Browser" ["HuaweiBrowser/"];
        VivoBrowser = "vivo_browser", "vivo Browser" ["VivoBrowser/"];
        OppoBrowser = "oppo_browser", "OPPO Browser" ["HeyTapBrowser/", "OppoBrowser/"];
        CocCoc = "coc_coc", "Cốc Cốc" ["coc_coc_browser/"];
        Whale = "whale", "Whale" ["Whale/"];
        DuckDuckGo = "duck_duck_go", "DuckDuckGo" ["DuckDuckGo/", "Ddg/"];
        Google = "google", "Google" ["GSA/"];
        Yandex = "yandex", "Yandex Browser" ["YaBrowser/"];
        Firefox = "firefox", "Firefox" ["Firefox/", "FxiOS/"];
        Chrome = "chrome", "Chrome" ["Chrome/", "CriOS/", "Chromium/"];
        Safari = "safari", "Safari" ["Safari/"];
        Other = "other", "";
    }
}

products! {
    /// An operating system. iPads say that they are Macs, unless asked otherwise.
    System {
        Windows = "windows", "Windows" ["Windows"];
        HarmonyOs = "harmony_os", "HarmonyOS" ["HarmonyOS", "OpenHarmony"];
        Android = "android", "Android" ["Android"];
        Ios = "ios", "iOS" ["iPhone", "iPod", "iPad"];
        ChromeOs = "chrome_os", "ChromeOS" ["CrOS"];
        MacOs = "mac_os", "macOS" ["Macintosh"];
        Linux = "linux", "Linux" ["Linux"];
        Other = "other", "";
    }
}

/// The browser and the system of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// The browser.
    pub browser: Browser,
    /// The system that it runs on.
    pub system: System,
}

impl Device {
    /// What a `User-Agent` says.
    pub fn of_user_agent(user_agent: &str) -> Self {
        let end = user_agent.floor_char_boundary(READ_MAX);
        let read = user_agent.get(..end).unwrap_or_default();
        Self {
            browser: Browser::of(read),
            system: System::of(read),
        }
    }
}
