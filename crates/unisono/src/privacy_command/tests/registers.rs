//! Breaches, and what authorities ask for.

use super::*;

fn facts(people: u64) -> String {
    format!(
        "nature = [\"confidentiality\"]\ncategories = [\"contact\"]\npeople = {people}\nrecords = 1\n\
         contact = \"privacy@listen.example\"\nis_high_risk = true\n[event]\nen = \"It was read.\"\nar = \"قُرئت.\"\n\
         [consequences]\nen = \"Others may write.\"\n[measures]\nen = \"It is closed.\"\n"
    )
}

/// Promise Y54
#[tokio::test]
async fn a_breach_has_72_hours_then_a_reason_and_people_are_told_in_their_language() {
    let home = Home::new().await;
    home.member("ada@example.org", account::Rank::Member, "ar")
        .await;
    home.member("ben@example.org", account::Rank::Member, "ru")
        .await;
    let unknown = home.file("unknown.toml", "categories = [\"shoes\"]");
    let refused = home.run(DAY, &["breach", "open", &unknown]).await;
    assert!(refused.unwrap_err().to_string().contains("shoes"));
    let form = home.run(DAY, &["breach", "template"]).await.unwrap();
    let form = home.file("form.toml", &form);
    let aware = ["--aware", "2026-11-22T00:00:00Z"];
    let opened = home
        .run(DAY, &[&["breach", "open", &form][..], &aware].concat())
        .await
        .unwrap();
    assert!(opened.contains("48 h 0 min left"), "{opened}");
    let id = first_word(&opened);
    let told = home.run(DAY, &["breach", "told", &id]).await;
    assert!(told.unwrap_err().to_string().contains("consequences"));
    let known = home.file("known.toml", &facts(2));
    home.run(DAY, &["breach", "update", &id, &known])
        .await
        .unwrap();
    let late = home.run(3 * DAY, &["breach", "told", &id]).await;
    assert!(matches!(
        late,
        Err(NotDone::Breach(BreachRefusal::LateReason))
    ));
    let because = ["breach", "told", &id, "--late-because", "nobody was here"];
    home.run(3 * DAY, &because).await.unwrap();
    let letter = home.run(4 * DAY, &["breach", "letter", &id]).await.unwrap();
    for part in [
        "nobody was here",
        "2026-11-25T00:00:00Z",
        "It was read.",
        "listen.example",
    ] {
        assert!(letter.contains(part), "{part}: {letter}");
    }
    let names = home.file("names.txt", "ada@example.org\nben@example.org\n");
    let people = ["breach", "tell-people", &id, "--accounts", &names];
    let told = home.run(4 * DAY, &people).await.unwrap();
    assert!(
        told.contains("people told at 2026-11-26T00:00:00Z"),
        "{told}"
    );
    let letters = home.letters().await;
    let event = |to: &str| {
        let found = letters.iter().find(|(one, _, _)| one == to).unwrap();
        let (_, language, Letter::Breach { event, .. }) = found else {
            panic!("a letter about the breach");
        };
        (language.as_str(), event.as_str())
    };
    assert_eq!(event("ada@example.org"), ("ar", "قُرئت."));
    assert_eq!(event("ben@example.org"), ("ru", "It was read."));
    let again = home.run(4 * DAY, &people).await;
    assert!(matches!(again, Err(NotDone::Breach(BreachRefusal::Done))));
}

#[tokio::test]
async fn a_breach_without_a_risk_is_listed_with_its_reason_until_one_is_found() {
    let home = Home::new().await;
    let lost = facts(2).replace(
        "is_high_risk = true",
        "no_risk_because = \"The disk is encrypted,\\nand its key is here.\"",
    );
    let lost = home.file("lost.toml", &lost);
    let opened = home.run(DAY, &["breach", "open", &lost]).await.unwrap();
    let id = first_word(&opened);
    let listed = home.run(9 * DAY, &["breach", "list"]).await.unwrap();
    let said = "authority need not be told: The disk is encrypted, and its key is here.";
    assert!(listed.contains(said), "{listed}");
    assert!(!listed.contains("NOT TOLD"), "{listed}");
    let both = facts(2).replace("[event]", "no_risk_because = \"x\"\n[event]");
    let both = home.file("both.toml", &both);
    let update = ["breach", "update", &id, &both];
    let refused = home.run(9 * DAY, &update).await;
    assert!(matches!(
        refused,
        Err(NotDone::Breach(BreachRefusal::TwoRisks))
    ));
    let known = home.file("known.toml", &facts(2));
    let update = ["breach", "update", &id, &known];
    let worse = home.run(9 * DAY, &update).await.unwrap();
    assert!(worse.contains("72 h ARE OVER"), "{worse}");
}

