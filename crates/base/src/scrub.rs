//! Takes out of a text what may speak of somebody or open something. The log has none of it by its own rules; this is for
//! the day on which one of them is broken, and therefore rather takes out a harmless word than leaves an address in.

/// What stands in the place of what was taken out.
const REMOVED: &str = "[removed]";
/// The longest text that is kept or goes out.
const CHARS_MAX: usize = 1_000;
/// What the program's own sentences use beyond ASCII. Other letters are somebody's name, title or message.
const PUNCTUATION: &str = "—–‘’“”„«»…·";
/// What a URL may stand behind in one word.
const BEFORE_URL: [char; 12] = ['"', '\'', '`', '(', '<', '[', '{', '=', ',', ';', ':', '|'];
/// Letters and digits of a room's code (Crockford's base32), and the shortest one.
const CODE_DIGITS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_MIN: usize = 6;
/// What makes the letters of a code a word that somebody could say: it has no I, O or U. WebRTC has four others in a row.
const VOWELS: [char; 3] = ['A', 'E', 'Y'];
const CONSONANTS_MIN: usize = 5;
/// Letters and digits together from which on a word with a digit is an id, a number of somebody or a key.
const ID_MIN: usize = 8;
/// No word of a sentence is so long without a break.
const RUN_MAX: usize = 20;
/// As many numbers as this in one word are an address or a moment.
const NUMBERS_MAX: usize = 4;

/// A text without addresses of people and devices, codes, ids, keys, paths, and what follows the host of a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scrubbed(String);

impl Scrubbed {
    /// What is left of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(scrubbed(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn scrubbed(text: &str) -> String {
    let text: String = text.chars().take(CHARS_MAX).collect();
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let mut words: Vec<String> = words.filter(|word| !word.is_empty()).map(word).collect();
    if text.chars().count() == CHARS_MAX {
        // Half an address does not look like one.
        words.pop();
    }
    words.join(" ").chars().take(CHARS_MAX).collect()
}

/// One word between spaces.
fn word(text: &str) -> String {
    match text.split_once("://") {
        Some((before, address)) => web_address(before, address),
        None => plain(text),
    }
}

/// A word, or the part of one, that is no URL.
fn plain(text: &str) -> String {
    let is_mail = text.contains('@') || text.to_ascii_lowercase().contains("%40");
    let is_path = text.matches(['/', '\\']).count() > 1;
    if is_mail || is_path {
        return REMOVED.to_owned();
    }
    match text.split_once('?') {
        Some((before, query)) if query.contains(['=', '&', '%']) => {
            format!("{}?{REMOVED}", parts(before))
        }
        _ => parts(text),
    }
}

/// Of a URL its scheme and host are left, and what stands before it is a word of its own. With an `@` nothing is left after
/// the scheme: programs do not agree where a name and password end that hold a `/`, a `?` or a `#`.
fn web_address(before: &str, address: &str) -> String {
    let (before, scheme) = scheme_of(before);
    let begun = format!("{}{}://", plain(before), parts(scheme));
    if address.contains('@') {
        return format!("{begun}{REMOVED}");
    }
    let end = address.find(['/', '?', '#', '\\']).unwrap_or(address.len());
    let (host, rest) = address.split_at(end);
    let rest = if rest.is_empty() { "" } else { "/[removed]" };
    format!("{begun}{}{rest}", parts(host))
}

/// Splits what stands before `://` from the scheme (RFC 3986, 3.1). What does not follow a sign of a sentence or of JSON is
/// no scheme but the end of something else, such as of an address, and so are hexadecimal digits alone.
fn scheme_of(before: &str) -> (&str, &str) {
    let is_of_scheme = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '+' | '.' | '-');
    let end = before.trim_end_matches(is_of_scheme).len();
    let (head, scheme) = before.split_at(end);
    let is_scheme = scheme.contains(|c: char| !c.is_ascii_hexdigit() && c.is_ascii_lowercase());
    match is_scheme && (head.is_empty() || head.ends_with(BEFORE_URL)) {
        true => (head, scheme),
        false => (before, ""),
    }
}

/// Takes out the parts of a word that stand between signs.
fn parts(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_sign = !belongs(first);
        let end = rest.find(|c| belongs(c) == is_sign).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        match is_sign {
            true => left.push_str(part),
            false => left.push_str(&kept(part)),
        }
        rest = after;
    }
    left
}

fn belongs(c: char) -> bool {
    let is_foreign = !c.is_ascii() && !PUNCTUATION.contains(c);
    is_foreign
        || c.is_ascii_alphanumeric()
        || matches!(c, '-' | '_' | '+' | '.' | ':' | '%' | '~' | '/')
}

/// The part itself, or what stands for it, with the marks at its end.
fn kept(part: &str) -> String {
    let core = part.trim_end_matches(['.', ':', '-', '~', '%']);
    let marks = &part[core.len()..];
    // The marks at the end of `fe80::` belong to it.
    if part.ends_with("::") && is_address(part) {
        return REMOVED.to_owned();
    }
    match is_address(core) || is_foreign(core) || is_name(core) {
        true => format!("{REMOVED}{marks}"),
        false => part.to_owned(),
    }
}

