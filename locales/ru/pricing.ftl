### Plans, and paying for one. The server shows it.

pricing-title = Бесплатно и Pro
pricing-lead = Транслировать, слушать и переводить ссылки может каждый. Pro снимает ограничения по времени и числу и хранит ваши комнаты.
pricing-all-title = Всё это ваше
pricing-all-lead = Здесь ничего не продаётся. Всё, что умеет Unisono, доступно каждому: без ограничений по времени и числу, с сохранёнными комнатами и собственными кодами.
pricing-all-operator = Это ваш сервер? Не задавайте ключ, и так и останется.
pricing-all-cast = Начать трансляцию
pricing-what = Что вы получаете
pricing-free = Бесплатно
pricing-pro = Pro
pricing-row-session = Сколько играет ваша комната
pricing-row-cooldown = Перерыв до следующей
pricing-row-devices = Устройств в вашей комнате
pricing-row-saved = Сохранённые комнаты с постоянными кодами
pricing-row-rest = Трансляция, комнаты, ссылки, полный звук, шифрование
pricing-minutes = { $count ->
    [one] { $count } минута
    [few] { $count } минуты
   *[many] { $count } минут
}
pricing-no-limit = без ограничений
pricing-no = нет
pricing-all = всё
pricing-how-often = Как часто вы хотите платить?
pricing-price-month = { $price } в месяц
pricing-price-year = { $price } в год
pricing-month = каждый месяц; сумму покажет страница оплаты
pricing-year = каждый год; сумму покажет страница оплаты
pricing-buy = Получить Pro
pricing-needs-account = Pro принадлежит учётной записи, чтобы он был на всех ваших устройствах.
pricing-sign-in = Войти и получить Pro
pricing-register = Создать учётную запись
pricing-where = Вы платите на страницах Stripe. Ваша карта и имя сюда не попадают.
pricing-tax = Если полагается налог, та страница покажет его до оплаты.
pricing-test = Этот сервер принимает только тестовые карты: деньги не списываются.
pricing-end = Отказаться можно там же, где вы купили, в два нажатия. Оплаченное остаётся вашим до конца срока.
pricing-not-sold = Купить Pro здесь нельзя. Его даёт тот, кто управляет этим сервером.
pricing-never-title = Чего Pro не покупает никогда
pricing-never-ads = Отсутствия рекламы. Её здесь не видит никто.
pricing-never-data = Ваших данных. Они не продаются ни с Pro, ни без него.
pricing-never-services = Чужого музыкального сервиса. Spotify и другие остаются между вами и ними.
pricing-never-sound = Лучшего звука или более надёжных соединений. Они есть у всех.

plan-document-title = Ваш тариф · Unisono
plan-title = Ваш тариф
plan-free = У вас бесплатный тариф.
plan-pro = У вас Pro.
plan-given = Pro вам подарили. Вы ничего за него не платите.
plan-renews = Оплачено до { $when }, затем продлится.
plan-ends = Закончится { $when }. До этого дня ничего не изменится.
plan-grace = Последний платёж не прошёл. Pro действует до { $when }; если оплата пройдёт до этого дня, ничего не изменится.
plan-paid-month = Вы платите каждый месяц.
plan-paid-year = Вы платите каждый год.
plan-buying = Покупка не завершена. Как только платёжная служба сообщит нам об оплате, Pro начнёт действовать.
plan-upgrade = Что даёт Pro
plan-card = Указать другую карту
plan-keep = Всё-таки оставить Pro
plan-receipts = Чеки, счета и карта
plan-receipts-next = Они на страницах самой платёжной службы.
plan-cancel = Отказаться от Pro
plan-account = Ваша учётная запись

plan-forward-title = Переход к платёжной службе
plan-forward = Сейчас откроется её страница:
plan-forward-go = Перейти

plan-cancel-title = Отказаться от Pro?
plan-cancel-when = Pro остаётся вашим до { $when }. После этого ничего не списывается и начинается бесплатный тариф.
plan-cancel-rooms = Ваши сохранённые комнаты останутся и уснут: их можно забрать с собой или удалить, а когда Pro снова появится, они проснутся.
plan-cancel-back = До этого дня можно передумать.
plan-cancel-do = Отказаться от Pro
plan-cancel-not = Оставить как есть

plan-done-paid = У вас Pro
plan-done-paid-next = Платёжная служба сообщила нам об оплате. Чек тоже у неё: он открывается со страницы вашего тарифа.
plan-done-waits = Ждём платёжную службу
plan-done-waits-next = Как только она сообщит нам об оплате, Pro начнёт действовать. Эта страница проверяет сама.
plan-done-long = Это длится дольше обычного. Ничего не потеряно: Pro начнёт действовать, когда придёт сообщение, даже если вы закроете эту страницу. Платить ещё раз не нужно.
plan-done-look = Проверить ещё раз
plan-done-none = Ничего не куплено
plan-done-none-next = Незавершённых покупок нет, и ничего не оплачено.

plan-refused-nothing-bought = Управлять нечем
plan-refused-nothing-bought-next = О покупках этой учётной записи ничего не известно. Если вы только что купили, загляните через минуту.
plan-refused-service-away = Платёжная служба не отвечает как следует
plan-refused-service-away-next = Ничего не изменено и ничего не оплачено. Повторите через минуту.
plan-refused-failed = Что-то сломалось у нас
plan-refused-failed-next = Ничего не оплачено. Повторите; если это случится снова, сообщите номер тому, кто управляет сервером.
plan-refused-has-pro = Pro у вас уже есть
plan-refused-has-pro-next = Он на странице вашего тарифа.
plan-refused-reference = Номер:
