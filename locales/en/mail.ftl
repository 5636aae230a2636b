### Mails. Each has a subject, what is to be done, and what to do if somebody else asked for it.

mail-why = You get this because of what was done at { $site }. Nobody reads answers to it.
mail-why-asked = You get this because you asked for it at { $site }.
mail-stop = Get no more such mails
mail-code-life = It is good for ten minutes, on the page where you asked for it. We never ask for it in any other way: tell it nobody.
mail-not-you = If that was not you, sign in, end all other sessions and choose a new password.

mail-registration-code-subject = Your code for { $site }
mail-registration-code = Somebody, most likely you, is making an account with this address. This code proves that the address is yours:
mail-registration-code-note = If that was not you, do nothing. Without the code there will be no account, and the address is forgotten.

mail-account-there-subject = You have an account at { $site }
mail-account-there = Somebody, most likely you, gave this address for an account. It belongs to your account already, so nothing was changed.
mail-account-there-note = Sign in as ever. If you do not know your password any more, let us send you a code or a link on the page to sign in. If that was not you, do nothing.

mail-invitation-subject = You are invited to { $site }
mail-invitation = Whoever runs { $site } invites you to make an account with this address:
mail-invitation-action = Make an account
mail-invitation-note = The link is good for seven days and once, for this address only. If you do not want an account, do nothing: nothing is kept about you.

mail-sign-in-code-subject = Your code to sign in to { $site }
mail-sign-in-code = This code signs you in:
mail-sign-in-code-note = If you did not ask for it, do nothing. Without the code nobody gets in.

mail-confirm-code-subject = Your code to go on at { $site }
mail-confirm-code = Something important is about to be changed in your account. This code proves that it is you:
mail-confirm-code-note = If you did not ask for it, somebody is signed in to your account: end all other sessions.

mail-reset-link-subject = A new password for { $site }
mail-reset-link = Somebody, most likely you, asked for a new password. This is where you choose it:
mail-reset-link-action = Choose a new password
mail-reset-link-note = The link is good for an hour and works once. If that was not you, do nothing: your password stays as it is.

mail-request-code-subject = Your code for a request at { $site }
mail-request-code = Somebody, most likely you, asks for something about their data. This code proves that the answer may go here:
mail-request-code-note = If that was not you, do nothing. Without the code nothing is asked, and this address is forgotten.

mail-new-address-code-subject = Your code for the new address at { $site }
mail-new-address-code = An account is to get this address. This code proves that the address is yours:
mail-new-address-code-note = If that was not you, do nothing. Without the code nothing changes.

mail-address-changed-subject = Your account at { $site } has another address
mail-address-changed = The address of your account was changed on { $device }. From now on mails go to the new one, and this is the last one here.
mail-address-changed-note = If that was not you, tell whoever runs { $site } at once.

mail-new-sign-in-subject = A new sign-in at { $site }
mail-new-sign-in = Somebody signed in to your account on { $device }, which has not been seen there before. If that was you, all is well.

mail-password-changed-subject = Your password at { $site } was changed
mail-password-changed = The password of your account was changed on { $device }. All other sessions have ended.

mail-factor-added-subject = A new way to sign in at { $site }
mail-factor-added = A way to sign in was added to your account on { $device }. Your account page lists all of them.

mail-factor-removed-subject = A way to sign in at { $site } was removed
mail-factor-removed = A way to sign in was removed from your account on { $device }. Your account page lists those that are left.

mail-recovery-code-used-subject = A recovery code was used at { $site }
mail-recovery-code-used = One of the recovery codes of your account was used on { $device }. It works no more. Your account page says how many are left.

mail-erasure-planned-subject = Your account at { $site } will be erased on { $day }
mail-erasure-planned = On { $device } it was chosen to erase your account, and all that belongs to it. That will be done on { $day }, and nobody can undo it then.
mail-erasure-planned-note = Until that day you can take it back: sign in and press “Stay after all” on the page “Your data”, under “Leave”. If it was not you who chose this, also end all other sessions and choose a new password.

