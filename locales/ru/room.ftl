### Страница Room: люди вместе слушают одну очередь.

room-document-title = { $title } · { $code } · Unisono
room-untitled = Комната
room-opening = Открываем комнату
room-entering = Входим
room-alone = Сервер недоступен.
room-alone-next = Музыка играет дальше. Ваши действия дойдут, когда сервер вернётся.
room-back = Сервер снова на связи.
room-parts = Части комнаты
room-nobody = Пока здесь больше никого. Покажите код.
room-cast = Передать сюда звук этого устройства
room-leave = Выйти из комнаты
room-menu = Настройки комнаты
room-key-play = Играть или пауза
room-key-add = К полю для песен

## Что играет

room-stage = Сейчас играет
room-nothing-on = Ничего не играет.
room-nothing-on-add = Добавьте песню или включите пробный фрагмент.
room-nothing-on-play = Нажмите «Играть»: очередь готова.
room-added-by = Добавлено: { $name }
room-phase-preparing = ждём готовности всех
room-phase-paused = пауза
room-phase-empty = пауза, пока никого не было
room-phase-waiting = ждём отставших
room-position = Позиция
room-duration = { $minutes } мин { $seconds } с
room-listen = Слушать
room-silence = Не слушать здесь
room-play = Играть
room-pause = Пауза
room-skip = Дальше
room-previous = Назад
room-vote-skip = За пропуск ({ $votes } из { $needed })
room-vote-skip-done = Вы за то, чтобы пропустить.
room-skip-votes = За пропуск: { $votes } из { $needed }

## В такт

room-sync = В такт с комнатой (± { $ms } мс)
room-sync-within = В такт с комнатой, в пределах { $seconds } с
room-sync-measuring = Измеряем точность
room-sync-stale = Было в такт; часы комнаты сейчас недоступны
room-sync-idle = Готово. Вы услышите следующее.
room-sync-silent = Это устройство молчит.
room-sync-loading = Загрузка
room-file-asking = Ищем, у кого здесь есть этот файл
room-file-waiting = Сначала файл получат другие
room-file-coming = Файл идёт: { $percent } %
room-file-nobody = Сейчас ни у кого здесь нет этого файла. Будем спрашивать снова.
room-file-wrong = Пришёл другой файл. Пусть тот, у кого он есть, добавит его заново.
room-sync-waiting = Готово
room-sync-stalled = Ждём продолжения звука
room-sync-no-source = У вас этого нет: устройству не из чего это играть.
room-fault-format = Браузер не играет этот формат.
room-fault-network = Звук не дошёл. Пробуем снова.
room-fault-not-allowed = Тот сайт не отдаёт свой звук другим, или это не звук.
room-fault-gone = Этого там больше нет.
room-fault-too-long = Слишком длинно для этого устройства.
room-fault-tap = Браузер ждёт нажатия: нажмите «Слушать».
room-sound = Звук на этом устройстве
room-nudge-none = Сдвиг: вместе с комнатой
room-nudge-later = Сдвиг: на { $ms } мс позже
room-nudge-earlier = Сдвиг: на { $ms } мс раньше
room-nudge-hint = Колонки по Bluetooth часто отстают на 100–250 мс: выберите «раньше». Хранится на этом устройстве.

## Очередь

room-queue =
    { $count ->
        [0] Дальше
        [one] Дальше: { $count } песня
        [few] Дальше: { $count } песни
        [many] Дальше: { $count } песен
       *[other] Дальше: { $count } песни
    }
room-queue-empty = Очередь пуста. Вставьте ссылку, выберите файл или включите пробный фрагмент.
room-queue-empty-listen = Очередь пуста. Песни добавят те, кому можно.
room-source-file = Файл кого-то из присутствующих
room-source-demo = Пробный фрагмент
room-not-yours = У вас этого нет: послушайте в чьей-нибудь трансляции или пропустите.
room-not-on = Нет на { $service }: играет с { $other }
room-vote =
    { $votes ->
        [0] Голос за «{ $title }», пока без голосов
        [one] Голос за «{ $title }», { $votes } голос
        [few] Голос за «{ $title }», { $votes } голоса
        [many] Голос за «{ $title }», { $votes } голосов
       *[other] Голос за «{ $title }», { $votes } голоса
    }
