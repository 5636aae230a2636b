//! What an operator offers: everything to everybody, or two plans.

use std::time::Duration;

use serde::{Deserialize, Serialize};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plan {
    /// For everybody, guests as well.
    Free,
    /// For whoever pays, or was given it.
    Pro,
}

/// What an operator can set about plans, with the defaults. It only counts where a payment service is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlanSettings {
    /// Minutes that a free session lasts, 10 to 1,440.
    pub free_session_minutes: u32,
    /// Minutes between two free sessions, 0 to 1,440.
    pub free_cooldown_minutes: u32,
    /// Devices in one room of a free host, 2 to 1,000.
    pub free_devices: u32,
    /// Rooms that a Pro member can save, 1 to 1,000.
    pub pro_saved_rooms: u32,
    /// Days that Pro goes on after a payment failed, 0 to 30.
    pub grace_days: u32,
}

impl Default for PlanSettings {
    fn default() -> Self {
        Self {
            free_session_minutes: 60,
            free_cooldown_minutes: 15,
            free_devices: 5,
            pro_saved_rooms: 20,
            grace_days: 7,
        }
    }
}

/// A setting that is out of its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting} is {value}, and must be {min} to {max}")]
pub struct BadOffer {
    /// Which.
    pub setting: &'static str,
    /// What it is.
    pub value: u32,
    /// The least it can be.
    pub min: u32,
    /// The most it can be.
    pub max: u32,
}

/// What an operator offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offer {
    /// Everything to everybody: nothing is sold.
    #[default]
    Everything,
    /// Two plans.
    Plans {
        /// What limits the free one.
        free: FreeLimits,
        /// Rooms that a Pro member can save.
        saved_rooms_max: usize,
        /// How long Pro goes on after a payment failed.
        grace: Duration,
    },
}

/// What limits a free session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeLimits {
    /// How long it lasts.
    pub session: Duration,
    /// How long until the next.
    pub cooldown: Duration,
    /// Devices in one room.
    pub devices_max: usize,
}

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entitlements {
    /// What limits their sessions; none are unlimited.
    pub limits: Option<FreeLimits>,
    /// Rooms they can save.
    pub saved_rooms_max: usize,
}

impl Entitlements {
    /// Saved rooms where everybody has everything.
    const SAVED_ROOMS_MAX: usize = 1_000;

    const ALL: Self = Self {
        limits: None,
        saved_rooms_max: Self::SAVED_ROOMS_MAX,
    };

    /// Whether they can choose a saved room's code: whoever saves rooms can.
    #[must_use]
    pub const fn has_custom_code(&self) -> bool {
        self.saved_rooms_max > 0
    }

    /// Whether the saved room of this age (0: the oldest) opens. Others are kept asleep: listed, exported and deleted
    /// as ever, and they wake when the plan allows it again.
    #[must_use]
    pub const fn is_awake(&self, age: usize) -> bool {
        age < self.saved_rooms_max
    }
}

impl PlanSettings {
    /// What is out of bounds.
    #[must_use]
    pub fn faults(&self) -> Vec<BadOffer> {
        let bound = |setting, value, min, max| BadOffer {
            setting,
            value,
            min,
            max,
        };
        let bounds = [
            bound("free_session_minutes", self.free_session_minutes, 10, 1_440),
            bound(
                "free_cooldown_minutes",
                self.free_cooldown_minutes,
                0,
                1_440,
            ),
            bound("free_devices", self.free_devices, 2, 1_000),
            bound("pro_saved_rooms", self.pro_saved_rooms, 1, 1_000),
            bound("grace_days", self.grace_days, 0, 30),
        ];
        let is_out = |bound: &BadOffer| !(bound.min..=bound.max).contains(&bound.value);
        bounds.into_iter().filter(is_out).collect()
    }

    /// The two plans that these settings describe.
    pub fn offer(&self) -> Result<Offer, BadOffer> {
        if let Some(&fault) = self.faults().first() {
            return Err(fault);
        }
        let count = |value| usize::try_from(value).unwrap_or(usize::MAX);
        Ok(Offer::Plans {
            free: FreeLimits {
                session: MINUTE * self.free_session_minutes,
                cooldown: MINUTE * self.free_cooldown_minutes,
                devices_max: count(self.free_devices),
            },
            saved_rooms_max: count(self.pro_saved_rooms),
            grace: DAY * self.grace_days,
        })
    }
}

impl Offer {
    /// What a plan allows. Nothing else counts: no use of a right is among the arguments.
    #[must_use]
    pub const fn entitlements(&self, plan: Plan) -> Entitlements {
        match (self, plan) {
            (Self::Everything, _) => Entitlements::ALL,
            (
                Self::Plans {
                    saved_rooms_max, ..
                },
                Plan::Pro,
            ) => Entitlements {
                limits: None,
                saved_rooms_max: *saved_rooms_max,
            },
            (Self::Plans { free, .. }, Plan::Free) => Entitlements {
                limits: Some(*free),
                saved_rooms_max: 0,
            },
        }
    }

    /// How long Pro goes on after a payment failed.
    #[must_use]
    pub const fn grace(&self) -> Duration {
        match self {
            Self::Everything => Duration::ZERO,
            Self::Plans { grace, .. } => *grace,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sells_nothing_gives_everything_to_everybody() {
        let offer = Offer::default();
        assert_eq!(
            offer.entitlements(Plan::Free),
            offer.entitlements(Plan::Pro)
        );
        let all = offer.entitlements(Plan::Free);
        assert!(all.limits.is_none() && all.has_custom_code());
    }

    #[test]
    fn a_free_plan_has_limits_and_pro_has_none() {
        let offer = PlanSettings::default().offer().unwrap();
        let (free, pro) = (
            offer.entitlements(Plan::Free),
            offer.entitlements(Plan::Pro),
        );
        assert!(!free.has_custom_code() && pro.has_custom_code());
        assert!(!free.is_awake(0) && pro.is_awake(0) && pro.is_awake(19) && !pro.is_awake(20));
        let limits = free.limits.unwrap();
        assert_eq!(
            (limits.session, limits.cooldown, limits.devices_max),
            (MINUTE * 60, MINUTE * 15, 5)
        );
        assert_eq!(pro.limits, None);
    }

    #[test]
    fn each_setting_out_of_bounds_is_named() {
        let settings = PlanSettings {
            free_session_minutes: 9,
            free_cooldown_minutes: 1_441,
            free_devices: 1,
            pro_saved_rooms: 0,
            grace_days: 31,
        };
        let named: Vec<&str> = settings
            .faults()
            .iter()
            .map(|fault| fault.setting)
            .collect();
        assert_eq!(
            named,
            [
                "free_session_minutes",
                "free_cooldown_minutes",
                "free_devices",
                "pro_saved_rooms",
                "grace_days"
            ]
        );
        let fault = settings.offer().unwrap_err().to_string();
        assert_eq!(fault, "free_session_minutes is 9, and must be 10 to 1440");
        assert!(PlanSettings::default().faults().is_empty());
    }
}