#[tokio::test]
async fn of_a_breach_nobody_counts_as_told_who_was_not_written_to() {
    let home = Home::new().await;
    let known = home.file("known.toml", &facts(2));
    let opened = home.run(DAY, &["breach", "open", &known]).await.unwrap();
    let id = first_word(&opened);
    home.member("ada@example.org", account::Rank::Member, "en")
        .await;
    let ben = home.silent_member().await.to_string();
    let alone = home.file("alone.txt", &ben);
    let people = |names| ["breach", "tell-people", &id, "--accounts", names];
    let nobody = home.run(DAY, &people(&alone)).await;
    assert!(matches!(nobody, Err(NotDone::NobodyToWriteTo)));
    let listed = home.run(DAY, &["breach", "list"]).await.unwrap();
    assert!(listed.contains("people NOT TOLD"), "{listed}");
    let both = home.file(
        "both.txt",
        &format!("{ben}\nada@example.org\nada@example.org\n"),
    );
    home.fill_outbox().await;
    let full = home.run(DAY, &people(&both)).await;
    assert!(matches!(full, Err(NotDone::NoRoom(1))), "{full:?}");
    let listed = home.run(DAY, &["breach", "list"]).await.unwrap();
    assert!(listed.contains("people NOT TOLD"), "{listed}");
    home.empty_outbox().await;
    let told = home.run(DAY, &people(&both)).await.unwrap();
    assert!(told.contains("1 letters are written"), "{told}");
    assert!(told.contains(&format!("{ben} has no address")), "{told}");
    assert_eq!(home.letters().await.len(), 1);
}

#[tokio::test]
async fn what_says_nothing_is_taken_neither_for_an_answer_nor_for_an_authority() {
    let home = Home::new().await;
    home.member("ada@example.org", account::Rank::Member, "ru")
        .await;
    home.member("one@example.org", account::Rank::Operator, "en")
        .await;
    let id = asked_to_erase(&home).await;
    let answer = ["requests", "answer", &id, "--outcome", " "];
    let silent = home.run(DAY, &answer).await;
    assert!(matches!(silent, Err(NotDone::Empty("--outcome"))));
    let record = ["legal", "record", "ada@example.org", "--authority", "X"];
    let record = [&record[..], &["--file", "", "--by", "one@example.org"]].concat();
    let silent = home.run(DAY, &record).await;
    assert!(matches!(silent, Err(NotDone::Empty("--file"))));
}

/// Records a request about an account, by the first of two operators.
async fn recorded(home: &Home, about: &str, file: &str) -> String {
    let record = ["legal", "record", about, "--authority", "Court of X"];
    let by = ["--file", file, "--by", "one@example.org"];
    let recorded = home.run(DAY, &[&record[..], &by].concat()).await;
    first_word(&recorded.unwrap())
}

#[tokio::test]
async fn nobody_counts_as_told_of_an_authority_who_was_not_written_to() {
    let home = Home::new().await;
    for operator in ["one@example.org", "two@example.org"] {
        home.member(operator, account::Rank::Operator, "en").await;
    }
    let ben = home.silent_member().await.to_string();
    let id = recorded(&home, &ben, "1").await;
    let copy = home.path("copy.zip");
    let release = ["legal", "release", &id, "--by", "two@example.org", "--to"];
    let released = home.run(DAY, &[&release[..], &[&copy]].concat()).await;
    let released = released.unwrap();
    assert!(released.contains("person not told"), "{released}");
    assert!(released.contains(&format!("legal told {id}")), "{released}");
    assert!(home.letters().await.is_empty());
    let told = home.run(2 * DAY, &["legal", "told", &id]).await.unwrap();
    assert!(told.contains("person told on 2026-11-24"), "{told}");
    let again = home.run(2 * DAY, &["legal", "told", &id]).await;
    assert!(matches!(
        again,
        Err(NotDone::Legal(LegalRefusal::NothingToTell))
    ));
}