room-vote-short = Голосовать
room-voted = Вы за «{ $title }».
room-unvoted = Ваш голос за «{ $title }» снят.
room-more = Ещё для «{ $title }»
room-more-short = Ещё
room-play-now = Играть сейчас
room-play-next = Сделать следующей
room-up = Выше
room-down = Ниже
room-remove = Убрать
room-removed = Убрано: «{ $title }».
room-moved = Перемещено.
room-moved-up = Выше: «{ $title }».
room-moved-down = Ниже: «{ $title }».
room-moved-next = Следующей сыграет «{ $title }».
room-shuffle = Перемешать очередь
room-shuffled = Очередь перемешана.
room-clear = Очистить очередь
room-cleared = Очередь теперь пуста.
room-undo = Вернуть
room-undone = Возвращено.
room-suggestions =
    { $count ->
        [one] { $count } предложение
        [few] { $count } предложения
        [many] { $count } предложений
       *[other] { $count } предложения
    }
room-approve = Принять «{ $title }»
room-refuse = Отклонить «{ $title }»
room-take-back = Забрать «{ $title }»
room-approved = Принято: «{ $title }».
room-refused = Не принято: «{ $title }».

## Что играло

room-played =
    { $count ->
        [one] Уже играло: { $count } песня
        [few] Уже играло: { $count } песни
        [many] Уже играло: { $count } песен
       *[other] Уже играло: { $count } песни
    }
room-played-search = Поиск среди того, что играло
room-played-found =
    { $count ->
        [one] Нашлась { $count } песня из тех, что играли.
        [few] Нашлись { $count } песни из тех, что играли.
        [many] Нашлось { $count } песен из тех, что играли.
       *[other] Нашлось { $count } песни из тех, что играли.
    }
room-played-not-found = Ничего похожего не играло. Попробуйте другие слова.
room-played-add = Добавить «{ $title }» ещё раз
room-played-suggest = Предложить «{ $title }» ещё раз

## Добавление

room-add = Добавить песни
room-add-go = Добавить
room-suggest = Предложить песню
room-suggest-go = Предложить
room-add-file = Ваш файл
room-add-looking = Узнаём, что это
room-add-reading = Ищем песни из «{ $title }»: { $done } из { $total }
room-add-stop = Остановить
room-add-adding = Добавляем
room-add-done =
    { $count ->
        [one] Добавлено: «{ $title }».
        [few] Добавлено { $count } песни из «{ $title }».
        [many] Добавлено { $count } песен из «{ $title }».
       *[other] Добавлено { $count } песни из «{ $title }».
    }
room-add-suggested =
    { $count ->
        [one] Предложено: «{ $title }». Решать не вам одному.
        [few] Предложено { $count } песни из «{ $title }». О каждой решат отдельно.
        [many] Предложено { $count } песен из «{ $title }». О каждой решат отдельно.
       *[other] Предложено { $count } песни из «{ $title }». О каждой решат отдельно.
    }
room-add-done-files =
    { $count ->
        [one] Добавлена { $count } песня.
        [few] Добавлено { $count } песни.
        [many] Добавлено { $count } песен.
       *[other] Добавлено { $count } песни.
    }
room-add-suggested-files =
    { $count ->
        [one] Предложена { $count } песня. Решать не вам одному.
        [few] Предложено { $count } песни. О каждой решат отдельно.
        [many] Предложено { $count } песен. О каждой решат отдельно.
       *[other] Предложено { $count } песни. О каждой решат отдельно.
    }
room-add-unfound =
    { $count ->
        [one] { $count } песня оттуда нигде больше не нашлась. В плейлисте ищутся первые 100.
        [few] { $count } песни оттуда нигде больше не нашлись. В плейлисте ищутся первые 100.
        [many] { $count } песен оттуда нигде больше не нашлось. В плейлисте ищутся первые 100.
       *[other] { $count } песни оттуда нигде больше не нашлись. В плейлисте ищутся первые 100.
    }
room-add-kept-out =
    { $count ->
        [one] { $count } не вошла: она уже здесь или длиннее, чем можно в этой комнате.
        [few] { $count } не вошли: они уже здесь или длиннее, чем можно в этой комнате.
        [many] { $count } не вошло: они уже здесь или длиннее, чем можно в этой комнате.
       *[other] { $count } не вошли: они уже здесь или длиннее, чем можно в этой комнате.
    }
room-add-nothing = Введите название, вставьте ссылку из музыкального сервиса или https-адрес звукового файла.
room-add-words = Ничего похожего в сервисах нет. Попробуйте другие слова или вставьте ссылку.
room-add-insecure = Здесь играют только адреса, которые начинаются с https://.
room-add-secret = В этом адресе есть имя или пароль: их увидели бы все в комнате. Уберите их из адреса.
room-add-long = Этот адрес слишком длинный.
room-add-album = Это альбом. Вставьте песню из него или плейлист.
room-add-artist = Это исполнитель. Вставьте его песню или плейлист.
room-add-empty = Ни одной песни этого плейлиста не нашлось в других сервисах. Вставьте песни по одной.
room-add-address = { $host } — не музыкальный сервис из известных нам.
room-add-address-next = Если это звуковой файл, браузер каждого слушателя обратится прямо к тому серверу, и тот увидит сетевые адреса.
room-add-address-go = Добавить как звук
room-add-unanswered = Ссылка осталась без ответа.
room-add-unanswered-next = Нет связи у устройства или у сервера, либо она очень медленная. Вставленное осталось в поле.

