use super::*;
use figment::Jail;

#[test]
fn the_environment_beats_the_file_and_the_file_the_defaults() {
    Jail::expect_with(|jail| {
        jail.create_file(
            FILE_NAME,
            "public_url = \"https://a.example\"\n[relay]\nport = 5000\n\
             [operator]\nname = \"A\"\ncountry = \"PT\"\ncontact = \"a@a.example\"\n",
        )?;
        jail.set_env("UNISONO_LISTEN", "127.0.0.1:9000");
        jail.set_env("UNISONO_RELAY__PORT", "6000");
        let settings = Settings::read().expect("good settings");
        assert_eq!(settings.listen, "127.0.0.1:9000".parse().ok());
        assert_eq!(settings.public_url.as_deref(), Some("https://a.example"));
        assert_eq!(settings.relay.port, Some(6000));
        assert_eq!(settings.rooms, app::Settings::default());
        Ok(())
    });
}

#[test]
fn a_broken_file_says_where_and_what_to_do() {
    let cases = [
        ("listen = 8080", "listen"),
        ("lisen = \"127.0.0.1:1\"", "lisen"),
        ("[relay]\nports = [9, 1]", "relay.ports"),
        ("[rooms]\npassword_cost = 40", "password_cost"),
        ("public_url = \"listen.example\"", "public_url"),
        // Promise S4: a server for people does not start without saying who answers for it.
        (
            "public_url = \"https://a.example\"",
            "operator.name, operator.country",
        ),
        (
            "[mail]\nhost = \"smtp.a.example\"\nfrom = \"Unisono <noreply@a.example>\"",
            "mail.host is set, so public_url must be",
        ),
        ("[operator]\ncontact = \"ask around\"", "operator.contact"),
        (
            "security_contact = \"mailto:a@b.example\\nPolicy: https://evil.example\"",
            "security_contact",
        ),
        (
            "[relay]\nexternal = [\"turn:a.example:3478\"]",
            "relay.secret",
        ),
        (
            "[outbound.mirrors]\n\"nowhere.example\" = \"http://mirror.lan\"",
            "nowhere.example",
        ),
        (
            "[plans]\nfree_devices = 1\ngrace_days = 31",
            "plans.free_devices is 1, and must be 2 to 1000; plans.grace_days",
        ),
        (
            "[players]\nspotify_client_id = \"a b\"",
            "players.spotify_client_id",
        ),
        (
            "[errors]\ndsn = \"https://glitchtip.example/7\"",
            "errors.dsn has no key",
        ),
        (
            "[errors]\ndsn = \"http://key@glitchtip.example/7\"",
            "errors.dsn is http",
        ),
        ("[links]\ncorrections = \"some\"", "corrections"),
        ("listen = ", FILE_NAME),
    ];
    for (text, named) in cases {
        Jail::expect_with(|jail| {
            jail.create_file(FILE_NAME, text)?;
            let error = Settings::read().expect_err(text).to_string();
            assert!(error.contains(named), "{text}: {error}");
            Ok(())
        });
    }
}

#[test]
fn a_named_file_must_exist() {
    Jail::expect_with(|jail| {
        jail.set_env(FILE_VARIABLE, "nowhere.toml");
        assert!(matches!(Settings::read(), Err(BadSettings::NoFile(_))));
        Ok(())
    });
}

#[test]
fn a_secret_that_looks_like_a_number_is_taken_and_a_broken_one_not_quoted() {
    Jail::expect_with(|jail| {
        jail.set_env("UNISONO_RELAY__SECRET", "12345");
        let secret = Settings::read().expect("good settings").relay.secret;
        assert!(secret == Some(Secret::new("12345".to_owned())));
        for broken in ["[98765]", "{a=98765}", "true", "98.765"] {
            jail.set_env("UNISONO_RELAY__SECRET", broken);
            let error = Settings::read().expect_err(broken).to_string();
            assert!(!error.contains("765"), "{error}");
        }
        Ok(())
    });
}

#[test]
fn a_value_in_the_wrong_place_is_not_quoted_and_its_setting_is_named() {
    for (variable, value, named) in [
        ("ERRORS", "https://canary4711@glitchtip.example/7", "ERRORS"),
        ("MAIL", "smtp://ada:canary4711@mail.example", "MAIL"),
        ("MAIL", "4711", "MAIL"),
        ("MAIL", "4711.5", "MAIL"),
        ("MAIL", "[4711, 4712]", "MAIL"),
        ("LOG", "canary4711", "LOG"),
        ("LISTEN", "canary4711", "LISTEN"),
        ("RELAY__PORT", "4711471147114711", "PORT"),
        ("RELAY__PORT", "canary4711", "PORT"),
        ("TRUSTED_PROXIES", "[\"canary4711\"]", "TRUSTED_PROXIES"),
    ] {
        Jail::expect_with(|jail| {
            jail.set_env(format!("UNISONO_{variable}"), value);
            let error = Settings::read().expect_err(value);
            let said = format!("{error} {error:?}");
            assert!(error.to_string().contains(named), "{error}");
            assert!(!said.contains("4711"), "{said}");
            Ok(())
        });
    }
    for text in [
        "errors = \"https://canary4711@glitchtip.example/7\"",
        "[errors]\ndsn = \"https://canary4711@glitchtip.example/7",
        "[errors]\ndsn = https://canary4711@glitchtip.example/7",
        "[relay]\nsecret = 'canary4711' 'canary4711'",
        "[relay]\nports = [4711, \"4711\"]",
    ] {
        Jail::expect_with(|jail| {
            jail.create_file(FILE_NAME, text)?;
            let error = Settings::read().expect_err(text);
            let said = format!("{error} {error:?}");
            assert!(error.to_string().contains(FILE_NAME), "{error}");
            assert!(!said.contains("4711"), "{said}");
            Ok(())
        });
    }
}

#[test]
fn secrets_do_not_print() {
    let relay = RelayPart {
        secret: Some(Secret::new("canary".to_owned())),
        ..RelayPart::default()
    };
    let settings = Settings {
        relay,
        ..Settings::default()
    };
    assert!(!format!("{settings:?}").contains("canary"));
    let written = Serialized::defaults(&settings);
    let text = format!(
        "{:?}",
        Figment::from(written).extract::<figment::value::Dict>()
    );
    assert!(!text.contains("canary"));
}
