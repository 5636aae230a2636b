#![allow(unused_imports)]
use crate::providers::recorded::*;
