//! The music providers of this node: which are on, and how they are doing.

use outbound::Outbound;
use web::Reading;

/// The providers' counters for `/metrics`. They say how much was asked, never what or by whom.
pub(crate) fn readings(outbound: &Outbound) -> Vec<Reading> {
    let on = outbound.states().into_iter().filter(|state| state.is_on);
    let each = on.map(|state| {
        let name = state.provider.name();
        let reading = |what: &str, help, value| Reading {
            name: format!("unisono_provider_{name}_{what}"),
            help,
            value,
        };
        [
            reading("asked", "Questions since the start.", state.asked),
            reading("answered", "Answers since the start.", state.answered),
            reading("failed", "Failures since the start.", state.failed),
            reading(
                "resting",
                "Whether it is not asked for a while, because it failed or asked for rest.",
                state.resting_until.is_some().into(),
            ),
        ]
    });
    each.flatten().collect()
}
