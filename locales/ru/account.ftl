### Страницы учётных записей: вход, создание и всё, что их владелец видит и меняет.

account-again = Попробовать ещё раз
account-back = Назад
account-cancel = Отмена
account-save = Сохранить
account-saved = Сохранено
account-saving = Сохраняем
account-remove = Удалить
account-asking = Ждём ответа сервера
account-mailing = Отправляем письмо
account-unanswered = Сервер не отвечает.
account-unanswered-next = У этого устройства или у сервера нет связи, или она очень медленная. Всё, что вы ввели, осталось на месте.
account-https = Для входа нужен https.
account-https-next = Браузеры хранят сеанс только по https или на этой самой машине. Откройте адрес этого сервера с https. Передача, комнаты и ссылки работают и без учётной записи.
account-https-home = Продолжить без учётной записи
account-sum = Ваше устройство решает небольшую задачу, которая не пускает роботов. Это займёт секунду-другую, делать ничего не нужно.
account-sum-why = Вместо загадок ваше устройство решает небольшую задачу. Никто посторонний в этом не участвует, и о вас она ничего не сообщает.
account-check-title = Покажите, что вы не робот
account-check-what = Ваше устройство может решить небольшую задачу, в этом не участвует никто посторонний. Или ваш браузер проверит Cloudflare: тогда он обратится к challenges.cloudflare.com, и Cloudflare узнает ваш сетевой адрес, ваш браузер, адрес этого сайта и то, как браузер ведёт себя при проверке, и может оставить данные в браузере. Оба способа равноценны, и вас спросят каждый раз.
account-check-sum = Решить задачу здесь
account-check-load = Загрузить проверку Cloudflare
account-check-frame = Проверка Cloudflare
account-check-waiting = Cloudflare проверяет ваш браузер. Если ничего не выходит, решите задачу.
account-check-why = Против роботов ваше устройство решает небольшую задачу или, если хотите, ваш браузер проверяет Cloudflare. Сначала вас спросят.

## Вход

account-sign-in-document-title = Вход · Unisono
account-sign-in = Войти
account-sign-in-lede = Чтобы передавать, слушать и открывать комнаты, учётная запись не нужна. С ней всё, что вы храните, есть на всех ваших устройствах.
account-passkey-use = Войти с ключом доступа
account-passkey-none = Ключ доступа не использован.
account-passkey-none-next = Попробуйте ещё раз или войдите по адресу почты.
account-email = Адрес электронной почты
account-password = Пароль
account-password-or-code = Если пароля нет, оставьте поле пустым: код придёт по почте.
account-password-show = Показать пароль
account-password-hide = Скрыть пароль
account-code-send = Прислать код
account-code-again = Прислать другой код
account-code-title = Проверьте почту
account-code = Код из письма
account-code-hint = Мы отправили восемь цифр на { $email }. Они действуют 10 минут и только на этой странице.
account-factor-title = Ещё один шаг
account-factor = Код из приложения-аутентификатора
account-factor-hint = Шесть цифр, которые меняются каждые 30 секунд. Подойдёт и один из ваших запасных кодов.
account-with = Продолжить через { $title }
account-forgotten = Забыли пароль?
account-upstream-failed = Войти через другой сервис не получилось.
account-upstream-failed-next = Здесь ничего не изменилось. Попробуйте ещё раз или выберите другой способ.
account-problem-sign-in-first = Учётная запись с этим адресом уже есть.
account-problem-sign-in-first-next = Сначала войдите в неё, затем свяжите сервис в разделе «Способы входа». Так никто не завладеет чужой записью через адрес.
account-problem-closed = Новые учётные записи здесь не создают.
account-problem-closed-next = Всё, для чего учётная запись не нужна, вам открыто.
account-problem-invited-only = Учётные записи здесь заводят по приглашению.
account-problem-invited-only-next = Приглашения даёт тот, кто ведёт этот сервер. Всё, для чего учётная запись не нужна, вам доступно.
account-problem-invited-only-ask = Попросить приглашение
account-invited = Вас пригласили. Введите адрес, для которого выдано приглашение.
account-problem-linked-elsewhere = Этот сервис привязан здесь к другой учётной записи.
account-problem-linked-elsewhere-next = Сначала отвяжите его там или войдите с его помощью.
account-problem-ticket-over = Этот шаг уже закончен.
account-problem-ticket-over-next = Он занял слишком много времени, попыток было слишком много, или он уже завершён. Начните его заново.
account-problem-locked = Эту учётную запись заблокировал тот, кто управляет сервером.
account-problem-locked-next = Напишите ему. Копию своих данных или их удаление вы можете запросить и сейчас.

