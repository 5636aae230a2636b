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

plans-document-title = Ваш тариф · Unisono
plans-title = Ваш тариф
plans-free = У вас бесплатный тариф.
plans-pro = У вас Pro.
plans-given = Pro вам подарили. Вы ничего за него не платите.
plans-renews = Оплачено до { $when }, затем продлится.
plans-ends = Закончится { $when }. До этого дня ничего не изменится.
plans-grace = Последний платёж не прошёл. Pro действует до { $when }; если оплата пройдёт до этого дня, ничего не изменится.
plans-paid-month = Вы платите каждый месяц.
plans-paid-year = Вы платите каждый год.
plans-buying = Покупка не завершена. Как только платёжная служба сообщит нам об оплате, Pro начнёт действовать.
plans-upgrade = Что даёт Pro
plans-card = Указать другую карту
plans-keep = Всё-таки оставить Pro
plans-receipts = Чеки, счета и карта
plans-receipts-next = Они на страницах самой платёжной службы.
plans-cancel = Отказаться от Pro
plans-account = Ваша учётная запись

plans-forward-title = Переход к платёжной службе
plans-forward = Сейчас откроется её страница:
plans-forward-go = Перейти

plans-cancel-title = Отказаться от Pro?
plans-cancel-when = Pro остаётся вашим до { $when }. После этого ничего не списывается и начинается бесплатный тариф.
plans-cancel-now = Последний платёж не прошёл. Если отказаться от Pro сейчас, он закончится сразу: больше ничего не спишут, и начнётся бесплатный тариф.
plans-cancel-rooms = Ваши сохранённые комнаты останутся и уснут: их можно забрать с собой или удалить, а когда Pro снова появится, они проснутся.
plans-cancel-back = До этого дня можно передумать.
plans-cancel-do = Отказаться от Pro
plans-cancel-not = Оставить как есть

plans-done-paid = У вас Pro
plans-done-paid-next = Платёжная служба сообщила нам об оплате. Чек тоже у неё: он открывается со страницы вашего тарифа.
plans-done-waits = Ждём платёжную службу
plans-done-waits-next = Как только она сообщит нам об оплате, Pro начнёт действовать. Эта страница проверяет сама.
plans-done-long = Это длится дольше обычного. Ничего не потеряно: Pro начнёт действовать, когда придёт сообщение, даже если вы закроете эту страницу. Платить ещё раз не нужно.
plans-done-look = Проверить ещё раз
plans-done-none = Ничего не куплено
plans-done-none-next = Незавершённых покупок нет, и ничего не оплачено.

plans-refused-nothing-bought = Управлять нечем
plans-refused-nothing-bought-next = О покупках этой учётной записи ничего не известно. Если вы только что купили, загляните через минуту.
plans-refused-service-away = Платёжная служба не отвечает как следует
plans-refused-service-away-next = Ничего не изменено и ничего не оплачено. Повторите через минуту.
plans-refused-too-often = Слишком часто за короткое время
plans-refused-too-often-next = Ничего не изменено и ничего не оплачено. Подождите { $seconds } с и попробуйте снова.
plans-refused-failed = Что-то сломалось у нас
plans-refused-failed-next = Ничего не оплачено. Повторите; если это случится снова, сообщите номер тому, кто управляет сервером.
plans-refused-has-pro = Pro у вас уже есть
plans-refused-has-pro-next = Он на странице вашего тарифа.