## Чат

room-tab-queue =
    { $count ->
        [0] Очередь
       *[other] Очередь { $count }
    }
room-tab-chat = Чат
room-tab-people = Люди { $count }
room-tab-vibe = Настрой
room-chat = Чат
room-chat-empty = Пока никто ничего не сказал.
room-chat-field = Ваше сообщение
room-chat-placeholder = Скажите что-нибудь
room-chat-send = Отправить
room-chat-wait = { $seconds } с
room-chat-slow =
    { $seconds ->
        [one] Медленный режим: по сообщению в { $seconds } с от каждого.
        [few] Медленный режим: по сообщению в { $seconds } с от каждого.
        [many] Медленный режим: по сообщению в { $seconds } с от каждого.
       *[other] Медленный режим: по сообщению в { $seconds } с от каждого.
    }
room-chat-not = Здесь можно читать. Чтобы писать, спросите ведущего.
room-unsay = Забрать свои слова
room-unsay-other = Убрать это сообщение
room-unsaid = Сообщения больше нет.
room-reactions = Реакции
room-reaction-heart = Сердце
room-reaction-fire = Огонь
room-reaction-clap = Аплодисменты
room-reaction-laugh = Смех
room-reaction-wow = Удивление
room-reaction-sad = Грусть
room-reaction-up = Нравится
room-reaction-down = Не нравится

## Люди

room-form-phone = Телефон
room-form-tablet = Планшет
room-form-computer = Компьютер
room-form-speaker = Колонка
room-form-unknown = Устройство
room-person-gone = Кто-то, кто уже вышел
room-you = (вы)
room-rank-guest = Гость
room-rank-listener = Слушатель
room-rank-dj = Диджей
room-rank-moderator = Модератор
room-rank-host = Ведущий
room-rank-owner = Хозяин
room-rank-of = Роль: { $name }
room-plays = Слушает
room-plays-nothing = Не слушает
room-plays-within = ± { $ms } мс
room-people-away =
    { $count ->
        [one] { $count } человек ненадолго отошёл.
        [few] { $count } человека ненадолго отошли.
        [many] { $count } человек ненадолго отошли.
       *[other] { $count } человека ненадолго отошли.
    }
room-people-alone = Вы здесь одни. Поделитесь кодом, и остальные появятся в этом списке.
room-person-change = Изменить
room-granted = { $name } — теперь { $rank }.
room-kick = Выпроводить
room-kicked-done = { $name }: выход на десять минут.
room-ban = Запретить вход
room-banned-done = { $name }: вход закрыт.
room-transfer = Отдать комнату
room-transferred = Теперь хозяин комнаты — { $name }.
room-name = Ваше имя здесь
room-name-hint = Необязательно. Его видят все в комнате.
room-name-send = Назваться

## Настрой

room-vibe = Движется вместе с музыкой.
room-vibe-still = Неподвижно: здесь не играет ничего, что можно показать.
room-vibe-calm = Неподвижно: устройство просит меньше движения.

## Новости

room-news-came = { $name } теперь здесь.
room-news-left = { $name } больше не здесь.
room-news-now = Сейчас: «{ $title }».
room-news-paused = Пауза: { $name }.
room-news-played = Продолжает { $name }.
room-news-added =
    { $count ->
        [one] { $name } добавляет «{ $title }».
        [few] { $name } добавляет { $count } песни.
        [many] { $name } добавляет { $count } песен.
       *[other] { $name } добавляет { $count } песни.
    }
room-news-too-long = { $title } убрано: это длиннее, чем разрешено в комнате.
room-news-removed =
    { $count ->
        [one] { $name } убирает песню.
        [few] { $name } убирает { $count } песни.
        [many] { $name } убирает { $count } песен.
       *[other] { $name } убирает { $count } песни.
    }
room-news-suggested = { $name } предлагает «{ $title }».
room-news-cast = Началась живая трансляция.
room-news-cast-over = Живая трансляция закончилась.
room-news-skip = За пропуск: { $votes } из { $needed }.

## Поделиться

