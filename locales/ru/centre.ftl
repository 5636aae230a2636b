### Страница личных данных: что хранится о том, кто спрашивает, и что он может с этим сделать. Показывает сервер.

centre-document-title = Ваши данные · Unisono
centre-link = Ваши данные
centre-title = Ваши данные
centre-lead = Всё, что о вас здесь хранится, с самими значениями и причиной, и что вы можете с этим сделать. Чем бы вы ни воспользовались, ваши возможности здесь от этого не меняются.
centre-policy = Что хранится вообще и зачем
centre-member = Вы вошли как
centre-guest = Вы не вошли. Если учётной записи нет, ваши данные лежат в этом браузере и в комнатах, где он был.
centre-sign-in = Войти
centre-back = Назад к вашим данным
centre-typed = Назад к форме: введённое на месте
centre-yes = да
centre-no = нет
centre-picture = Картинка

centre-done-stayed = Вы остаётесь. Ничего не стёрто.
centre-done-planned = Всё будет стёрто через семь дней. До тех пор это можно отменить здесь.
centre-done-erased = Стёрто.
centre-done-corrected = Исправлено.
centre-done-restricted = С этой минуты ваши данные только хранятся и ни для чего не используются.
centre-done-lifted = Ваши данные снова используются, как раньше.
centre-done-objected = Ваше возражение действует.
centre-done-withdrawn = Возражение отозвано.
centre-done-allowed = Вы разрешили.
centre-done-refused = Вы отказали.
centre-done-asked = Запрос принят. Если у вас есть учётная запись, ниже указан день, до которого на него должны ответить; если нет, ответ придёт письмом.
centre-done-granted = Доступ дан. Каждый просмотр виден ниже, отозвать доступ можно в любой момент.
centre-done-revoked = Доступ отозван. Больше никто ничего не увидит.

centre-held = Что о вас хранится
centre-held-lead = Имена, набранные этим шрифтом, — те же, что в копии, которую можно забрать.
centre-held-why = Для чего
centre-held-since = С какого дня
centre-held-count = { $count ->
    [one] { $count } значение
    [few] { $count } значения
   *[other] { $count } значений
}
centre-held-more = { $count ->
    [one] Ещё { $count } строка — в копии.
    [few] Ещё { $count } строки — в копии.
   *[other] Ещё { $count } строк — в копии.
}
centre-nobody-else = больше никому
centre-put-right = Исправить
centre-erase-one = Стереть это
centre-erase-kind = Стереть всё такое
centre-hidden = Что хранится и не показывается
centre-hidden-lead = Это нужно, чтобы узнать вас, и не показывается никому. Стирается вместе со всем остальным.
centre-hidden-hashed = хранится только отпечаток ({ $kind })
centre-hidden-sealed = зашифровано
centre-hidden-plain = используется только внутри программы

centre-code = Код из письма
centre-code-send = Прислать мне код, чтобы подтвердить, что это я
centre-password = Ваш пароль: подтвердите, что это вы
centre-proof-elsewhere = У вас нет пароля. Подтвердите на странице учётной записи, что это вы, и вернитесь сюда:

centre-copy = Забрать копию
centre-copy-lead = Один архив ZIP, в котором всё: строки JSON, их схема, картинки и страница для чтения.
centre-copy-take = Скачать копию
centre-copy-made = Копия сделана { $moment }.
centre-copy-files = Для программ то же самое лежит в папке «data» под именами, набранными моноширинным шрифтом; что есть в каждой строке, сказано в «schema.json».

centre-correct = Исправить
centre-correct-lead = Картинку, адрес почты и способы входа меняют на странице учётной записи:
centre-user-name = Имя
centre-country = Страна двумя буквами; пусто, если не хотите говорить
centre-language-none = Как в браузере
centre-history = Ссылки, которые вы смотрели, хранятся
centre-history-off = не хранятся
centre-history-days = { $days } дн.
centre-history-account = пока есть учётная запись
centre-correct-save = Сохранить

centre-restrict = Ограничить использование
centre-restrict-lead = Всё останется на месте, но ни для чего не будет использоваться: ни новостей по почте, ни запоминания ссылок, ни ваших комнат в общем списке. Письма, которые защищают учётную запись, приходить будут.
centre-restrict-is-on = Ваши данные хранятся и ни для чего не используются. Письма, которые защищают учётную запись, приходят.
centre-restrict-do = Ограничить использование моих данных
centre-restrict-lift = Снять ограничение

centre-object = Возразить
centre-object-lead = Здесь вместо вашего согласия — законный интерес. Против каждого пункта можно возразить в любое время.
centre-object-ends = Это прекратится сразу, а накопленное будет стёрто.
centre-object-asks = Это часть защиты сервера, и само оно прекратиться не может: тот, кто держит сервер, обязан взвесить ваше возражение и ответить вам.
centre-object-since = Вы возражаете с { $day }.
centre-object-do = Возразить
centre-object-undo = Отозвать возражение
centre-object-history-again = Отозвать возражение и хранить ссылки 30 дней

