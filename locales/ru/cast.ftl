### Страница трансляции: устройство передаёт свой звук другим.

cast-document-title = Трансляция · Unisono
cast-document-title-live = ({ $count }) В эфире: { $code } · Unisono

## Путь

cast-steps = Шаги
cast-step-source = Источник
cast-step-share = Код
cast-step-live = Эфир

## Источник

cast-title = Что им слушать?
cast-lede = Выберите, откуда брать звук. Сразу после этого появится код.
cast-room = Комната
cast-room-new = Новая
cast-room-go-on = Продолжить в
cast-source-tab = Вкладка или экран
cast-source-tab-hint = Другая вкладка, окно или весь экран. В окне выбора отметьте «Предоставить доступ к аудио».
cast-source-file = Файлы на этом устройстве
cast-source-file-hint = Одна песня или несколько, по порядку.
cast-source-address = Адрес или радиопоток
cast-source-address-hint = Ссылка на звуковой файл или прямой эфир.
cast-source-microphone = Микрофон или линейный вход
cast-source-microphone-hint = Как есть: без подавления эха и шума.
cast-source-opening = Открываем
cast-address = Адрес звука
cast-address-hint = Браузер обратится к этому серверу напрямую, и тот увидит ваш сетевой адрес.
cast-address-load = Загрузить с { $host }
cast-address-load-any = Загрузить
cast-obstacle-insecure = Браузер разрешает это только на защищённой странице. Откройте Unisono по адресу localhost на этом компьютере или через https.
cast-obstacle-phone = Телефоны не дают страницам захватывать то, что на них играет. Возьмите файл, адрес или микрофон.
cast-obstacle-browser = Этот браузер передаёт изображение вкладки, но не её звук. Chrome, Edge и другие браузеры на Chromium умеют и то и другое.
cast-obstacle-microphone = Этот браузер не даёт страницам микрофон.

## Выбор до открытия комнаты

cast-options = Пароль, разрешение, скрытый адрес
cast-option-password = Пароль
cast-option-password-hint = Необязательно. Его спросят у каждого, кто введёт код.
cast-option-ask = Спрашивать меня, прежде чем кого-то впустить
cast-option-ask-hint = Никто ничего не услышит, пока вы не разрешите.

## Источник не открылся

cast-fault-cancelled = Звук не выбран.
cast-fault-cancelled-next = Выберите ещё раз, когда будете готовы, или возьмите другой источник.
cast-fault-no-audio = В том, чем вы поделились, нет звука.
cast-fault-no-audio-next = Попробуйте ещё раз и отметьте в окне выбора доступ к аудио вкладки или системы. У отдельных окон обычно нет своего звука: выберите вкладку или экран.
cast-fault-denied = Доступ к микрофону не разрешён.
cast-fault-denied-next = Разрешите его значком рядом с адресом страницы и попробуйте ещё раз.
cast-fault-no-device = Микрофон или линейный вход не найден.
cast-fault-no-device-next = Подключите его и попробуйте ещё раз.
cast-fault-in-use = Устройство не запустилось.
cast-fault-in-use-next = Возможно, его занимает другая программа. Закройте её и попробуйте ещё раз.
cast-fault-bad-address = Это не веб-адрес.
cast-fault-bad-address-next = Он выглядит так: https://radio.example/stream.mp3.
cast-fault-mixed-content = Эта страница защищена, а тот адрес — нет.
cast-fault-mixed-content-next = Попробуйте с https:// в начале.
cast-fault-no-cors = Тот сервер не разрешает другим страницам брать его звук.
cast-fault-no-cors-next = Откройте его в другой вкладке и транслируйте эту вкладку.
cast-fault-not-audio = Звука, который этот браузер может воспроизвести, там нет.
cast-fault-not-audio-next = Выберите другой файл или адрес самого потока, а не его страницы.
cast-fault-unreachable = С этого адреса звук не пришёл.
cast-fault-unreachable-next = Возможно, в нём опечатка, там не звук или тот сервер не отвечает.
cast-fault-failed = Звук не запустился.
cast-fault-failed-next = Попробуйте ещё раз или выберите другой источник.

## Комната открывается

cast-opening = Одну минуту
cast-opening-wait = Открываем комнату
cast-opening-unreachable = Сервер не отвечает. Пробуем ещё раз.
cast-failed = Комната не открылась.
cast-again = Попробовать ещё раз
cast-again-in = Ещё раз через { $seconds } с
cast-again-new = Открыть новую комнату
cast-failure-busy = Сервер занят.
cast-failure-busy-next = Сейчас слишком много всего сразу, здесь или в вашей сети. Подождите немного: кнопка включится сама.
cast-failure-tries = Слишком много попыток из вашей сети.
cast-failure-caster = В этой комнате вещает другое устройство.
cast-failure-caster-next = Сначала остановите его там или откройте новую комнату.
cast-failure-room = Эта комната закрыта.
cast-failure-room-next = Откройте новую.
cast-failure-forbidden = В этой комнате вам нельзя вещать.
cast-failure-forbidden-next = Попросите разрешения у ведущего или откройте новую комнату.
cast-failure-version = Эта страница старше сервера.
cast-failure-version-next = Обновите её.
cast-failure-server = Сервер не смог открыть комнату.
cast-failure-server-next = Попробуйте ещё раз. Если не поможет, сообщите номер тому, кто управляет сервером.