## Создание учётной записи

account-register-document-title = Создать учётную запись · Unisono
account-register = Создать учётную запись
account-register-lede = Нужен только адрес электронной почты. Другим он не виден никогда.
account-email-hint = Для кодов и для того, что вам следует знать о своей учётной записи. Больше на него ничего не приходит.
account-email-missing = Введите адрес электронной почты. Он выглядит так: name@example.org.
account-password-optional = Пароль, если он вам нужен
account-password-optional-hint = От 8 до 256 знаков. Без него вы входите по коду из письма или с ключом доступа.
account-age = Мне { $years } лет или больше.
account-age-missing = Отметьте, если это так. Без учётной записи всем можно пользоваться в любом возрасте.
account-agree = Мне понятна политика конфиденциальности, и я её принимаю.
account-agree-missing = Прочитайте политику и отметьте, если согласны.
account-policy = Прочитать политику конфиденциальности
account-policy-version = Версия { $version }
account-register-go = Прислать код
account-register-have = У меня уже есть учётная запись
account-register-finish = Создать учётную запись
account-join = Ещё немного
account-join-lede = Вы пришли через { $title }, и учётной записи здесь у вас пока нет. Согласитесь с этим, и она появится.
account-join-email = Её адрес — { $email }, как в том сервисе.
account-weak-short = В пароле должно быть не меньше 8 знаков. Хороши четыре слова, которые никак не связаны.
account-weak-long = В пароле может быть не больше 256 знаков. Сократите его.
account-weak-common = Этот пароль у многих, поэтому его пробуют первым. Хороши четыре слова, которые никак не связаны.
account-weak-names-you = В этом пароле есть ваш адрес, имя или название этого места. Выберите такой, который с ними не связан.

## Забытый пароль и первый администратор

account-reset-document-title = Новый пароль · Unisono
account-reset = Забыли пароль?
account-reset-lede = По почте придёт ссылка, по ней вы зададите новый. Войти можно и без него — по коду или с ключом доступа.
account-reset-send = Прислать ссылку
account-reset-sent = Если учётная запись с этим адресом есть, письмо уже в пути.
account-reset-sent-next = Ссылка из письма действует один час. Загляните и в нежелательную почту.
account-reset-another = Запросить другую ссылку
account-reset-new = Задать новый пароль
account-reset-new-lede = После этого все браузеры, где открыта эта учётная запись, выйдут из неё.
account-reset-done = Новый пароль задан.
account-reset-done-next = Теперь войдите с ним.
account-setup-document-title = Настройка сервера · Unisono
account-setup = Настройка сервера
account-setup-lede = Вы открыли ссылку, которую сервер показал при запуске. Сейчас будет создана учётная запись того, кто им управляет.
account-setup-go = Создать учётную запись администратора
account-setup-no-link = Этой странице нужна вся ссылка целиком.
account-setup-no-link-next = Сервер показывает её при каждом запуске, пока ею не воспользовались. Скопируйте её полностью, вместе с тем, что стоит после «#».

## Учётная запись

account-document-title = Ваша учётная запись · Unisono
account-title = Ваша учётная запись
account-waiting = Ищем вашу учётную запись
account-signed-in-as = Вы вошли как
account-nameless = человек без имени
account-operator = Вы управляете этим сервером.
account-operator-page = Страница управления
account-plan = Ваш тариф
account-sections = Части учётной записи
account-ended = Вы вышли из учётной записи.
account-ended-next = Этот сеанс завершён — возможно, вами на другом устройстве. Чтобы продолжить, войдите снова.
account-signed-out = Вы вышли из учётной записи.
account-signed-out-next = Всё, что этот браузер хранил о ней, удалено.
account-list-waiting = Получаем список

## Профиль

account-profile = Профиль
account-profile-lede = Всё здесь необязательно. Ваш адрес другим не виден никогда.
account-picture = Картинка
account-picture-hint = JPEG или PNG, не больше 5 МБ. Место, дата и данные камеры из неё удаляются.
account-picture-yours = Ваша картинка
account-picture-choose = Выбрать картинку
account-picture-remove = Удалить картинку
account-picture-sending = Отправляем картинку
account-picture-large = Этот файл больше { $mb } МБ. Выберите поменьше.
account-name = Имя
account-name-hint = То, что другие видят в комнатах. От 1 до 40 знаков или пусто.
account-country = Страна
account-country-none = Не указана
account-country-hint = Страна — только то, что вы укажете сами. По сетевому адресу её никто не определяет.

## Способы входа

