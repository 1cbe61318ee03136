//! The drawings: one stroke on a grid of 24, coloured by the text around them.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Check,
    Close,
    ChevronDown,
    ChevronRight,
    ArrowLeft,
    Info,
    Success,
    Warning,
    Problem,
    Eye,
    EyeOff,
    Search,
    Link,
    /// Two things no longer bound together.
    Unlink,
    User,
    Settings,
    LogOut,
    Globe,
    Sun,
    Moon,
    Bars,
    Plus,
    Home,
    Campaign,
    Building,
    Mail,
    /// Time, and what ran out of it.
    Clock,
    /// No way through to the server.
    Offline,
    Lock,
    /// A note: the sign for TikTok.
    Note,
}

impl Glyph {
    pub const ALL: [Self; 30] = [
        Self::Check,
        Self::Close,
        Self::ChevronDown,
        Self::ChevronRight,
        Self::ArrowLeft,
        Self::Info,
        Self::Success,
        Self::Warning,
        Self::Problem,
        Self::Eye,
        Self::EyeOff,
        Self::Search,
        Self::Link,
        Self::Unlink,
        Self::User,
        Self::Settings,
        Self::LogOut,
        Self::Globe,
        Self::Sun,
        Self::Moon,
        Self::Bars,
        Self::Plus,
        Self::Home,
        Self::Campaign,
        Self::Building,
        Self::Mail,
        Self::Clock,
        Self::Offline,
        Self::Lock,
        Self::Note,
    ];

    /// The drawing as the data of one SVG path.
    const fn path(self) -> &'static str {
        match self {
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::ChevronDown => "M6 9.5l6 6 6-6",
            Self::ChevronRight => "M9.5 6l6 6-6 6",
            Self::ArrowLeft => "M20 12H4M10.5 5.5L4 12l6.5 6.5",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.5v.01",
            Self::Success => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.4l2.8 2.8L16 9.5",
            Self::Warning => "M12 4L2.8 20h18.4zM12 10v4.5M12 17v.01",
            Self::Problem => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V13M12 16.5v.01",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"
            }
            Self::EyeOff => {
                "M9.6 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.6 3.3M6.3 7.3A15.5 15.5 0 0 0 2.5 12S6 18.5 12 18.5c1.7 0 3.2-.5 4.5-1.2M9.9 9.9a3 3 0 0 0 4.2 4.2M4 4l16 16"
            }
            Self::Search => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5",
            Self::Link => {
                "M10 13.5a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10.5a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3"
            }
            Self::Unlink => {
                "M17 13l2-2a4 4 0 0 0-5.7-5.7l-1.3 1.3M7 11l-2 2a4 4 0 0 0 5.7 5.7l1.3-1.3M4 4l16 16"
            }
            Self::User => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5a7.5 6 0 0 1 15 0",
            Self::Settings => {
                "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z"
            }
            Self::LogOut => {
                "M14 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h8M10 12h10.5M16.5 8l4 4-4 4"
            }
            Self::Globe => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3.5 12h17M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18"
            }
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
            Self::Bars => "M4 7h16M4 12h16M4 17h16",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Home => "M4 11l8-7 8 7v8.5h-5.5V14h-5v5.5H4z",
            Self::Campaign => "M4 10v4l3 .5L17 19V5L7 9.5zM7 14.5l1.5 5h3l-1.3-4M20 10.5v3",
            Self::Building => "M5 20.5V4.5h9v16M14 9.5h5v11M3 20.5h18M8 8.5h3M8 12.5h3M8 16.5h3",
            Self::Mail => "M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.2l3.5 2.3",
            Self::Offline => {
                "M3 9.5A13 13 0 0 1 8 6.4M12 5.5a13 13 0 0 1 9 4M6.5 13.3a8 8 0 0 1 3.8-2.1M14.7 11.6a8 8 0 0 1 2.8 1.7M12 18.5v.01M4 4l16 16"
            }
            Self::Lock => "M6 10.5h12V20H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5",
            Self::Note => "M13 3.5v12a4 4 0 1 1-4-4M13 3.5c.3 3 2.5 5 5.5 5.2",
        }
    }
}

/// A drawing beside words that say the same: it is hidden from assistive technology.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=glyph.path()></path>
        </svg>
    }
}
