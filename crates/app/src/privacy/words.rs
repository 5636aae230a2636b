//! What is held, in words: the same on the page of the privacy centre and in a copy.

use privacy::{day, text_key, word};
use texts::Language;

use super::Held;

impl Held {
    /// The kind of data.
    #[must_use]
    pub fn title(&self, t: Language) -> String {
        t.say(&text_key("category", &word(&self.category)))
    }

    /// What for, by what right, from where, since when, how long, and to whom it is given: each with its label.
    #[must_use]
    pub fn facts(&self, t: Language) -> Vec<(String, String)> {
        let say = |family, word: String| t.say(&text_key(family, &word));
        let sources = self.sources.iter();
        let sources: Vec<String> = sources.map(|it| say("source", word(it))).collect();
        let recipients = self.recipients.iter();
        let recipients: Vec<String> = recipients
            .map(|name| t.say(&text_key("recipient", name)))
            .collect();
        let given_to = match recipients.as_slice() {
            [] => t.say("centre-nobody-else"),
            names => t.list(names),
        };
        let fact = |label, text| (t.say(label), text);
        let facts = [
            Some(fact("centre-held-why", say("purpose", word(&self.purpose)))),
            Some(fact("privacy-why", say("basis", word(&self.basis)))),
            Some(fact("privacy-from", t.list(&sources))),
            self.since
                .map(|since| fact("centre-held-since", day(since))),
            Some(fact(
                "privacy-how-long",
                say("retention", word(&self.retention)),
            )),
            Some(fact("privacy-given-to", given_to)),
        ];
        facts.into_iter().flatten().collect()
    }
}