account-ways = Способы входа
account-ways-lede = Всё, с чем вас впускают. Если способов два, потерять один не страшно.
account-last-way = У вас только один способ входа.
account-last-way-next = Если вы его потеряете, вернуть вам доступ не сможет никто. Добавьте ключ доступа или пароль.
account-passkeys = Ключи доступа
account-passkeys-lede = Вы разблокируете телефон, компьютер или ключ безопасности — и этим входите. Такой ключ нельзя подобрать или выманить.
account-passkeys-none = Ключей доступа пока нет. Добавьте ключ для этого устройства.
account-passkey-add = Добавить ключ доступа
account-passkey-added = Ключ доступа добавлен.
account-passkey-name = Ключ доступа от { $day }
account-passkey-used = Последний вход: { $day }
account-passkey-unused = Добавлен: { $day }, ещё не использован
account-passkey-rename = Переименовать
account-passkey-rename-field = Название ключа доступа
account-passkey-removed = Ключ доступа удалён. Его можно удалить и на самом устройстве.
account-passkey-unsupported = Этот браузер не знает ключей доступа.
account-passkey-unsupported-next = Откройте эту страницу в более новом браузере или на телефоне.
account-passkey-not-made = Ключ доступа не создан.
account-passkey-not-made-next = Возможно, вы закрыли окно браузера или на этом устройстве ключ уже есть. Попробовать снова можно в любой момент.
account-password-there = Пароль задан.
account-password-none = Пароля нет. Вы входите по коду из письма или другим способом.
account-password-current = Нынешний пароль
account-password-new = Новый пароль
account-password-hint = От 8 до 256 знаков. Хороши четыре слова, которые никак не связаны.
account-password-set = Задать этот пароль
account-password-add = Задать пароль
account-password-change = Сменить пароль
account-password-changed = Пароль задан. Во всех остальных браузерах выполнен выход.
account-password-removed = Пароль удалён.
account-password-ends = Во всех остальных браузерах тогда будет выполнен выход.
account-factor-way = Второй фактор
account-factor-none = После пароля нужен код из приложения на телефоне. Украденный пароль тогда ничего не откроет.
account-factor-none-yet = После кода из письма нужен ещё код из приложения на телефоне. Кто прочтёт вашу почту, дальше не пройдёт.
account-factor-there =
    { $left ->
        [0] Нужен код из приложения. Запасных кодов не осталось: создайте новые.
        [one] Нужен код из приложения. Остался { $left } запасной код.
        [few] Нужен код из приложения. Осталось { $left } запасных кода.
       *[many] Нужен код из приложения. Осталось { $left } запасных кодов.
    }
account-factor-add = Добавить приложение-аутентификатор
account-factor-scan = Откройте приложение-аутентификатор и наведите его на эту картинку.
account-factor-qr = Секрет для приложения-аутентификатора
account-factor-by-hand = Или введите в приложении этот ключ:
account-factor-copy = Скопировать ключ
account-factor-first = Код, который приложение показывает сейчас
account-factor-first-hint = Шесть цифр. По ним видно, что приложение прочитало ключ.
account-factor-confirm = Включить
account-factor-removed = Второй фактор удалён.
account-recovery = Ваши запасные коды
account-recovery-lede = Каждый действует один раз, когда телефона нет под рукой. Они показаны единственный раз: скопируйте или распечатайте их сейчас.
account-recovery-copy = Скопировать все коды
account-recovery-done = Коды сохранены
account-recovery-new = Новые запасные коды
account-identities = Связанные сервисы
account-identities-lede = Через них можно войти. Им известно, что вы входите сюда, а нам — кто вы там, и больше ничего.
account-identities-none = Связанных сервисов нет.
account-identity-since = Связан: { $day }
account-identity-connect = Связать { $title }
account-identity-disconnect = Отвязать
account-identity-gone = Сервис отвязан, наш доступ к нему возвращён.
account-email-none = Адреса нет
account-email-change = Сменить адрес
account-email-new = Новый адрес электронной почты
account-email-confirm = Сменить адрес
account-email-changed = Адрес изменён. На прежний отправлено сообщение.

## Подтвердить ещё раз

account-prove = Это всё ещё вы?
account-prove-lede = От этого зависит безопасность вашей учётной записи. Подтвердите ещё раз, что это вы; этого хватит на десять минут.
account-prove-passkey = Ключ доступа
account-prove-password = Пароль
account-prove-totp = Код из приложения
account-prove-mail = Прислать код по почте
account-prove-go = Продолжить

## Сеансы, история и события