room-share = Поделиться комнатой
room-qr = QR-код, который открывает эту комнату
room-share-how = Сканируйте картинку или введите код на
room-share-locked = Комната закрыта: войти можно только по приглашению.
room-share-password = Кроме кода нужен и пароль.
room-copy-link = Скопировать ссылку
room-share-button = Поделиться
room-directory = Другие открытые комнаты

## Управление комнатой

room-title = Название комнаты
room-title-set = Задать
room-settings-changed = Изменено для всех.
room-preset = Начать с набора правил
room-preset-hint = Задаёт заново всё, что ниже.
room-preset-party = Вечеринка
room-preset-radio = Радио
room-preset-classroom = Класс
room-mode = Что играет следующим
room-mode-fifo = По порядку списка
room-mode-votes = Сначала больше голосов
room-mode-turns = По очереди от каждого
room-mode-curated = Гости предлагают, кто-то одобряет
room-repeat = В конце
room-repeat-none = К следующей песне
room-repeat-one = Повторять эту песню
room-repeat-all = Повторять всю очередь
room-wait = Перед началом песни
room-wait-soft = Ждать всех до 3 с
room-wait-strict = Ждать всех, и опоздавших тоже
room-wait-never = Никого не ждать
room-when-empty = Когда никого нет
room-when-empty-freeze = Остановиться
room-when-empty-run = Играть дальше
room-skip-percent = Голосов для пропуска
room-per-person = Песен от одного человека в очереди
room-per-person-count =
    { $count ->
        [one] { $count } песня
        [few] { $count } песни
        [many] { $count } песен
       *[other] { $count } песни
    }
room-longest = Самая длинная песня
room-longest-minutes =
    { $minutes ->
        [one] { $minutes } минута
        [few] { $minutes } минуты
        [many] { $minutes } минут
       *[other] { $minutes } минуты
    }
room-slow = Медленный режим чата
room-slow-off = Выключен
room-slow-seconds = Сообщение в { $seconds } с
room-guests-may = Гостям можно
room-grant-add = Добавлять песни
room-grant-suggest = Предлагать песни
room-grant-vote = Голосовать за песни
room-grant-vote-skip = Голосовать за пропуск
room-grant-chat = Писать в чат
room-grant-react = Реагировать
room-grant-control = Играть, ставить на паузу, перематывать
room-grant-skip = Пропускать и выбирать, что играет
room-lock = Закрыть комнату
room-lock-hint = Новые входят только по приглашению.
room-duplicates = Разрешить повторы
room-duplicates-hint = Иначе то, что уже есть в очереди, не добавится ещё раз.
room-listed = Показать в общем списке
room-listed-hint = Её сможет найти любой на этом сервере.
room-invites = Приглашения
room-invites-hint = Ссылка, по которой входят даже в закрытую комнату и сразу получают роль.
room-invite-rank = Они станут
room-invite-uses = Для скольких
room-invite-people =
    { $count ->
        [one] { $count } человек
        [few] { $count } человека
        [many] { $count } человек
       *[other] { $count } человека
    }
room-invite-time = На сколько
room-hours =
    { $count ->
        [one] { $count } час
        [few] { $count } часа
        [many] { $count } часов
       *[other] { $count } часа
    }
room-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дня
        [many] { $count } дней
       *[other] { $count } дня
    }
room-invite-make = Создать приглашение
room-invited = Приглашение готово.
room-invite-made = Эта ссылка показана один раз. Скопируйте её сейчас.
room-invite-qr = QR-код приглашения
room-invite-left =
    { $count ->
        [one] остался { $count } вход
        [few] осталось { $count } входа
        [many] осталось { $count } входов
       *[other] осталось { $count } входа
    }
room-invite-until = до { $time }
room-invite-revoke = Отменить
room-invite-revoked = Приглашение больше не действует.
room-export = Сохранить список песен
room-banned-count =
    { $count ->
        [0] Вход никому не закрыт.
        [one] Вход закрыт для { $count } человека.
        [few] Вход закрыт для { $count } человек.
        [many] Вход закрыт для { $count } человек.
       *[other] Вход закрыт для { $count } человека.
    }
room-sent-away = Кому закрыт вход
room-kicked-how = Кого попросили выйти, тот не войдёт десять минут.
room-pardon = Снова пустить всех
room-pardoned = Войти снова могут все.
room-end = Закрыть комнату навсегда
room-end-ask = Закрыть комнату для всех навсегда?
room-end-ask-next = Музыка остановится, и код больше никуда не приведёт.
room-end-no = Оставить
room-end-yes = Закрыть

## Когда не выходит

