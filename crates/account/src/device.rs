//! Which family of device a browser says it is: enough for its owner to know it again, and nothing to know others by.

use std::fmt;

/// The longest header that is looked at.
const BYTES_MAX: usize = 512;

/// A family of browsers and a family of systems, both from closed lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DeviceFamily {
    /// The browser.
    pub browser: Browser,
    /// What it runs on.
    pub system: System,
}

/// A family of browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Browser {
    /// Mozilla Firefox.
    Firefox,
    /// Microsoft Edge.
    Edge,
    /// Opera.
    Opera,
    /// Samsung Internet.
    Samsung,
    /// Yandex Browser.
    Yandex,
    /// Google Chrome and what calls itself that.
    Chrome,
    /// Apple Safari.
    Safari,
    /// Any other.
    Other,
}

/// A family of systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum System {
    /// Apple's phones.
    Iphone,
    /// Apple's tablets, where they say so.
    Ipad,
    /// Android.
    Android,
    /// Microsoft Windows.
    Windows,
    /// Apple's computers.
    Macos,
    /// Google's ChromeOS.
    Chromeos,
    /// Linux.
    Linux,
    /// Any other.
    Other,
}

/// What marks a browser, the more particular first: most call themselves Chrome, and all but Firefox Safari.
const BROWSERS: [(&str, Browser); 14] = [
    ("Edg/", Browser::Edge),
    ("EdgA/", Browser::Edge),
    ("EdgiOS/", Browser::Edge),
    ("OPR/", Browser::Opera),
    ("OPT/", Browser::Opera),
    ("SamsungBrowser/", Browser::Samsung),
    ("YaBrowser/", Browser::Yandex),
    ("FxiOS/", Browser::Firefox),
    ("Firefox/", Browser::Firefox),
    ("CriOS/", Browser::Chrome),
    ("Chromium/", Browser::Chrome),
    ("HeadlessChrome/", Browser::Chrome),
    ("Chrome/", Browser::Chrome),
    ("Safari/", Browser::Safari),
];

/// What marks a system, the more particular first: Android says Linux too, and iPhones say Mac OS.
const SYSTEMS: [(&str, System); 7] = [
    ("iPhone", System::Iphone),
    ("iPad", System::Ipad),
    ("Android", System::Android),
    ("CrOS", System::Chromeos),
    ("Windows", System::Windows),
    ("Macintosh", System::Macos),
    ("Linux", System::Linux),
];

impl DeviceFamily {
    /// What a `User-Agent` header tells; no version, model or language of it is kept.
    #[must_use]
    pub fn of(user_agent: &str) -> Self {
        let start = user_agent.as_bytes();
        let start = &start[..start.len().min(BYTES_MAX)];
        let has = |mark: &str| {
            start
                .windows(mark.len())
                .any(|part| part == mark.as_bytes())
        };
        let browser = BROWSERS.iter().find(|(mark, _)| has(mark));
        let system = SYSTEMS.iter().find(|(mark, _)| has(mark));
        Self {
            browser: browser.map_or(Browser::Other, |&(_, browser)| browser),
            system: system.map_or(System::Other, |&(_, system)| system),
        }
    }
}

impl fmt::Display for DeviceFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let browser = match self.browser {
            Browser::Firefox => "Firefox",
            Browser::Edge => "Edge",
            Browser::Opera => "Opera",
            Browser::Samsung => "Samsung Internet",
            Browser::Yandex => "Yandex Browser",
            Browser::Chrome => "Chrome",
            Browser::Safari => "Safari",
            Browser::Other => "Another browser",
        };
        let system = match self.system {
            System::Iphone => "iPhone",
            System::Ipad => "iPad",
            System::Android => "Android",
            System::Windows => "Windows",
            System::Macos => "macOS",
            System::Chromeos => "ChromeOS",
            System::Linux => "Linux",
            System::Other => "another system",
        };
        write!(f, "{browser} on {system}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_browser_is_known_by_its_family() {
        for (user_agent, family) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                "Chrome on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                "Safari on macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1",
                "Chrome on iPhone",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
                "Firefox on iPad",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
                "Samsung Internet on Android",
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 OPR/120.0",
                "Opera on ChromeOS",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 YaBrowser/25.8 Safari/537.36",
                "Yandex Browser on Windows",
            ),
            ("curl/8.5.0", "Another browser on another system"),
            ("", "Another browser on another system"),
        ] {
            assert_eq!(
                DeviceFamily::of(user_agent).to_string(),
                family,
                "{user_agent}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_of_the_header_itself_is_kept(user_agent in "\\PC{0,700}") {
            let family = DeviceFamily::of(&user_agent).to_string();
            prop_assert!(family.len() <= 33 && family.contains(" on "));
        }
    }
}
