use base::{AddressKeys, ClientAddress, OsEntropy};
use proptest::prelude::*;

use super::*;
use crate::proof_of_work::WORK_DEFAULT;

const MINUTE: u64 = 60;

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_unix_ms(1_763_760_000_000).after(Duration::from_secs(seconds))
}

fn clients<const COUNT: usize>() -> [ClientKey; COUNT] {
    let keys = AddressKeys::new(at(0), &OsEntropy);
    std::array::from_fn(|host| {
        let host = u8::try_from(host).unwrap();
        keys.key(
            ClientAddress::new([192, 0, 2, host].into()),
            at(0),
            &OsEntropy,
        )
    })
}

fn throttles() -> Throttles {
    Throttles::new(&OsEntropy)
}

fn key(throttles: &Throttles, address: &str) -> AccountKey {
    throttles.of_address(&EmailAddress::parse(address).unwrap())
}

fn fail(throttles: &mut Throttles, act: Act, client: ClientKey, times: u32) {
    for _ in 0..times {
        throttles.may_try(act, client, true, at(0)).unwrap();
    }
}

#[test]
fn after_ten_wrong_passwords_an_address_has_one_try_in_five_minutes() {
    let mut throttles = throttles();
    let [one, other] = clients();
    let act = Act::Password(key(&throttles, "ada@example.com"));
    fail(&mut throttles, act, one, 10);
    let wait = Duration::from_secs(5 * MINUTE);
    assert_eq!(
        throttles.may_try(act, one, true, at(0)),
        Err(Hold::Wait(wait))
    );
    assert_eq!(
        throttles.may_try(act, other, true, at(0)),
        Err(Hold::Wait(wait))
    );
    assert_eq!(throttles.may_try(act, other, true, at(5 * MINUTE)), Ok(()));
    assert!(throttles.may_try(act, other, true, at(5 * MINUTE)).is_err());
}

/// Promise S46.
#[test]
fn another_account_is_not_affected() {
    let mut throttles = throttles();
    let [one, other] = clients();
    let ada = Act::Password(key(&throttles, "ada@example.com"));
    let bob = Act::Password(key(&throttles, "bob@example.com"));
    fail(&mut throttles, ada, one, 10);
    assert_eq!(throttles.may_try(bob, other, false, at(0)), Ok(()));
}

#[test]
fn an_address_written_otherwise_is_the_same_address() {
    let throttles = throttles();
    assert!(key(&throttles, "Ada@EXAMPLE.com") == key(&throttles, "ada@example.com"));
    assert!(key(&throttles, "ada@example.com") != key(&throttles, "ada@example.org"));
}

#[test]
fn whoever_tries_many_addresses_is_held_by_where_they_come_from() {
    let mut throttles = throttles();
    let [sprayer, other] = clients();
    let address = |number: u32| format!("person{number}@example.com");
    for number in 0..20 {
        let act = Act::Password(key(&throttles, &address(number)));
        fail(&mut throttles, act, sprayer, 1);
    }
    let next = Act::Password(key(&throttles, &address(20)));
    let held = throttles.may_try(next, sprayer, true, at(0));
    assert_eq!(held, Err(Hold::Wait(Duration::from_secs(MINUTE))));
    assert_eq!(throttles.may_try(next, other, false, at(0)), Ok(()));
}

#[test]
fn signing_in_to_an_own_account_does_not_pay_for_guessing_at_others() {
    let mut throttles = throttles();
    let [guesser] = clients();
    let own = Act::Password(key(&throttles, "eve@example.com"));
    for number in 0..20 {
        let act = Act::Password(key(&throttles, &format!("person{number}@example.com")));
        fail(&mut throttles, act, guesser, 1);
        if throttles.may_try(own, guesser, true, at(0)).is_ok() {
            throttles.count_success(own, guesser);
        }
    }
    assert!(matches!(
        throttles.may_try(own, guesser, true, at(0)),
        Err(Hold::Wait(_))
    ));
}

#[test]
fn a_few_failures_cost_a_proof_of_work_from_then_on() {
    let mut throttles = throttles();
    let [one, other] = clients();
    let act = Act::Password(key(&throttles, "ada@example.com"));
    fail(&mut throttles, act, one, 3);
    assert_eq!(throttles.may_try(act, other, false, at(0)), Err(Hold::Work));
    assert_eq!(throttles.may_try(act, other, true, at(0)), Ok(()));
    throttles.count_success(act, other);
    assert_eq!(throttles.may_try(act, other, false, at(0)), Ok(()));
}

#[test]
fn registering_always_costs_a_proof_of_work() {
    let mut throttles = throttles();
    let [one] = clients();
    let act = Act::Register(key(&throttles, "ada@example.com"));
    assert_eq!(throttles.may_try(act, one, false, at(0)), Err(Hold::Work));
    assert_eq!(throttles.may_try(act, one, true, at(0)), Ok(()));
}

