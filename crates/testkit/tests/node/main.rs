//! A whole node, through the doors that everybody uses.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails with it")]

mod accounts;
mod admin;
mod blog;
mod bounds;
mod collector;
mod database;
mod embeds;
mod frames;
mod grants;
mod guessing;
mod links;
mod openapi;
mod operator;
mod pages;
mod payments;
mod plans;
mod privacy;
mod privacy_centre;
mod program;
mod promises;
mod proxies;
mod queue;
mod room_doors;
mod room_example;
mod rooms;
mod route_table;
mod shutdown;
mod status;
mod support;
mod tls;
mod two_nodes;