account-sessions = Где вы вошли
account-sessions-lede = Все браузеры, в которых открыта учётная запись. Незнакомый сеанс завершите, затем смените пароль.
account-sessions-none = Ни в одном браузере вход не выполнен.
account-session-this = этот браузер
account-session-used = Последний раз: { $day }, вход: { $since }
account-session-end = Выйти там
account-session-ended = В том браузере выполнен выход.
account-sessions-end = Выйти везде, кроме этого браузера
account-sessions-ended = Во всех остальных браузерах выполнен выход.
account-history = Вы смотрели эти ссылки
account-history-lede = Хранятся, чтобы вы нашли их на всех своих устройствах. Список никто больше не видит.
account-history-keep = Сколько хранить
account-history-off = Не хранить
account-history-days =
    { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }
account-history-account = Пока есть учётная запись
account-history-none = Ссылок пока нет. Откройте любую после входа, и она появится здесь.
account-history-forget = Забыть все
account-history-forgotten = Все ссылки забыты.
account-bring = Что этот браузер сохранил для вас
account-bring-lede = Скажите «да», и всё это перейдёт в вашу учётную запись и будет на каждом устройстве, где вы вошли.
account-bring-rooms =
    { $rooms ->
        [one] { $rooms } комната: там вы тот же человек на всех своих устройствах, а если открыли её вы, то с любого из них её и ведёте.
        [few] { $rooms } комнаты: там вы тот же человек на всех своих устройствах, а те, что открыли вы, с любого из них и ведёте.
       *[many] { $rooms } комнат: там вы тот же человек на всех своих устройствах, а те, что открыли вы, с любого из них и ведёте.
    }
account-bring-pages =
    { $pages ->
        [one] { $pages } ссылка, которую вы смотрели.
        [few] { $pages } ссылки, которые вы смотрели.
       *[many] { $pages } ссылок, которые вы смотрели.
    }
account-bring-name = Имя «{ $name }», если здесь оно свободно.
account-bring-go = Да, перенести в мою учётную запись
account-brought = Готово.
account-brought-rooms =
    { $rooms ->
        [one] Теперь ваша { $rooms } комната.
        [few] Теперь ваши { $rooms } комнаты.
       *[many] Теперь ваших комнат: { $rooms }.
    }
account-brought-next = В комнатах, где вы бывали, вы тот же человек на каждом устройстве, где вошли.
account-brought-pages =
    { $pages ->
        [one] К ссылкам, которые вы смотрели, добавлена { $pages }.
        [few] К ссылкам, которые вы смотрели, добавлены { $pages }.
       *[many] К ссылкам, которые вы смотрели, добавлено { $pages }.
    }
account-brought-name = Теперь вас зовут «{ $name }».
account-brought-name-left = Имя «{ $name }» здесь занято или не подходит. Выберите другое в разделе «Профиль».
account-brought-nothing = Ничего нового там не было.
account-events = Что происходило
account-events-lede = За последние 90 дней. Если что-то из этого делали не вы, выйдите везде, кроме этого браузера, и смените пароль.
account-events-none = Пока ничего не происходило.
account-event-operator-locked = Оператор сервера заблокировал учётную запись
account-event-operator-unlocked = Оператор сервера разблокировал учётную запись
account-event-operator-signed-out = Оператор сервера завершил все сеансы
account-event-operator-sent-copy = Оператор сервера прислал вам путь к копии данных
account-event-signed-in = Вход
account-event-signed-in-on-new-device = Вход с нового устройства
account-event-sessions-ended = Выход в других браузерах
account-event-password-changed = Пароль задан
account-event-password-removed = Пароль удалён
account-event-passkey-added = Ключ доступа добавлен
account-event-passkey-removed = Ключ доступа удалён
account-event-totp-added = Второй фактор включён
account-event-totp-removed = Второй фактор удалён
account-event-recovery-codes-made = Созданы новые запасные коды
account-event-recovery-code-used = Использован запасной код
account-event-email-changed = Адрес почты изменён
account-event-upstream-linked = Сервис связан
account-event-upstream-removed = Сервис отвязан
account-event-copy-taken = Забрана копия
account-event-restricted = Использование данных ограничено
account-event-restriction-lifted = Ограничение использования данных снято
account-event-erasure-planned = Запланировано удаление учётной записи
account-event-erasure-taken-back = Удаление учётной записи отменено
account-event-other = Что-то изменилось: { $kind }
account-sign-out = Выйти
account-sign-out-lede = При выходе удаляется всё, что этот браузер хранит о вас, в том числе известные ему комнаты. Оформление и язык остаются.

