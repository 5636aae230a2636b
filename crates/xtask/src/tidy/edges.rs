//! Which crate may know which: edges point down, and the rules stay free of input and output.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::failure::{Failure, Result};

/// The house, bottom up: each crate and the crates that it may use. A new edge is a design change and belongs
/// in `docs/decisions` as well as here.
const HOUSE: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("protocol", &["base"]),
    ("room", &["base", "protocol"]),
    ("sync", &["base"]),
    ("relay", &["base"]),
    ("music", &["base"]),
    ("account", &["base"]),
    ("privacy", &["base"]),
    ("texts", &[]),
    (
        "store",
        &["base", "protocol", "music", "account", "privacy"],
    ),
    ("bus", &["base", "protocol"]),
    ("outbound", &["base", "music", "account", "texts"]),
    (
        "app",
        &[
            "base", "protocol", "room", "relay", "music", "account", "privacy", "texts", "store",
            "bus", "outbound",
        ],
    ),
    (
        "web",
        &[
            "base", "protocol", "sync", "music", "account", "privacy", "texts", "app",
        ],
    ),
    (
        "unisono",
        &[
            "base", "protocol", "relay", "music", "account", "privacy", "texts", "store", "bus",
            "outbound", "app", "web",
        ],
    ),
    (
        "testkit",
        &[
            "base", "protocol", "sync", "music", "account", "privacy", "texts", "store",
            "outbound", "app", "web", "unisono",
        ],
    ),
    ("xtask", &[]),
];

/// Crates whose tests may use another one beside: `testkit`, and where rows of rooms are tried, real rooms.
const TESTED_WITH: &[(&str, &str)] = &[
    ("store", "testkit"),
    ("store", "room"),
    ("app", "testkit"),
    ("web", "testkit"),
];

/// Words and rules: no input, no output, nothing asynchronous, in the crate or anywhere below it.
const PURE: &[&str] = &[
    "base", "protocol", "room", "sync", "relay", "music", "account", "privacy",
];
const IMPURE: &[&str] = &[
    "async-std",
    "axum",
    "hyper",
    "mio",
    "reqwest",
    "rusqlite",
    "smol",
    "socket2",
    "sqlx",
    "tokio",
];

/// Edges that the table does not have, and impure crates below pure ones.
pub(super) fn faults(metadata: &Value) -> Result<Vec<String>> {
    let graph = Graph::read(metadata)?;
    let mut faults = Vec::new();
    for (member, edges) in &graph.members {
        let Some((_, allowed)) = HOUSE.iter().find(|(name, _)| name == member) else {
            faults.push(format!(
                "{member}: this crate has no place in the table of the house"
            ));
            continue;
        };
        for edge in edges {
            let is_for_tests =
                edge.is_dev && TESTED_WITH.contains(&(member.as_str(), edge.name.as_str()));
            if !allowed.contains(&edge.name.as_str()) && !is_for_tests {
                faults.push(format!("{member}: may not use {}", edge.name));
            }
        }
        if PURE.contains(&member.as_str()) {
            let below = graph.below(member);
            let found = IMPURE.iter().filter(|impure| below.contains(**impure));
            faults
                .extend(found.map(|impure| format!("{member}: is pure, but {impure} is below it")));
        }
    }
    Ok(faults)
}

/// A dependency of one crate of the house on another.
#[derive(Debug)]
struct Edge {
    name: String,
    is_dev: bool,
}

struct Graph {
    members: BTreeMap<String, Vec<Edge>>,
    /// For each package id, what it needs to be built and run: tests are left out.
    resolved: BTreeMap<String, Vec<String>>,
    names: BTreeMap<String, String>,
}

impl Graph {
    fn read(metadata: &Value) -> Result<Self> {
        let ids: BTreeSet<&str> = list(metadata, "workspace_members")?
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let packages = list(metadata, "packages")?;
        let names: BTreeMap<String, String> = packages
            .iter()
            .map(|package| Ok((text(package, "id")?, text(package, "name")?)))
            .collect::<Result<_>>()?;
        let own: BTreeSet<&String> = names
            .iter()
            .filter(|(id, _)| ids.contains(id.as_str()))
            .map(|(_, n)| n)
            .collect();
        let mut members = BTreeMap::new();
        for package in packages {
            if !ids.contains(text(package, "id")?.as_str()) {
                continue;
            }
            let mut edges = Vec::new();
            for dependency in list(package, "dependencies")? {
                let name = text(dependency, "name")?;
                // A crate from a registry that bears one of our names has a source; ours have none.
                if own.contains(&name) && dependency["source"].is_null() {
                    edges.push(Edge {
                        name,
                        is_dev: dependency["kind"] == "dev",
                    });
                }
            }
            members.insert(text(package, "name")?, edges);
        }
        let mut resolved = BTreeMap::new();
        for node in list(&metadata["resolve"], "nodes")? {
            resolved.insert(text(node, "id")?, needed(node)?);
        }
        Ok(Self {
            members,
            resolved,
            names,
        })
    }