centre-consents = Согласия
centre-consents-lead = Плееры других сервисов. Ваш выбор действует сразу и на всех устройствах, где вы вошли. Даже разрешённый плеер загружается, только когда вы нажмёте его кнопку в комнате.
centre-consent-allow = Разрешить
centre-consent-refuse = Отказать
centre-consent-is-open = Вы ещё не выбрали. Каждое устройство спрашивает.
centre-consent-is-given = Разрешено. Каждое устройство всё равно спрашивает.
centre-consent-is-refused = Отказано. Нигде не загружается.
centre-consent-given = Разрешено { $day }
centre-consent-refused = Отказано { $day }
centre-player-refused = Вы отказали этому плееру на странице своих данных.

centre-grants = Доступ для поддержки
centre-grants-lead = Тот, кто держит этот сервер, не видит ничего из этого, пока вы не разрешите: один вид данных, самое большее на сутки. Каждый просмотр записывается до того, как что-либо показано, и виден здесь 90 дней.
centre-grant-given = Дан (UTC)
centre-grant-ends = Кончается (UTC)
centre-grant-running = сейчас можно смотреть
centre-grant-revoked = отозван: { $moment }
centre-grant-over = закончился
centre-grant-no-looks = Никто не смотрел.
centre-grant-looks = Просмотры (UTC)
centre-grant-operator = оператор
centre-grant-revoke = Отозвать сейчас
centre-grant-what = Что можно увидеть
centre-grant-how-long = На какое время
centre-grant-hours = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[other] { $count } часов
}
centre-grant-give = Разрешить
centre-grant-columns = Что показывает каждый вид
centre-scope-profile = Профиль и настройки
centre-scope-sign-ins = Где вы входили и что было с учётной записью
centre-scope-rooms = Комнаты, которые вы открыли или сохранили, без кодов
centre-scope-history = Ссылки, которые вы смотрели
centre-scope-notices = Можно ли на вас подписаться и что вам сообщали
centre-scope-plan = Ваш тариф и платежи

centre-events = Что происходило
centre-events-lead = Что было с вашей учётной записью за последние 90 дней
centre-event-signed-in = Вход
centre-event-signed-in-on-new-device = Вход на новом устройстве
centre-event-sessions-ended = Другие браузеры вышли
centre-event-password-changed = Задан пароль
centre-event-password-removed = Пароль удалён
centre-event-passkey-added = Добавлен ключ доступа
centre-event-passkey-removed = Ключ доступа удалён
centre-event-totp-added = Включён второй фактор
centre-event-totp-removed = Второй фактор удалён
centre-event-recovery-codes-made = Созданы новые резервные коды
centre-event-recovery-code-used = Использован резервный код
centre-event-email-changed = Изменён адрес почты
centre-event-upstream-linked = Сервис привязан
centre-event-upstream-removed = Сервис отвязан
centre-event-copy-taken = Забрана копия
centre-event-restricted = Использование данных ограничено
centre-event-restriction-lifted = Ограничение использования данных снято
centre-event-erasure-planned = Запланировано удаление учётной записи
centre-event-erasure-taken-back = Удаление учётной записи отменено

centre-browser = Что хранит этот браузер
centre-browser-lead = Это остаётся на этом устройстве. Кто им пользуется, может это увидеть и удалить.
centre-browser-no-script = Без скриптов эта страница не может заглянуть в браузер. Эти имена можно найти в его настройках, среди данных этого сайта, и там же удалить.
centre-browser-none = Сейчас здесь ничего нет.
centre-browser-there = Здесь что-то есть, но прочитать это может только браузер.
centre-browser-cleared = Удалено.
centre-browser-clear = Удалить
centre-browser-clear-all = Удалить всё это

centre-rooms = Что комнаты хранят об этом браузере
centre-rooms-lead = В каждой комнате у этого браузера свой ключ. По этим ключам здесь можно увидеть, что комнаты хранят о вас без учётной записи, забрать это и стереть. Комнаты, открытые этим браузером, при этом закроются.
centre-rooms-no-script = Эти ключи лежат в вашем браузере, и прочитать их там могут только скрипты. Без скриптов отправьте запрос ниже или подождите: комнаты исчезают сами через 12 часов после того, как ими пользовались.
centre-rooms-show = Показать
centre-rooms-erase = Стереть сейчас
centre-rooms-none = Ни одна комната ничего не хранит об этом браузере.
centre-rooms-failed = Не получилось. Попробуйте через минуту.
centre-rooms-erased = Стёрто. Квитанция:

centre-requests = Запросы
centre-requests-lead = Обо всём, чего нельзя сделать на этой странице, попросите того, кто держит сервер. Ответить он обязан в течение 30 дней и бесплатно. Если учётную запись завёл или что-то написал здесь ребёнок младше допустимого возраста, сообщите об этом: такое рассматривается первым.
centre-request-asked = Отправлен
centre-request-due = Ответить должны до
centre-request-standing = Состояние
centre-request-waits = ждёт ответа
centre-request-soon = скоро должны ответить
centre-request-late = просрочен; можно пожаловаться, см. ниже
centre-request-answered = ответ дан { $day }
centre-ask-kind = Что вы хотите
centre-ask-message = О чём речь, своими словами
centre-ask-email = Куда ответить (ваш адрес почты)
centre-ask-send = Отправить запрос
centre-ask-code-lead = Вам отправлен код. Запрос начнёт действовать, когда вы введёте его здесь.
centre-ask-confirm = Подтвердить
centre-ask-no-mail = Этот сервер не отправляет почту и не может ответить письмом. Обратитесь к тому, кто его держит; если не знаете его, спросите того, кто дал вам адрес.
centre-kind-access = Увидеть, что обо мне хранится
centre-kind-correction = Исправить что-то
centre-kind-erasure = Стереть что-то
centre-kind-restriction = Ограничить использование чего-то
centre-kind-portability = Забрать что-то с собой
centre-kind-objection = Возразить против использования
centre-kind-review = Чтобы решение программы посмотрел человек
centre-kind-child = Сообщить об учётной записи или словах ребёнка
centre-kind-other = Другое о моих данных

centre-leave = Уйти
centre-leave-lead = Учётная запись исчезнет со всем, что в ней есть на этом сервере, и вернуть её не сможет никто; из резервной копии отдельная запись не восстанавливается никогда. Комнаты других людей останутся целы, но без вас. Объяснять причину не нужно.
centre-leave-type = Введите «{ $kind }», чтобы это не было случайностью
centre-leave-word = стереть
centre-leave-now = Стереть всё сейчас
centre-leave-later = Стереть всё через семь дней
centre-leave-planned = Всё будет стёрто { $day }.
centre-leave-stay = Всё-таки остаться
centre-gone = Всё ваше стёрто.
centre-gone-lead = Больше ничто здесь не говорит, что вы тут были. Если у вас был адрес почты, туда придёт квитанция, после чего исчезнет и адрес.
centre-gone-receipt = Квитанция
centre-gone-counts = Сколько строк стёрто

centre-complain = Пожаловаться
centre-complain-lead = Если вы считаете, что с вашими данными обходятся неправильно, вы можете пожаловаться в орган по защите данных там, где живёте или работаете, или там, где, по-вашему, нарушен закон.
centre-complain-list = Органы по защите данных в Европе
centre-complain-authority = Орган, который отвечает за того, кто держит этот сервер

centre-policy-says-more = Политика конфиденциальности изменилась { $day }. Хранится или передаётся больше, чем раньше, для целей: { $purposes }.

centre-bring = Принести копию с собой
centre-bring-lead = У вас есть копия с другого сервера Unisono? Имя, язык, страна, тема, картинка и сохранённые комнаты переносятся сюда, а из истории — то, что здесь есть. Сохранённые комнаты получают новые коды. Способы входа, тарифы, согласия и всё чужое остаются там. Если принять ту же копию ещё раз, ничего не добавится.
centre-bring-file = Копия в том виде, в каком вы её скачали (ZIP, не больше 16 МБ)
centre-bring-do = Принять
centre-bring-done = Ваша копия принята.
centre-bring-counts = Значений профиля: { $settings }. Сохранённых комнат: { $rooms }. Страниц истории: { $pages }. Пропущено, потому что уже есть здесь или не может здесь быть: { $others }.
centre-bring-refused = Ничего не принято.
centre-bring-no-copy = Этот файл — не копия Unisono. Выберите ZIP-файл в том виде, в каком вы его скачали.
centre-bring-not-whole = Копия неполная: часть её отсутствует или изменена. Скачайте её ещё раз или выберите исходный файл.
centre-bring-too-large = Файл разворачивается в больший объём, чем бывает у копий. Выберите ZIP-файл в том виде, в каком вы его скачали.
centre-bring-other-form = Копия сделана другой версией Unisono, и эта версия не может её прочитать. Попросите того, кто держит этот сервер, обновить его.
centre-bring-bad-picture = Картинку из копии не удалось прочитать. Скачайте копию ещё раз.
centre-bring-bad-line = Строка { $line } таблицы «{ $table }» в копии не соответствует её схеме. Скачайте копию ещё раз.