## Эфир

cast-ready = Готово. Покажите этот код.
cast-live =
    { $count ->
        [one] Слушает { $count } устройство
        [few] Слушают { $count } устройства
       *[many] Слушают { $count } устройств
    }
cast-alone = Сервер недоступен.
cast-alone-next = Те, кто слушает, слышат всё. Новые смогут войти, когда он вернётся.
cast-room-gone = Сервер закрыл эту комнату.
cast-room-gone-next = Те, кто слушает, слышат всё. Новые войти не смогут: остановите эфир и откройте новую комнату.
cast-share = Код
cast-share-how = Наведите камеру или введите код на
cast-share-password = Тому, кто вводит код, нужен и пароль.
cast-qr = QR-код, который открывает эту комнату
cast-copy-link = Скопировать ссылку
cast-share-button = Поделиться
cast-sound-none = Нет звука
cast-sound-tab = Звук вкладки или экрана
cast-sound-file = Файлы этого устройства
cast-sound-ended = Источник закончился. Слушатели остались и ждут.
cast-switch = Сменить
cast-pick = Выбрать источник
cast-switch-title = Сменить источник
cast-switch-keep = Оставить этот
cast-silent = 10 секунд нет звука. Он играет? Не выключен?
cast-silent-tab = 10 секунд нет звука. Он играет? Если да, смените источник и отметьте доступ к аудио вкладки.
cast-device = Устройство
cast-quality = Качество
cast-quality-voice = Речь, 48 кбит/с
cast-quality-music = Музыка, 128 кбит/с
cast-quality-high = Высокое, 256 кбит/с
cast-play = Играть
cast-pause = Пауза
cast-key-pause = Играть файл или поставить на паузу
cast-previous = Предыдущий
cast-next = Следующий
cast-loop = Повторять
cast-position = Место
cast-piece-broken = нет звука
cast-hear-here = Играть и здесь

## Слушатели

cast-listeners =
    { $count ->
        [0] Слушатели
        [one] { $count } слушатель
        [few] { $count } слушателя
       *[many] { $count } слушателей
    }
cast-uplink = отправляется { $kbps } кбит/с
cast-nobody = Пока никто не слушает. Покажите этот код.
cast-many =
    { $count ->
        [one] Слушает { $count } устройство.
        [few] Слушают { $count } устройства.
       *[many] Слушают { $count } устройств.
    }
cast-many-next = Больше этот компьютер может не выдержать. Если звук прерывается, выберите качество ниже.
cast-knock = { $name } хочет слушать.
cast-knock-allow = Впустить
cast-knock-refuse = Отказать
cast-form-phone = Телефон
cast-form-tablet = Планшет
cast-form-computer = Компьютер
cast-form-speaker = Колонка
cast-form-unknown = Устройство
cast-path-connecting = подключается
cast-path-connected = подключено
cast-path-reconnecting = переподключается
cast-path-direct = напрямую { $delay } мс
cast-path-relayed = через ретранслятор { $delay } мс
cast-path-not-playing = ещё не играет
cast-path-loss = потеряно { $percent } %
cast-volume-of = Громкость: { $name }
cast-percent = { $percent } %
cast-remove = Удалить: { $name }
cast-verified-link = проверено по ссылке
cast-verified-matched = проверено по словам
cast-verified-differ = слова разные
cast-verified-differ-next = Между устройствами может быть кто-то ещё, поэтому звук туда не идёт. Удалите это устройство и впустите его по QR-коду.
cast-differed = Слова не совпали: { $names }.
cast-differed-next = Возможно, кто-то подслушивает посередине, поэтому звук туда остановлен. Пусть это устройство войдёт заново по QR-коду с этого экрана.
cast-differed-read = Понятно
cast-words-ask = { $name }: спросите, эти ли четыре слова на том экране?
cast-words-match = Совпадают
cast-words-differ = Не совпадают
cast-words-they-matched = Там говорят, что слова совпадают.
cast-news-came = { $name }: вошли.
cast-news-went = { $name }: вышли.
cast-news-lost = { $name }: переподключение.
cast-news-compare = { $name }: соединение новое. Сравните слова ещё раз.

## Конец

cast-stop = Остановить
cast-report = Скопировать отчёт
cast-stop-ask =
    { $count ->
        [one] Остановить? Слушает { $count } устройство.
        [few] Остановить? Слушают { $count } устройства.
       *[many] Остановить? Слушают { $count } устройств.
    }
cast-stop-ask-next = Комната закроется для всех, и код перестанет работать.
cast-stop-ask-queue = Комната остаётся открытой: её очередь снова зазвучит, когда кто-нибудь её включит.
cast-stop-no = Продолжить
cast-stop-yes = Остановить
cast-ended = Трансляция закончена.
cast-ended-elsewhere = Эта комната открыта в другой вкладке.
cast-ended-expired = Комната долго пустовала и закрылась.
cast-ended-next = Выберите источник, чтобы начать другую, в новой комнате.
cast-ended-queue = Выберите источник, чтобы снова вести трансляцию здесь, или вернитесь к очереди.
cast-ended-back = Назад в комнату