room-reject-stale = Кто-то успел раньше: в комнате уже иначе. Посмотрите ещё раз.
room-reject-forbidden = Здесь вам это нельзя. Спросите ведущего.
room-reject-limit = Это больше, чем комната принимает. Дождитесь, пока песни сыграют, или спросите ведущего.
room-reject-wait = Не так быстро. Повторите через { $seconds } с.
room-reject-invalid = Комната не смогла этого сделать. Если повторится, обновите страницу.
room-reject-duplicate = Это уже есть в очереди. Ведущий может разрешить повторы в настройках комнаты.
room-reject-ended = Комната закрыта.
room-reject-banned = Вход в эту комнату вам закрыт.
room-reject-unanswered = Сервер не ответил. Повторите, когда он вернётся.
room-locked = Комната закрыта.
room-locked-next = Новые люди входят только по приглашению. Попросите его у ведущего и откройте ссылку.
room-left = Вы вышли из комнаты.
room-left-next = Она живёт дальше. Её код по-прежнему работает.
room-kicked = Вас выпроводили.
room-kicked-next = Вернуться можно через десять минут. Если это ошибка, спросите ведущего.
room-banned = Вход в эту комнату вам закрыт.
room-banned-next = Изменить это может только ведущий. Можно открыть свою комнату.
room-ended = Комната закрыта.
room-ended-next = Её код больше никуда не ведёт. Можно открыть другую.
room-expired = Комнату закрыли: в ней долго никого не было.
room-return = Вернуться
room-home = На первую страницу

## Поиск и пробные фрагменты

room-add-hint = Слова для поиска, ссылка на музыку, плейлист или адрес звукового файла.
room-add-choice = Какая?
room-reject-server = Сервер сбился, и ничего не изменилось. Попробуйте снова.
loop-tide = Прилив
loop-clockwork = Часовой механизм
loop-lantern = Фонарь
loop-metronome = Метроном
room-add-demo = Пробный фрагмент
room-add-hashing = Читаем «{ $title }»: { $percent } %
room-add-file-large = Этот файл больше 512 МиБ. Выберите поменьше.
room-add-file-many = Файлов больше { $most }, а больше в очередь не войдёт. Выберите меньше.
room-add-file-empty = Этот файл пуст. Выберите другой.
room-add-file-unreadable = Файл не читается. Возможно, его переместили: выберите заново.
room-add-file-no-sound = Это не похоже ни на звук, ни на видео. Выберите, например, MP3, FLAC, M4A, OGG или MP4.
room-add-left-out = Не добавлено: «{ $title }».

## Живая трансляция

room-live = Живая трансляция
room-live-now = в эфире
room-live-next = Кто-то передаёт звук своего устройства. Пока вы его слушаете, очередь здесь молчит.
room-live-listen = Слушать трансляцию
room-live-stop = Вернуться к очереди
room-where = Где её найти
room-ways-out = Послушайте в чьей-нибудь трансляции или пропустите.

## A room with a password

room-private = Комната с паролем
room-private-next = Его спросят у каждого, кто введёт код или откроет ссылку. Потом его можно сменить.
room-private-hint = Выберите слова, которые легко сказать другим.
room-private-long = Пароль слишком длинный. Возьмите меньше слов.
room-private-open = Открыть комнату
room-password-none = Пока его нет. Его спросят у тех, кто придёт потом; кто внутри, остаётся.
room-password-new = Другой пароль
room-password-do = Задать
room-password-away = Не спрашивать пароль
room-password-set = Теперь его спрашивают.
room-password-gone = Пароль больше не спрашивают.
room-password-forbidden = Вам нельзя менять это здесь. Попросите того, кто ведёт комнату.
room-password-failed = Всё осталось как было: сервер не ответил. Попробуйте ещё раз.

## Подписка на ведущего

room-follow-about = Ведущий
room-host-nameless = ведущий
room-follow = Подписаться: { $name }
room-follow-lede = Узнайте, когда { $name } снова откроет комнату. Ваш адрес никому не показывается.
room-following = Вы подписаны: { $name }.
room-follow-in-account = Новые комнаты видны в «Уведомлениях» вашей учётной записи.
room-follow-by-mail = О новых комнатах приходят письма, и они видны в учётной записи.
room-follow-mail = Присылать и письма
room-follow-mailed = Письмо отправлено.
room-follow-mailed-next = Нажмите ссылку в нём, и письма будут включены. Без этого ничего не придёт.
room-follow-end = Отписаться
room-follow-ended = Вы больше не подписаны: { $name }.
room-follow-failed = Сервер не ответил.
room-follow-failed-next = Попробуйте ещё раз чуть позже.
