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
pricing-tax = Where tax is due, that page shows it before you pay.
pricing-test = This server takes cards for tests only: no money moves.
pricing-end = You end it where you bought it, in two presses. What is paid stays yours until its time is over.
pricing-not-sold = Pro can’t be bought here. Whoever runs this server gives it.
pricing-never-title = What Pro never buys
pricing-never-ads = Freedom from ads. Nobody here sees any.
pricing-never-data = Your data. It is not sold, with Pro or without.
pricing-never-services = Somebody’s music service. Spotify and the others stay between you and them.
pricing-never-sound = Better sound or safer connections. Everybody has those.

plan-document-title = Your plan · Unisono
plan-title = Your plan
plan-free = You have the free plan.
plan-pro = You have Pro.
plan-given = You were given Pro. You pay nothing for it.
plan-renews = It is paid until { $when }, and renews then.
plan-ends = It ends on { $when }. Until then nothing changes.
plan-grace = The last payment did not go through. Pro goes on until { $when }; if it is paid by then, nothing changes.
plan-paid-month = You pay every month.
plan-paid-year = You pay every year.
plan-buying = A purchase is under way. As soon as the payment service tells us that it was paid, Pro begins.
plan-upgrade = See what Pro is
plan-card = Give another card
plan-keep = Keep Pro after all
plan-receipts = Receipts, bills and card
plan-receipts-next = They are on the payment service’s own pages.
plan-cancel = End Pro
plan-account = Your account

plan-forward-title = On to the payment service
plan-forward = Its page opens now:
plan-forward-go = Go there

plan-cancel-title = End Pro?
plan-cancel-when = Pro stays yours until { $when }. Nothing is paid after that, and the free plan begins.
plan-cancel-rooms = Your saved rooms are kept, asleep: you can take them along or delete them, and they wake when you have Pro again.
plan-cancel-back = Until that day you can change your mind.
plan-cancel-do = End Pro
plan-cancel-not = Leave it as it is

plan-done-paid = You have Pro
plan-done-paid-next = The payment service has told us. Your receipt is there too, by the page of your plan.
plan-done-waits = We are waiting for the payment service
plan-done-waits-next = As soon as it tells us that it was paid, Pro begins. This page looks again by itself.
plan-done-long = It takes longer than usual. Nothing is lost: Pro begins when the word comes, also if you close this page. You need not pay again.
plan-done-look = Look again
plan-done-none = Nothing was bought
plan-done-none-next = No purchase is under way, and nothing was paid.

plan-refused-nothing-bought = There is nothing to manage
plan-refused-nothing-bought-next = No purchase of this account is known. If you have just bought, look again in a minute.
plan-refused-service-away = The payment service does not answer as it should
plan-refused-service-away-next = Nothing was changed, and nothing was paid. Try again in a minute.
plan-refused-failed = Something failed on our side
plan-refused-failed-next = Nothing was paid. Try again; if it happens again, tell whoever runs this server the reference.
plan-refused-has-pro = You have Pro already
plan-refused-has-pro-next = It is on the page of your plan.
plan-refused-reference = Reference:
