### Страница слушателя: устройство играет то, что передаёт другое.

listen-document-title = { $code } · Unisono
listen-title = Слушать
listen-button = Слушать
listen-pause = Пауза
listen-lock-title = Живой звук

## Что происходит сейчас

listen-now-asking = Просим впустить
listen-now-unreachable = Сервер не отвечает. Пробуем ещё раз.
listen-now-approval = Ведущий вас впустит.
listen-now-host = Ждём ведущего. Нажать можно уже сейчас.
listen-now-direct = Ищем кратчайший путь
listen-now-relay = Прямого пути пока нет. Пробуем и ретранслятор.
listen-now-encrypting = Шифруем
listen-now-ready = Готово. Нажмите, чтобы слушать.
listen-now-starting = Запускаем
listen-now-playing = Вы слушаете.
listen-now-paused = Ведущий поставил на паузу.
listen-now-alone = Вы слушаете. Сервер недоступен, звук идёт и без него.
listen-now-room-gone = Комната закрыта. Звук идёт, пока держится соединение.
listen-now-away = Ведущий пропал. Ждём, { $seconds } с.
listen-now-reconnecting = Переподключение, { $seconds } с.

## Связь

listen-path-direct = напрямую, { $delay } мс
listen-path-relayed = через ретранслятор, { $delay } мс
listen-verified-link = проверено по ссылке
listen-verified-words = проверено по словам
listen-page-open = страница пришла без защиты
listen-words = Четыре слова
listen-words-ask = Спросите ведущего: эти ли четыре слова на его экране?
listen-words-match = Совпадают
listen-words-differ = Не совпадают
listen-words-they-matched = Ведущий говорит, что совпадают.

## Громкость и настройки

listen-volume = Громкость
listen-volume-buttons = Громкость меняйте боковыми кнопками.
listen-mute = Без звука
listen-percent = { $percent } %
listen-settings = Настройки
listen-nudge =
    { $ms ->
        [0] Момент: как можно раньше
       *[other] Момент: на { $ms } мс позже
    }
listen-nudge-earlier = Раньше
listen-nudge-later = Позже
listen-nudge-hint = Если другое устройство рядом отстаёт. Запоминается на этом устройстве.
listen-nudge-earliest = Раньше сеть не позволяет. Если отстаёт это устройство, сдвиньте остальные.
listen-output = Куда выводить звук
listen-screen = Не гасить экран
listen-name = Ваше имя
listen-name-hint = Необязательно. Его видит только ведущий, пока вы не выйдете.
listen-name-send = Сказать
listen-report = Скопировать отчёт
listen-key-play = Слушать или пауза
listen-key-mute = Без звука
listen-key-louder = Громче
listen-key-quieter = Тише

## Конец

listen-left-ended = Трансляция закончена.
listen-left-expired = Комната долго пустовала и закрылась.
listen-left-removed = Ведущий отключил это устройство.
listen-left-refused = Ведущий вас не впустил.
listen-left-next = Попросите новый код или начните свою трансляцию.
listen-left-removed-next = Если это ошибка, спросите ведущего и откройте ссылку ещё раз.
listen-another = Открыть другую

## Не впустили

listen-refused-code = Открытой комнаты с таким кодом нет, или пароль у неё другой.
listen-refused-code-next = Посмотрите ещё раз на другой экран. Если у комнаты есть пароль, спросите его у ведущего.
listen-code = Код комнаты
listen-code-unclear = В коде не меньше шести букв или цифр, например K7M 4QX.
listen-password = Пароль
listen-password-hint = Только если он есть у комнаты.
listen-code-go = Слушать
listen-refused-ended = Эта комната закрыта.
listen-refused-ended-next = Её код больше никуда не ведёт. Попросите другой или откройте свою комнату.
listen-refused-full = В этой комнате нет места.
listen-refused-full-next = Спросите, не может ли кто-нибудь выйти, и попробуйте ещё раз.
listen-refused-tries = Слишком много попыток из вашей сети.
listen-refused-tries-next = Подождите немного. Кнопка включится сама.
listen-refused-busy = Сервер занят.
listen-refused-busy-next = Сейчас слишком много всего сразу, здесь или в вашей сети. Подождите немного: кнопка включится сама.
listen-refused-version = Эта страница старше сервера.
listen-refused-version-next = Обновите её.
listen-refused-replaced = Эта комната играет в другой вкладке.
listen-refused-replaced-next = Слушайте там или верните её сюда.
listen-refused-server = Сервер не смог вас впустить.
listen-refused-server-next = Попробуйте ещё раз. Если не поможет, сообщите номер тому, кто управляет сервером.
listen-refused-fingerprint = Это не то устройство, которое создало вашу ссылку.
listen-refused-fingerprint-next = Возможно, между вами кто-то есть или ведущий открыл комнату на другом устройстве. Ничего не прозвучало. Попросите новую ссылку и отсканируйте её с экрана ведущего.
listen-refused-changed = Это не то устройство, с которым вы сравнили слова.
listen-refused-changed-next = Возможно, между вами кто-то есть или ведущий сменил устройство. Звук остановлен. Спросите ведущего, затем обновите страницу и сравните слова ещё раз.
listen-refused-cut = Эта ссылка неполная.
listen-refused-cut-next = Часть её потерялась по дороге. Попросите ссылку ещё раз или продолжите только с кодом и сравните слова с ведущим.
listen-without-link = Продолжить с кодом
listen-refused-words = Слова не совпадают.
listen-refused-proof = Другая сторона не смогла доказать, кто она.
listen-refused-differ-next = Возможно, кто-то подслушивает посередине, поэтому звук остановлен. Войдите заново по QR-коду с экрана ведущего.
listen-again = Попробовать ещё раз
listen-again-in = Ещё раз через { $seconds } с
listen-reload = Обновить
listen-old-browser = Этот браузер не умеет принимать живой звук.
listen-old-browser-next = Обновите его или откройте ссылку в свежем Chrome, Firefox или Safari.