/// An address of a device in groups, also where a word stands before it or behind it: `peer:fe80::1:refused`. One with dots
/// is a name for its four numbers.
fn is_address(text: &str) -> bool {
    let mut texts = text.split(|c: char| !c.is_ascii_alphanumeric() && c != ':');
    texts.any(has_groups)
}

fn has_groups(text: &str) -> bool {
    let is_other = |group: &&str| group.chars().any(|c| !c.is_ascii_hexdigit());
    let groups: Vec<&str> = text.split(':').collect();
    let mut runs = groups.split(is_other);
    runs.any(|run| run.len() > 2 && run.iter().any(|group| !group.is_empty()))
}

fn is_foreign(text: &str) -> bool {
    !text.is_ascii() || text.contains('%')
}

/// A code, an id, a number or a key: it has digits where words have none, or is longer than words are.
fn is_name(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let digits = plain.iter().filter(|c| c.is_ascii_digit()).count();
    let has_lower = plain.iter().any(char::is_ascii_lowercase);
    let is_mixed = plain
        .windows(2)
        .any(|pair| pair[0].is_ascii_digit() && pair[1].is_ascii_alphabetic());
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
    let has_long_run = runs.map(str::len).max().unwrap_or_default() >= RUN_MAX;
    let is_long = plain.len() >= CODE_MIN;
    (digits > 0 && plain.len() >= ID_MIN)
        || is_code(text)
        || (is_long && digits > 0 && (is_mixed || !has_lower))
        || numbers.filter(|number| !number.is_empty()).count() >= NUMBERS_MAX
        || has_long_run
}