mail-erased-subject = Your account at { $site } is erased
mail-erased = Your account, and what belonged to it, is erased. This is the receipt:
mail-erased-note = It names nobody. Keep it if you may want to ask about it one day. This is the last mail: the address is erased too.

mail-follow-confirm-subject = Mails about { $host } at { $site }
mail-follow-confirm = You asked for a mail whenever { $host } opens a room. Say once more that you want them:
mail-follow-confirm-action = Yes, send me mails
mail-follow-confirm-note = The link is good for a day. If you do nothing, no mails are sent.

mail-room-opened-subject = { $host } has opened a room
mail-room-opened = { $host } has just opened a room. Here you come in:
mail-room-opened-action = Come in

mail-export-ready-subject = The copy of your data at { $site } is ready
mail-export-ready = What you asked for is ready. Sign in to fetch it:
mail-export-ready-action = Fetch the copy
mail-export-ready-note = It is kept for a few days only. If you did not ask for it, end all other sessions and choose a new password.

mail-policy-changed-subject = The privacy policy of { $site } changes
mail-policy-changed = From { $day } on more is kept or told than before. The page “Privacy” of { $site } shows line by line what is new and what is gone.
mail-policy-changed-note = If you do not want that, you can erase your account at any time on its page. To go on using it is not a consent: what needs one asks you for it.

mail-breach-subject = About your data at { $site }
mail-breach = Something happened to data about you, and you have a right to know: { $event }
mail-breach-kinds = Which data: { $kinds }
mail-breach-consequences = What may follow: { $consequences }
mail-breach-measures = What was done and what you can do: { $measures }
mail-breach-contact = Whom you can ask: { $contact }

mail-legal-request-subject = Data about you was given to an authority
mail-legal-request = On { $day } data about you was given to { $authority }, which asked for it under the file number { $file }. Two people checked that it had to be given.
mail-legal-request-note = You can ask that authority why, and have a court look at it. We tell you unless a court forbids it, and then as soon as it no longer does.

mail-request-check-subject = Was it you who wrote to { $site }?
mail-request-check = On { $day } a mail in your name asked for something that only you may have. If it was you, answer that mail with this code:
mail-request-check-note = Without the code nothing happens. If it was not you, do nothing.

mail-request-answered-subject = Your request to { $site }
mail-request-answered = This is the answer to what you asked for on { $day }. { $answer }
mail-request-answered-note = If that is not right, write again. You can also complain to the data protection authority where you live.

### To a data protection authority.

mail-authority-title = Notification of a personal data breach (GDPR, Article 33)
mail-authority-site = Controller’s service
mail-authority-aware = Aware since
mail-authority-sent = Date of this notification
mail-authority-late = Reasons for the delay beyond 72 hours (Article 33(1))
mail-authority-event = What happened
mail-authority-nature = Nature of the breach (Article 33(3)(a))
mail-authority-nature-confidentiality = confidentiality
mail-authority-nature-integrity = integrity
mail-authority-nature-availability = availability
mail-authority-kinds = Categories of data
mail-authority-people = Approximate number of people
mail-authority-records = Approximate number of records
mail-authority-contact = Contact point (Article 33(3)(b))
mail-authority-consequences = Likely consequences (Article 33(3)(c))
mail-authority-measures = Measures taken or proposed (Article 33(3)(d))
mail-authority-risk = Communication to the people (Article 34)
mail-authority-risk-high = a high risk is likely, so they are told
mail-authority-risk-low = no high risk is likely
mail-authority-told = they were told on { $day }

mail-host-nameless = somebody without a name

mail-support-answered-subject = Your message to { $site } is answered
mail-support-answered = You wrote to { $site }. This is the answer: { $answer }
mail-support-answered-action = Read, reply or delete
mail-support-answered-note = Whoever opens this link can read and delete what you wrote. It is kept for 90 days after the answer.