account-data = Ваши данные
account-data-lede = Всё, что здесь хранится о вас, принадлежит вам.
account-data-centre = Посмотреть и изменить всё, что хранится
account-data-policy = Что хранится, зачем и как долго
account-data-copy = Забрать копию
account-data-copied = Копия — в ваших загрузках.
account-data-leave = Стереть учётную запись и всё, что к ней относится
account-data-leave-lede = Исчезнут профиль, способы входа, ссылки и настройки, а также ваше имя и строки в чужих комнатах. Вернуть это потом нельзя, даже из резервной копии.
account-data-word = стереть
account-data-type = Введите «{ $word }», чтобы это не случилось нечаянно
account-data-now = Стереть сейчас
account-data-later = Стереть через семь дней
account-data-planned = Всё будет стёрто: { $when }.
account-data-planned-next = До этого вы можете остаться. Пока ничего не убрано.
account-data-planned-said = Всё будет стёрто через семь дней.
account-data-stay = Остаться
account-data-stayed = Вы остаётесь. Ничего не стёрто.
account-data-gone = Всё ваше стёрто.
account-data-gone-next = Квитанция: { $receipt }. Она никого не называет.
account-data-home = На главную

## Подписки на ведущих

account-follows = На кого вы подписаны
account-follows-lede = Когда кто-то из них открывает комнату, это видно в «Уведомлениях»; письмо приходит, только если вы о нём попросите.
account-follows-none = Пока ни на кого. В комнате, ведущий которой это разрешает, откройте «Люди» и нажмите «Подписаться».
account-follows-nameless = Кто-то без имени
account-follows-since = Подписка с { $day }
account-follows-mails-on = Письма включены
account-follows-mails-ask = Присылать письма
account-follows-mails-end = Не присылать писем
account-follows-mails-ended = Письма отключены.
account-follows-asked = Письмо отправлено.
account-follows-asked-next = Нажмите ссылку в нём, и письма будут включены. Без этого ничего не придёт.
account-follows-end = Отписаться
account-follows-ended = Вы больше не подписаны: { $name }.
account-hosting = Разрешить подписываться на меня
account-hosting-hint = Когда вы открываете комнату без пароля, подписчики узнают о ней, не чаще раза в шесть часов. Они видят ваше имя и никогда не видят адреса. Если выключить, подписки всех на вас исчезнут.
account-hosting-followers =
    { $count ->
        [0] На вас никто не подписан.
        [one] На вас подписан { $count } человек.
        [few] На вас подписаны { $count } человека.
       *[many] На вас подписано { $count } человек.
    }
account-notices = Уведомления
account-notices-lede = Комнаты тех, на кого вы подписаны, за последние 90 дней.
account-notices-none = Пока ничего. Когда кто-то, на кого вы подписаны, откроет комнату, это появится здесь.
account-notices-room = Открыта комната: { $name }
account-notices-come-in = Войти
account-notices-over = Комната закрыта
account-notices-new = Новое
account-notices-forget = Забыть все уведомления
account-notices-forgotten = Все уведомления забыты.

## Saved rooms

account-rooms = Сохранённые комнаты
account-rooms-lede = У сохранённой комнаты остаются название и код, где бы вы её ни открыли. Если открывать её в этом браузере, остаётся и ссылка — пока вы не выйдете. Кто слушал и что играло, не хранится.
account-rooms-none = Вы ещё не сохранили ни одной комнаты. Сохраните её ниже и открывайте, когда захотите.
account-rooms-not-in-plan = В вашем тарифе комнаты не сохраняются. Комнаты с новым кодом открываются как всегда.
account-rooms-more = Pro сохраняет комнаты.
account-rooms-more-next = Сохранённые раньше комнаты остаются: они спят и проснутся вместе с Pro.
account-rooms-pricing = Сравнить тарифы
account-room-new = Сохранить комнату
account-room-name = Название
account-room-kind = Для чего
account-room-cast = Трансляция звука этого устройства
account-room-queue = Слушать вместе, с очередью
account-room-code = Код (необязательно)
account-room-code-hint = От 6 до 12 цифр и латинских букв, кроме U. Слова легко угадать: тогда задайте и пароль. Если оставить пустым, код появится сам.
account-room-password = Пароль (необязательно)
account-room-password-hint = Его спросят у тех, кто введёт код.
account-room-password-set = с паролем
account-room-open-now = сейчас открыта
account-room-asleep = спит
account-room-open = Открыть
account-room-rename = Переименовать
account-room-rename-not = Оставить
account-room-renamed = Переименовано.
account-room-delete = Удалить
account-room-deleted = Комната «{ $name }» больше не сохранена.
account-room-save = Сохранить эту комнату
account-room-saved = Комната «{ $name }» сохранена. Её код: { $code }.