#[test]
fn nobody_is_flooded_with_mails() {
    let mut throttles = throttles();
    let [one] = clients();
    let act = Act::Mail(key(&throttles, "ada@example.com"));
    fail(&mut throttles, act, one, 5);
    throttles.count_success(act, one);
    assert!(matches!(
        throttles.may_try(act, one, true, at(0)),
        Err(Hold::Wait(_))
    ));
}

#[test]
fn strangers_cannot_use_up_what_an_open_session_needs() {
    let mut throttles = throttles();
    let [stranger, owner] = clients();
    let address = key(&throttles, "ada@example.com");
    let account = throttles.of_account(AccountId::new(at(0), &OsEntropy));
    fail(&mut throttles, Act::Password(address), stranger, 10);
    assert_eq!(
        throttles.may_try(Act::Prove(account), owner, false, at(0)),
        Ok(())
    );
}

#[test]
fn proving_again_never_costs_work_and_has_ten_tries() {
    let mut throttles = throttles();
    let [owner] = clients();
    let act = Act::Prove(throttles.of_account(AccountId::new(at(0), &OsEntropy)));
    for _ in 0..10 {
        assert_eq!(throttles.may_try(act, owner, false, at(0)), Ok(()));
    }
    let wait = Duration::from_secs(5 * MINUTE);
    assert_eq!(
        throttles.may_try(act, owner, false, at(0)),
        Err(Hold::Wait(wait))
    );
}

#[test]
fn under_a_flood_everybody_works_and_harder() {
    let mut throttles = throttles();
    assert_eq!(throttles.difficulty(WORK_DEFAULT, at(0)), WORK_DEFAULT);
    let clients = clients::<40>();
    for round in 0..15 {
        for client in clients {
            let act = Act::Password(key(&throttles, &format!("person{round}@example.com")));
            // Each address is tried by forty, so most wait; what counts is the node's tries.
            let _ = throttles.may_try(act, client, true, at(0));
            let _ = throttles.may_try(Act::Passkey, client, true, at(0));
        }
    }
    assert_eq!(
        throttles.difficulty(WORK_DEFAULT, at(0)),
        WORK_DEFAULT.times(4)
    );
    let newcomer = Act::Password(key(&throttles, "newcomer@example.com"));
    assert!(throttles.needs_work(newcomer, clients[39], at(0)));
    assert_eq!(
        throttles.difficulty(WORK_DEFAULT, at(20)),
        WORK_DEFAULT.times(2)
    );
    assert_eq!(throttles.difficulty(WORK_DEFAULT, at(60)), WORK_DEFAULT);
    assert!(!throttles.needs_work(newcomer, clients[39], at(60)));
}

fn any_act(throttles: &Throttles, kind: u8) -> Act {
    let address = key(throttles, "ada@example.com");
    match kind {
        0 => Act::Password(address),
        1 => Act::Prove(address),
        2 => Act::SecondFactor(address),
        3 => Act::Ticket,
        4 => Act::Mail(address),
        5 => Act::Register(address),
        _ => Act::Upstream,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever anybody tries, from wherever, also from the owner's own network.
    #[test]
    fn an_owner_with_a_passkey_is_never_locked_out(
        tries in proptest::collection::vec((0_u8..7, 0_usize..4, any::<bool>(), 0_u64..120), 0..400),
    ) {
        let mut throttles = throttles();
        let clients = clients::<4>();
        let mut now = 0;
        for (kind, client, has_worked, pause) in tries {
            now += pause;
            let act = any_act(&throttles, kind);
            let _ = throttles.may_try(act, clients[client], has_worked, at(now));
        }
        prop_assert_eq!(throttles.may_try(Act::Passkey, clients[0], false, at(now)), Ok(()));
    }

    #[test]
    fn nobody_waits_longer_than_a_quarter_of_an_hour(
        tries in proptest::collection::vec((0_u8..7, 0_usize..4), 0..400),
    ) {
        let mut throttles = throttles();
        let clients = clients::<4>();
        let mut now = at(0);
        for (kind, client) in tries {
            let act = any_act(&throttles, kind);
            if let Err(Hold::Wait(wait)) = throttles.may_try(act, clients[client], true, now) {
                prop_assert!(wait <= Duration::from_secs(15 * MINUTE));
                now = now.after(wait);
                prop_assert_eq!(throttles.may_try(act, clients[client], true, now), Ok(()));
            }
        }
    }

    #[test]
    fn an_address_never_has_more_tries_than_its_allowance(
        tries in proptest::collection::vec((0_usize..40, 0_u64..600), 0..300),
    ) {
        let mut throttles = throttles();
        let clients = clients::<40>();
        let act = Act::Password(key(&throttles, "ada@example.com"));
        let (mut now, mut made) = (0, 0);
        for (client, pause) in tries {
            now += pause;
            made += u64::from(throttles.may_try(act, clients[client], true, at(now)).is_ok());
            prop_assert!(made <= 10 + now / (5 * MINUTE));
        }
    }
}