#[tokio::test]
async fn no_copy_is_given_that_the_register_does_not_know() {
    let home = Home::new().await;
    for operator in ["one@example.org", "two@example.org"] {
        home.member(operator, account::Rank::Operator, "en").await;
    }
    home.member("ada@example.org", account::Rank::Member, "en")
        .await;
    let id = recorded(&home, "ada@example.org", "1").await;
    let copy = home.path("copy.zip");
    let release = ["legal", "release", &id, "--by", "two@example.org", "--to"];
    let release = [&release[..], &[&copy]].concat();
    home.fill_outbox().await;
    let full = home.run(DAY, &release).await;
    assert!(matches!(full, Err(NotDone::OutboxFull)), "{full:?}");
    home.empty_outbox().await;
    let names = || {
        let files = std::fs::read_dir(home.folder.path()).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| name.contains("copy"))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(), [""; 0]);
    let listed = home.run(DAY, &["legal", "list"]).await.unwrap();
    assert!(listed.contains("waits for a second operator"), "{listed}");
    std::fs::write(&copy, "of somebody else").unwrap();
    let there = home.run(DAY, &release).await;
    assert!(matches!(there, Err(NotDone::File { .. })), "{there:?}");
    assert_eq!(std::fs::read(&copy).unwrap(), b"of somebody else");
    std::fs::remove_file(&copy).unwrap();
    home.run(DAY, &release).await.unwrap();
    assert_eq!(names(), ["copy.zip"]);
}

#[test]
fn a_copy_whose_place_was_taken_meanwhile_lies_beside_it_and_that_is_said_with_all_that_was_done() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("copy.zip");
    let copy = Copied::draft(&place, b"all of it").unwrap();
    std::fs::write(&place, "of somebody else").unwrap();
    let said = copy.put("It is answered.".to_owned());
    let said = said.unwrap_err().to_string();
    let part = folder.path().join("copy.zip.part");
    assert!(said.starts_with("It is answered."), "{said}");
    assert!(said.contains(&part.display().to_string()), "{said}");
    assert_eq!(std::fs::read(&place).unwrap(), b"of somebody else");
    assert_eq!(std::fs::read(&part).unwrap(), b"all of it");
    std::fs::remove_file(&place).unwrap();
    let Err(NotDone::File { file, .. }) = Copied::draft(&place, b"another") else {
        panic!("nothing is written over what lies beside the place");
    };
    assert_eq!(file, part);
    assert_eq!(std::fs::read(&part).unwrap(), b"all of it");
    std::fs::remove_file(&part).unwrap();
    let copy = Copied::draft(&place, b"another").unwrap();
    let said = copy.put("It is answered.".to_owned()).unwrap();
    assert!(said.ends_with("copy.zip."), "{said}");
    assert_eq!(std::fs::read(&place).unwrap(), b"another");
    assert!(!part.exists());
}

/// Promise T30
#[tokio::test]
async fn a_request_by_an_authority_takes_two_operators_and_the_person_is_told() {
    let home = Home::new().await;
    home.member("ada@example.org", account::Rank::Member, "en")
        .await;
    for operator in ["one@example.org", "two@example.org"] {
        home.member(operator, account::Rank::Operator, "en").await;
    }
    let record = |by: &'static str| {
        let words = ["--authority", "Court of X", "--file", "7 Js 12/26", "--by"];
        [
            &["legal", "record", "ada@example.org"][..],
            &words,
            &[by][..],
        ]
        .concat()
    };
    let member = home.run(DAY, &record("ada@example.org")).await;
    assert!(matches!(member, Err(NotDone::NoOperator)));
    let recorded = home.run(DAY, &record("one@example.org")).await.unwrap();
    let id = first_word(&recorded);
    let copy = home.path("copy.zip");
    let release = |by| ["legal", "release", &id, "--by", by, "--to", &copy];
    let alone = home.run(DAY, &release("one@example.org")).await;
    assert!(matches!(
        alone,
        Err(NotDone::Legal(LegalRefusal::SamePerson))
    ));
    assert!(!Path::new(&copy).exists());
    let released = home.run(DAY, &release("two@example.org")).await.unwrap();
    assert!(released.contains("person told on 2026-11-23"), "{released}");
    assert!(std::fs::read(&copy).unwrap().starts_with(b"PK"));
    let letters = home.letters().await;
    assert!(
        matches!(&letters[..], [(to, _, Letter::LegalRequest { .. })] if to == "ada@example.org")
    );
    let sealed = [record("one@example.org"), vec!["--sealed"]].concat();
    let id = first_word(&home.run(DAY, &sealed).await.unwrap());
    let copy = home.path("other.zip");
    let release = [
        "legal",
        "release",
        &id,
        "--by",
        "two@example.org",
        "--to",
        &copy,
    ];
    home.run(DAY, &release).await.unwrap();
    assert_eq!(home.letters().await.len(), 1, "a court forbids it");
    home.run(2 * DAY, &["legal", "unseal", &id]).await.unwrap();
    assert_eq!(home.letters().await.len(), 2);
}
