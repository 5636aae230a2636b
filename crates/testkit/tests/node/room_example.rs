//! The conversation in `docs/api/rooms.md` is held with a real node, line by line, so that it cannot go stale.
//!
//! `ana> {...}` is said by Ana's socket, `ana< {...}` is the next thing that it hears, `ana!` cuts it. What is heard may
//! hold more fields than the page shows. A text such as `$code` stands for a value that differs each time: where it is
//! heard first it is learnt, from then on it must be the same.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use testkit::{TestApp, TestSocket};

const PAGE: &str = "../../docs/api/rooms.md";
const BLOCK: &str = "```conversation\n";

#[derive(Default)]
struct Talk {
    sockets: BTreeMap<String, TestSocket>,
    learnt: BTreeMap<String, Value>,
}

impl Talk {
    async fn follow(&mut self, app: &TestApp, line: &str) {
        let end = line.find(['>', '<', '!']).expect("a name, then >, < or !");
        let (name, rest) = line.split_at(end);
        let (sign, text) = rest.split_at(1);
        match sign {
            "!" => self.sockets.remove(name).expect("an open socket").cut(),
            ">" => {
                let message = self.filled_in(read(text));
                if !self.sockets.contains_key(name) {
                    let socket = app.socket().await;
                    self.sockets.insert(name.to_owned(), socket);
                }
                self.sockets.get_mut(name).unwrap().say(message).await;
            }
            _ => {
                let socket = self.sockets.get_mut(name).expect("an open socket");
                let heard = socket.hear().await;
                let heard = serde_json::to_value(&heard).unwrap();
                self.check(&read(text), &heard)
                    .unwrap_or_else(|what| panic!("{line}\n{what}\nheard {heard:#}"));
            }
        }
    }

    fn filled_in(&self, value: Value) -> Value {
        match value {
            Value::String(text) => match text.strip_prefix('$') {
                Some(name) => self.learnt.get(name).expect("heard before").clone(),
                None => Value::String(text),
            },
            Value::Array(all) => all.into_iter().map(|one| self.filled_in(one)).collect(),
            Value::Object(all) => {
                let fields = all.into_iter();
                fields
                    .map(|(key, one)| (key, self.filled_in(one)))
                    .collect()
            }
            other => other,
        }
    }

    /// Whether `heard` holds all that the page shows.
    fn check(&mut self, shown: &Value, heard: &Value) -> Result<(), String> {
        match (shown, heard) {
            (Value::Object(shown), Value::Object(heard)) => {
                for (key, value) in shown {
                    let there = heard.get(key).ok_or(format!("there is no {key}"))?;
                    self.check(value, there)?;
                }
                Ok(())
            }
            (Value::Array(shown), Value::Array(heard)) if shown.len() == heard.len() => {
                let mut pairs = shown.iter().zip(heard);
                pairs.try_for_each(|(shown, heard)| self.check(shown, heard))
            }
            (Value::String(text), _) if text.starts_with('$') => {
                let known = self
                    .learnt
                    .entry(text[1..].to_owned())
                    .or_insert_with(|| heard.clone());
                match known == heard {
                    true => Ok(()),
                    false => Err(format!("{text} was {known}")),
                }
            }
            _ if shown == heard => Ok(()),
            _ => Err(format!("{shown} is {heard}")),
        }
    }
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[tokio::test]
async fn the_worked_example_of_the_api_is_what_a_node_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = std::fs::read_to_string(page).unwrap();
    let blocks = page.split(BLOCK).skip(1);
    let blocks = blocks.filter_map(|rest| rest.split("```").next());
    let lines: Vec<&str> = blocks
        .flat_map(str::lines)
        .filter(|line| !line.is_empty())
        .collect();
    assert!(lines.len() > 20, "the page has an example");
    let app = TestApp::start().await;
    let mut talk = Talk::default();
    for line in lines {
        talk.follow(&app, line).await;
    }
    assert!(talk.sockets.values().len() > 1);
}
