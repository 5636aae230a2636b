//! The plan without a network: answers are given by hand.