    /// The names of every package below `member`.
    fn below(&self, member: &str) -> BTreeSet<&str> {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let is_member = |id: &&String| self.names.get(*id).is_some_and(|name| name == member);
        let mut open: Vec<&str> = self
            .resolved
            .keys()
            .filter(is_member)
            .map(String::as_str)
            .collect();
        while let Some(id) = open.pop() {
            for next in self.resolved.get(id).into_iter().flatten() {
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        seen.iter()
            .filter_map(|id| self.names.get(*id).map(String::as_str))
            .collect()
    }
}

fn needed(node: &Value) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    for dependency in list(node, "deps")? {
        let is_needed = list(dependency, "dep_kinds")?
            .iter()
            .any(|kind| kind["kind"] != "dev");
        if is_needed {
            ids.push(text(dependency, "pkg")?);
        }
    }
    Ok(ids)
}

fn list<'v>(value: &'v Value, key: &str) -> Result<&'v Vec<Value>> {
    value[key]
        .as_array()
        .ok_or_else(|| Failure::new(format!("cargo metadata has no list `{key}`")))
}

fn text(value: &Value, key: &str) -> Result<String> {
    let found = value[key]
        .as_str()
        .ok_or_else(|| Failure::new(format!("cargo metadata has no text `{key}`")))?;
    Ok(found.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A crate of the house: its name and what it depends on, as (name, kind).
    type Member<'a> = (&'a str, &'a [(&'a str, Option<&'a str>)]);

    /// What cargo says of the given crates, and of `outside` from a registry.
    fn metadata(members: &[Member<'_>], outside: &[Member<'_>]) -> Value {
        let package = |(name, edges): &Member<'_>, source: Option<&str>| {
            let is_ours = |other: &str| members.iter().any(|(member, _)| *member == other);
            let dependencies: Vec<Value> = edges
                .iter()
                .map(|(to, kind)| json!({"name": to, "kind": kind, "source": if is_ours(to) { None } else { Some("r") }}))
                .collect();
            json!({"id": name, "name": name, "source": source, "dependencies": dependencies})
        };
        let node = |(name, edges): &Member<'_>| {
            let deps: Vec<Value> = edges
                .iter()
                .map(|(to, kind)| json!({"pkg": to, "dep_kinds": [{"kind": kind}]}))
                .collect();
            json!({"id": name, "deps": deps})
        };
        let packages: Vec<Value> = members
            .iter()
            .map(|member| package(member, None))
            .chain(outside.iter().map(|other| package(other, Some("r"))))
            .collect();
        let names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
        let nodes: Vec<Value> = members.iter().chain(outside).map(node).collect();
        json!({"packages": packages, "workspace_members": names, "resolve": {"nodes": nodes}})
    }

    fn found(members: &[Member<'_>], outside: &[Member<'_>]) -> Vec<String> {
        faults(&metadata(members, outside)).expect("the metadata is well formed")
    }

    #[test]
    fn an_edge_of_the_table_is_fine() {
        assert!(found(&[("base", &[]), ("room", &[("base", None)])], &[]).is_empty());
    }

    #[test]
    fn an_edge_that_points_up_is_a_fault() {
        let house: &[Member<'_>] = &[("web", &[]), ("room", &[("web", None)])];
        assert_eq!(found(house, &[]), ["room: may not use web"]);
    }

    #[test]
    fn a_crate_outside_the_table_is_a_fault() {
        assert_eq!(
            found(&[("utils", &[])], &[]),
            ["utils: this crate has no place in the table of the house"]
        );
    }

    #[test]
    fn an_impure_crate_deep_below_a_rule_is_a_fault() {
        let outside: &[Member<'_>] = &[("retry", &[("tokio", None)]), ("tokio", &[])];
        let house: &[Member<'_>] = &[("relay", &[("retry", None)])];
        assert_eq!(
            found(house, outside),
            ["relay: is pure, but tokio is below it"]
        );
    }

    #[test]
    fn tests_of_a_rule_may_use_what_the_rule_may_not() {
        let outside: &[Member<'_>] = &[("tokio", &[])];
        assert!(found(&[("relay", &[("tokio", Some("dev"))])], outside).is_empty());
    }

    #[test]
    fn testkit_is_for_tests_of_the_upper_floors_only() {
        let house = |user: &'static str, kind: Option<&'static str>| {
            found(&[("testkit", &[]), (user, &[("testkit", kind)])], &[])
        };
        assert!(house("web", Some("dev")).is_empty());
        assert_eq!(house("web", None), ["web: may not use testkit"]);
        assert_eq!(house("room", Some("dev")), ["room: may not use testkit"]);
    }
}
