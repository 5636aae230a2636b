### Plans, and paying for one. The server shows it.

pricing-title = Free and Pro
pricing-lead = Everybody can cast, listen and convert links. Pro takes away the limits of time and number, and keeps rooms for you.
pricing-all-title = All of this is yours
pricing-all-lead = Nothing is sold here. Everything that Unisono can do is included, for everybody: no limit of time or number, rooms that are kept, and codes of your own.
pricing-all-operator = You run this server? Set no key, and it stays so.
pricing-all-cast = Start casting
pricing-what = What you get
pricing-free = Free
pricing-pro = Pro
pricing-row-session = How long a room of yours plays on
pricing-row-cooldown = Pause until the next
pricing-row-devices = Devices in your room
pricing-row-saved = Saved rooms, with codes that stay
pricing-row-rest = Casting, rooms, links, full sound, encryption
pricing-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
pricing-no-limit = no limit
pricing-no = none
pricing-all = all of it
pricing-how-often = How often do you want to pay?
pricing-price-month = { $price } a month
pricing-price-year = { $price } a year
pricing-month = every month; the payment page says how much
pricing-year = every year; the payment page says how much
pricing-buy = Get Pro
pricing-needs-account = Pro belongs to an account, so that you have it on every device.
pricing-sign-in = Sign in to get Pro
pricing-register = Make an account
pricing-where = You pay on the pages of Stripe. Your card and your name never come here.
pricing-tax = The price is what you pay: tax that is due is in it.
pricing-test = This server takes cards for tests only: no money moves.
pricing-end = You end it where you bought it, in two presses. What is paid stays yours until its time is over.
pricing-not-sold = Pro can’t be bought here. Whoever runs this server gives it.
pricing-asked-for = The payment service is being asked for the prices. Look again in a moment.
pricing-never-title = What Pro never buys
pricing-never-ads = Freedom from ads. Nobody here sees any.
pricing-never-data = Your data. It is not sold, with Pro or without.
pricing-never-services = Somebody’s music service. Spotify and the others stay between you and them.
pricing-never-sound = Better sound or safer connections. Everybody has those.

plans-document-title = Your plan · Unisono
plans-title = Your plan
plans-free = You have the free plan.
plans-pro = You have Pro.
plans-given = You were given Pro. You pay nothing for it.
plans-renews = It is paid until { $when }, and renews then.
plans-ends = It ends on { $when }. Until then nothing changes.
plans-grace = The last payment did not go through. Pro goes on until { $when }; if it is paid by then, nothing changes.
plans-unpaid = The last payment did not go through, so Pro rests. As soon as it is paid, Pro goes on. If you end it, nothing more is asked for.
plans-paid-month = You pay every month.
plans-paid-year = You pay every year.
plans-buying = A purchase is under way. As soon as the payment service tells us that it was paid, Pro begins.
plans-upgrade = See what Pro is
plans-card = Give another card
plans-keep = Keep Pro after all
plans-receipts = Receipts, bills and card
plans-receipts-next = They are on the payment service’s own pages.
plans-cancel = End Pro
plans-account = Your account

plans-forward-title = On to the payment service
plans-forward = Its page opens now:
plans-forward-go = Go there

plans-cancel-title = End Pro?
plans-cancel-when = Pro stays yours until { $when }. Nothing is paid after that, and the free plan begins.
plans-cancel-now = The last payment did not go through. If you end Pro now, it ends at once: nothing more is asked for, and the free plan begins.
plans-cancel-unpaid = The last payment did not go through. What you bought ends at once: nothing more is asked for, and your plan stays as it is now.
plans-cancel-again = Something has changed since you opened this page, so nothing was ended. This is how it is now.
plans-cancel-rooms = Your saved rooms are kept, asleep: you can take them along or delete them, and they wake when you have Pro again.
plans-cancel-back = Until that day you can change your mind.
plans-cancel-do = End Pro
plans-cancel-not = Leave it as it is

plans-done-paid = You have Pro
plans-done-paid-next = The payment service has told us. Your receipt is there too, by the page of your plan.
plans-done-waits = We are waiting for the payment service
plans-done-waits-next = As soon as it tells us that it was paid, Pro begins. This page looks again by itself.
plans-done-long = It takes longer than usual. Nothing is lost: Pro begins when the word comes, also if you close this page. You need not pay again.
plans-done-look = Look again
plans-done-none = Nothing was bought
plans-done-none-next = No purchase is under way, and nothing was paid.

plans-refused-nothing-bought = There is nothing to manage
plans-refused-nothing-bought-next = No purchase of this account is known. If you have just bought, look again in a minute.
plans-refused-service-away = The payment service does not answer as it should
plans-refused-service-away-next = Nothing was changed, and nothing was paid. Try again in a minute.
plans-refused-too-often = That was too often in a short time
plans-refused-too-often-next = Nothing was changed, and nothing was paid. Wait { $seconds } s, then try again.
plans-refused-failed = Something failed on our side
plans-refused-failed-next = Nothing was paid. Try again; if it happens again, tell whoever runs this server the reference.
plans-refused-has-pro = You have Pro already
plans-refused-has-pro-next = It is on the page of your plan.
