### Короткие страницы, которые показывает сервер: куда ведут ссылки из писем.

pages-document-title = { $title } · Unisono
pages-home = На главную
pages-account = В учётную запись

## Письма о комнатах ведущего

pages-mails-confirm = Письма о новых комнатах
pages-mails-confirm-next = Нажмите кнопку, и письмо придёт, когда тот, на кого вы подписаны, откроет комнату: не чаще раза в шесть часов. В каждом письме есть ссылка, которая их отключает.
pages-mails-confirm-action = Да, присылайте письма
pages-mails-confirmed = Письма включены.
pages-mails-confirmed-next = Когда тот, на кого вы подписаны, снова откроет комнату, вы об этом узнаете.
pages-mails-over = Эта ссылка больше не действует.
pages-mails-over-next = Ею уже воспользовались, или прошло больше суток. Попросите письма ещё раз в своей учётной записи.
pages-mails-stop = Отключить эти письма?
pages-mails-stop-next = Писем о том, что { $host } открывает комнату, больше не будет. В учётной записи это по-прежнему будет видно.
pages-mails-stop-action = Отключить письма
pages-mails-stopped = Таких писем больше не будет.
pages-mails-stopped-next = Чтобы снова их получать, попросите об этом в учётной записи.

## Страница оператора

admin-title = Управление этим сервером
admin-lead = Числа и состояния. Что люди говорили, слушали, писали и как они выглядят, не показывается ни здесь, ни где-либо ещё.
admin-health = Как идут дела
admin-build = Версия
admin-uptime = Работает
admin-hours =
    { $count ->
        [0] меньше часа
        [one] { $count } час
        [few] { $count } часа
       *[many] { $count } часов
    }
admin-database = База данных
admin-rooms = Открытых комнат
admin-live-rooms = Комнат, где кто-то есть, на этом узле
admin-sockets = Открытых соединений с людьми на этом узле
admin-mails = Писем в очереди
admin-retention = Просроченное удалялось
admin-never = ещё не было
admin-no-mail-server = Почтовый сервер не задан: письма ждут, их показывает «unisono mail list». Чтобы они отправлялись, задайте mail.host.
admin-retention-late = Просроченное не удалялось больше суток. Посмотрите журнал и «unisono doctor».
admin-accounts = Учётные записи
admin-accounts-lead = Учётная запись находится по точному адресу или идентификатору. То же из командной строки:
admin-find = Адрес или идентификатор
admin-find-go = Найти
admin-switches = Переключатели
admin-switches-lead = Они задаются в файле настроек. Что делает каждый:
admin-switch-registration = Можно заводить учётные записи
admin-switch-mail = Письма отправляются
admin-switch-public = Задан публичный адрес
admin-switch-metrics = /metrics может читать кто угодно
admin-switch-spotify = Плеер Spotify в комнатах
admin-switch-upstream = Вход через { $name }
admin-on = включено
admin-off = выключено
admin-numbers = Счётчики
admin-acts = Что делали операторы
admin-acts-lead = Хранится 90 дней. Тот, кого это касалось, видит это в своей учётной записи.
admin-acts-none = Пока ничего.
admin-by-you = вы
admin-by-other = другой оператор
admin-by-command = командная строка
admin-gone = удалённая учётная запись
admin-account = Учётная запись
admin-rank = Роль
admin-made = Создана
admin-has-address = Письма доходят до владельца
admin-sessions = Вход выполнен на устройствах
admin-locked = Заблокирована с
admin-restricted = Только хранится с
admin-erase-at = Будет стёрта
admin-yes = да
admin-no = нет
admin-own = Это ваша собственная учётная запись. Её вы меняете сами:
admin-seen = Всё, что вы здесь сделаете, записывается, и владелец это видит.
admin-password = Ваш пароль
admin-password-hint = Он нужен, потому что за последние десять минут вы не подтверждали, кто вы. Если пароля нет, сначала подтвердите это в своей учётной записи.
admin-act-lock = Заблокировать
admin-act-unlock = Разблокировать
admin-act-sign-out = Завершить все сеансы
admin-act-send-copy = Написать владельцу, где взять копию данных
admin-act-erase = Стереть всё
admin-erase-lead = Сразу и навсегда. Владелец получит квитанцию письмом.
admin-erase-word = Введите слово:
admin-word-missing = Чтобы стереть всё, что есть в учётной записи, введите слово «erase».
admin-done = Готово.
admin-erased-next = От учётной записи ничего не осталось.
admin-nobody = Нет учётной записи с таким адресом или идентификатором.
admin-nobody-next = Адрес должен быть точным. Идентификаторы показывает: unisono account list
admin-unreadable = Эту форму не удалось прочитать.
admin-unreadable-next = Вернитесь и отправьте её ещё раз.
admin-back = Назад к обзору
