### Политика конфиденциальности, составленная по описи данных. Показывает сервер.

privacy-document-title = Конфиденциальность · Unisono
privacy-link = Конфиденциальность
privacy-title = Что о вас хранится и зачем
privacy-lead = Эта страница составлена по той же описи, по которой работает программа. Чего нет в описи, то не хранится и не отправляется.
privacy-by-someone = За это отвечает тот, кто держит этот сервер. Если вы его не знаете, спросите того, кто дал вам адрес.
privacy-by-host = За это отвечает тот, кто держит { $host }. Если вы его не знаете, спросите того, кто дал вам адрес.
privacy-no-sale = Ничего не продаётся, рекламы нет, профиль на вас не составляется.
privacy-version = Версия
privacy-since = Действует с
privacy-swept = Отслужившее последний раз удалено { $when }.
privacy-nothing-personal = То, что хранится для этого, касается музыки и самой установки и ничего не говорит о вас:
privacy-how-long = Как долго
privacy-why = Основание
privacy-from = Откуда
privacy-seen-by = Кто видит
privacy-where = Где
privacy-given-to = Кому передаётся

privacy-place-server = в базе данных этого сервера
privacy-place-browser = в вашем браузере
privacy-place-cookie = в cookie
privacy-place-log = в журнале этого сервера
privacy-place-memory = только в памяти, без записи

privacy-cookies = Файлы cookie
privacy-cookies-lead = Гости не получают ни одного. Эти ставятся, когда вы входите в учётную запись; они нужны для этого и ни для чего больше.
privacy-browser = Что хранит ваш браузер
privacy-browser-lead = Это остаётся на вашем устройстве, пока вы не удалите данные этого сайта в настройках браузера.
privacy-hosts = К кому обращается сервер
privacy-hosts-lead = Сервер обращается к этим узлам сам, поэтому вашего сетевого адреса они от этого не узнают. Тот, кто держит сервер, может отключить каждый из них указанной рядом настройкой.
privacy-hosts-told = Узнаёт
privacy-hosts-told-nothing = ничего
privacy-country = Страна
privacy-switch = Настройка
privacy-players = Плееры других сервисов
privacy-players-lead = Плеер другого сервиса загружается только после того, как вы нажали его кнопку; тогда ваш браузер сам обращается к этому сервису. Отменить это можно в комнате в любой момент.
privacy-transfers = Некоторые из них находятся не в вашей стране. Тот, кто держит сервер, обязан обеспечить законные гарантии для того, что туда отправляется, или отключить этот узел.

privacy-rights = Ваши права
privacy-rights-lead = Всё это бесплатно. У того, кто держит сервер, есть месяц на ответ.
privacy-right-access = Увидеть, что о вас хранится (GDPR, статья 15).
privacy-right-correction = Исправить это (статья 16).
privacy-right-erasure = Удалить это (статья 17).
privacy-right-restriction = Ограничить использование (статья 18).
privacy-right-portability = Забрать это в виде, понятном программам (статья 20).
privacy-right-objection = Возразить против того, что держится на законном интересе (статья 21).
privacy-right-withdrawal = Отозвать любое своё согласие (статья 7(3)).
privacy-right-complaint = Пожаловаться в орган по защите данных там, где вы живёте (статья 77).
privacy-rights-members = Если у вас есть учётная запись: на её странице можно забрать копию, всё исправить и всё стереть. С остальным обращайтесь к тому, кто держит этот сервер.
privacy-rights-account = Открыть страницу учётной записи
privacy-rights-guests = Если учётной записи нет: ваши данные лежат в этом браузере. Удалите в нём данные этого сайта, и на устройстве их не останется. Комнаты и написанное в них исчезают сами, как сказано выше. С остальным обращайтесь к тому, кто держит этот сервер.

privacy-versions = Все версии
privacy-versions-lead = Что изменилось с каждой версией, словами описи, по которой работает программа.
privacy-versions-added = Появилось
privacy-versions-removed = Исчезло
privacy-versions-wording = Изменились только формулировки.

privacy-purpose-listening-together = Слушать вместе
privacy-purpose-finding-music = Находить музыку на других сервисах
privacy-purpose-account = Ваша учётная запись
privacy-purpose-security = Не пускать чужих и сдерживать злоупотребления
privacy-purpose-preferences = Показывать страницы так, как вам удобно
privacy-purpose-history = Снова найти то, что вы смотрели
privacy-purpose-notices = Сообщать то, о чём вы просили
privacy-purpose-rights = Выполнять то, на что вы имеете право по закону
privacy-purpose-operation = Работа этого сервера