/// A room's code, as it is shown or typed. In capitals whatever has only its letters is one: sentences have few such words.
/// In small letters `server` and `stream` could be codes too and would vanish from every sentence, so one goes that nobody
/// could say: with a q, which no u can follow there, or with many consonants in a row. One that can be said stays.
fn is_code(text: &str) -> bool {
    let code = text.replace('-', "").to_ascii_uppercase();
    let has_its_letters = code.chars().all(|c| CODE_DIGITS.contains(c));
    let has_lower = text.chars().any(|c| c.is_ascii_lowercase());
    let mut runs = code.split(|c: char| c.is_ascii_digit() || VOWELS.contains(&c));
    let can_be_said = !code.contains('Q') && runs.all(|run| run.len() < CONSONANTS_MIN);
    code.len() >= CODE_MIN && has_its_letters && (!has_lower || !can_be_said)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_program_says_of_itself_stays() {
        for text in [
            "a room stopped on a bug and will be rebuilt",
            "the store failed: error returned from database: (code: 1) no such table: link_pages",
            "the store failed: error returned from database: (code: 2067) UNIQUE constraint failed: mails.id",
            "FOREIGN KEY constraint failed",
            "pool timed out while waiting for an open connection",
            "I/O error: No space left on device (os error 28)",
            "sqlx::sqlite::connection says: SQLITE_BUSY (5)",
            "sha256 of base64, and/or utf-8, version 0.57.0",
            "it refused with status 503; 100% of it — “quoted”",
            "https://api.deezer.com did not answer",
            "a stream of the server, in WebRTC by the thread: branch re-sent",
            "(https://api.deezer.com), HTTP://localhost",
            "room::added: it::is, base64 of a:b",
        ] {
            assert_eq!(scrubbed(text), text);
        }
    }

    /// Texts, each with what is left of it.
    const TAKEN_OUT: &[(&str, &str)] = &[
        ("mail to ada@example.org failed", "mail to [removed] failed"),
        ("<ada@example.org>, again", "[removed] again"),
        ("ada%40example.org", "[removed]"),
        ("mailto:Ada.Lovelace+x@example.org.", "[removed]"),
        ("from 203.0.113.7: refused", "from [removed]: refused"),
        ("from 203.0.113.7:4711, then", "from [removed], then"),
        ("(203.0.113.7/24)", "([removed])"),
        ("fe80::1/64", "[removed]"),
        ("ip=203.0.113.7.", "ip=[removed]."),
        ("from [2001:db8::7]:443 on", "from [[removed]]:443 on"),
        ("::ffff:203.0.113.7", "[removed]"),
        ("fe80::1%eth0", "[removed]"),
        ("ip:fd00::7 is", "[removed] is"),
        ("peer:fe80::1: gone", "[removed]: gone"),
        ("fe80::1:refused", "[removed]"),
        ("peer.fd00::7", "[removed]"),
        ("a/b-fd00::7", "[removed]"),
        ("mac:aa:bb:cc:dd:ee:ff", "[removed]"),
        ("peer:203.0.113.7:refused", "[removed]"),
        ("fe80:: and ::1", "[removed] and [removed]"),
        ("2001:db8:0:0:0:0:0:7", "[removed]"),
        ("ec2-203-0-113-7.compute.example", "[removed]"),
        ("aa:bb:cc:dd:ee:ff", "[removed]"),
        (
            "GET https://ada:pw@a.example/r/K7M4QX?k=1#s failed",
            "GET https://[removed] failed",
        ),
        ("https://a.example?token=abc", "https://a.example/[removed]"),
        ("https://203.0.113.7:8443/", "https://[removed]/[removed]"),
        ("postgres://u:canary@db/unisono", "postgres://[removed]"),
        ("postgres://u:ca/nary@db", "postgres://[removed]"),
        ("postgres://u:ca?na#ry@db/x", "postgres://[removed]"),
        (
            r#"{"email":"ada@example.org","link":"https://x/y"}"#,
            "[removed]https://x/[removed]",
        ),
        ("ada@example.org,https://x", "[removed]https://x"),
        (
            "/cb?code=abcdef&next=https://x/",
            "/cb?[removed]https://x/[removed]",
        ),
        ("/srv/ada/f:https://x", "[removed]https://x"),
        ("/srv/ada://x", "[removed]://x"),
        ("ada@example.org://x", "[removed]://x"),
        ("K7M4QX://x", "[removed]://x"),
        ("k7m4qx://x", "[removed]://x"),
        ("fd00::1:2:abcd://x", "[removed]://x"),
        ("fd00::7,https://x", "[removed],https://x"),
        ("/search?q=ada", "/search?[removed]"),
        ("open /srv/ada/unisono.db: denied", "open [removed] denied"),
        ("room K7M4QX is full", "room [removed] is full"),
        ("room KQTWXZ, full", "room [removed], full"),
        ("room KQT-WXZ, full", "room [removed], full"),
        ("room kqtwxz, Kqt-wxz", "room [removed], [removed]"),
        ("room kqtwx7 or qatera", "room [removed] or [removed]"),
        ("code \"042317\"", "code \"[removed]\""),
        ("call +44-20-7946-0018", "call [removed]"),
        ("UNI-7F3K-92QD-MX0A-V5RT", "[removed]"),
        ("67e55044-10b1-426f-9247-bb680e5fe0c8", "[removed]"),
        ("id=0123456789", "id=[removed]"),
        ("key deadbeef01", "key [removed]"),
        ("token eyJhbGciOi.eyJzdWIiOi.c2ln_9-x", "token [removed]"),
        ("bearer abcdefghijklmnopqrstuvwx==", "bearer [removed]=="),
        ("c2VjcmV0+c2Vj/cmV0==", "[removed]=="),
        ("name \"Мария\" is taken", "name \"[removed]\" is taken"),
        ("hi 🎈 %D0%9C", "hi [removed] [removed]"),
        ("two\nlines\u{0}and\ttabs", "two lines and tabs"),
    ];

    #[test]
    fn what_may_speak_of_somebody_or_open_something_is_taken_out() {
        for (text, left) in TAKEN_OUT {
            assert_eq!(scrubbed(text), *left, "{text}");
        }
        let cut = format!("{}ada.lovelace@example.org", "no ".repeat(330));
        assert!(scrubbed(&cut).ends_with("no no"));
        assert_eq!(scrubbed(&"é ".repeat(5_000)).chars().count(), CHARS_MAX);
    }

    /// One word each, in which a URL follows.
    fn before_url(address: &str) -> [String; 5] {
        [
            format!("{address},https://x/y"),
            format!("{address}://x"),
            format!("ip:{address}|https://x"),
            format!("{{\"of\":\"{address}\",\"link\":\"https://x/y\"}}"),
            format!("/cb?of={address}&next=https://x/"),
        ]
    }

    proptest! {
        #[test]
        fn no_address_gets_through_wherever_it_stands(
            v4: std::net::Ipv4Addr, v6: std::net::Ipv6Addr,
            name in "[a-z]{1,12}(\\.[a-z]{1,12})?", host in "[a-z]{2,12}\\.[a-z]{2,6}",
            before in "[a-z \"'(<=,;\\[]{0,6}", after in "[ \"')>,;\\]]{0,6}",
        ) {
            let mail = format!("{name}@{host}");
            for address in [v4.to_string(), v6.to_string(), mail] {
                // What a letter stands before may be no address any more, so there is always a sign between them.
                let text = format!("{before} \"{address}\" {after}{address}");
                let sent = scrubbed(&text);
                prop_assert!(address == "::" || !sent.contains(&address), "{sent}");
                for text in before_url(&address) {
                    let sent = scrubbed(&text);
                    prop_assert!(address == "::" || !sent.contains(&address), "{text}: {sent}");
                }
            }
        }

        #[test]
        fn any_text_is_taken_and_bounded(text: String) {
            let sent = scrubbed(&text);
            prop_assert!(sent.chars().count() <= CHARS_MAX);
            prop_assert!(sent.chars().all(|c| c.is_ascii() || PUNCTUATION.contains(c)));
            prop_assert!(!sent.contains('@'));
        }
    }
}