privacy-category-technical = Технические данные
privacy-category-room = Как и когда используется комната
privacy-category-credential = То, что открывает комнату или учётную запись
privacy-category-chosen-name = Имя, которое вы выбрали
privacy-category-message = Что вы пишете другим
privacy-category-connection = Как устройства находят друг друга
privacy-category-preference = Ваши предпочтения
privacy-category-contact = Ваш адрес электронной почты
privacy-category-profile = Что вы показываете о себе
privacy-category-identity = Кто вы на другом сервисе
privacy-category-activity = Что было сделано, когда и на каком виде устройства
privacy-category-choice = На что вы согласились или от чего отказались
privacy-category-account = Номер, ранг и даты вашей учётной записи

privacy-basis-none = не нужно: это не личные данные
privacy-basis-contract = услуга, о которой вы попросили (GDPR, статья 6(1)(b))
privacy-basis-legitimate-interest = законный интерес: безопасность сервера (GDPR, статья 6(1)(f))
privacy-basis-consent = ваше согласие (GDPR, статья 6(1)(a))
privacy-basis-legal-obligation = обязанность по закону (GDPR, статья 6(1)(c))

privacy-source-provided = от вас
privacy-source-observed = из того, как вы пользуетесь сервером
privacy-source-derived = вычислено из других данных
privacy-source-generated = создано сервером: случайно или по счёту
privacy-source-received = от другого сервиса по вашей просьбе

privacy-retention-room = пока комната не закрыта
privacy-retention-room-and-24h = ещё сутки после закрытия комнаты
privacy-retention-room-at-most-24h = пока комната не закрыта, не дольше суток
privacy-retention-unopened-at-most-1y = год после того, как страницу открывали в последний раз
privacy-retention-installation = пока существует этот сервер
privacy-retention-logs-at-most-30d = не дольше 30 дней
privacy-retention-membership = пока вы в комнате
privacy-retention-hand-over = лишь на мгновение
privacy-retention-24h = не дольше суток
privacy-retention-tab = пока открыта вкладка
privacy-retention-until-cleared = пока вы сами не удалите
privacy-retention-release = до следующего выпуска программы
privacy-retention-account = пока есть учётная запись или пока вы не удалите
privacy-retention-step-at-most-24h = пока не завершён начатый шаг, не дольше суток
privacy-retention-session-at-most-30d = пока вы не выйдете, не дольше 30 дней
privacy-retention-sent-at-most-7d = до отправки, не дольше семи дней
privacy-retention-answered-at-most-90d = ещё 90 дней после ответа
privacy-retention-90d = 90 дней
privacy-retention-choice-at-most-account = сколько вы выбрали, не дольше самой учётной записи
privacy-retention-connection-at-most-account = пока вы не отключите другой сервис, не дольше самой учётной записи

privacy-visibility-self = вы
privacy-visibility-room = люди в комнате
privacy-visibility-public = все
privacy-visibility-operator = тот, кто держит этот сервер
privacy-visibility-operator-with-grant = тот, кто держит этот сервер, если вы разрешили
privacy-visibility-never = никто: этим пользуется только программа

privacy-recipient-mail-server = почтовому серверу, через который идут письма

privacy-field-title = название
privacy-field-artist = исполнитель
privacy-field-album = альбом
privacy-field-isrc = номер записи (ISRC)
privacy-field-barcode = штрихкод альбома
privacy-field-id = номер произведения там
privacy-field-short-link = короткая ссылка
privacy-field-picture = адрес картинки
privacy-field-operator-key = собственный ключ этого сервера там
privacy-field-operator-contact = контакт того, кто держит этот сервер
privacy-field-sign-in-code = код, с которым вы вернулись после входа там
privacy-field-upstream-token = разрешение, которое вы дали там
privacy-field-email-address = ваш адрес электронной почты
privacy-field-letter = письмо вам
privacy-field-network-address = ваш сетевой адрес
privacy-field-browser = название и версия вашего браузера
privacy-field-site-origin = адрес этого сайта
privacy-field-account = ваша учётная запись там
privacy-field-recording = запись
privacy-field-playing = когда вы включаете, останавливаете и перематываете
privacy-field-video = видео

privacy-country-ae = Объединённые Арабские Эмираты
privacy-country-de = Германия
privacy-country-fr = Франция
privacy-country-no = Норвегия
privacy-country-ru = Россия
privacy-country-se = Швеция
privacy-country-us = США
privacy-country-zz = там, где стоит почтовый сервер этой установки
