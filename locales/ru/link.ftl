### Страница одной записи и ответы на вставленную ссылку. Показывает сервер.

link-document-title = { $title } · Unisono
link-description = Послушать на { $services }.
link-description-none = Найдите её в своём музыкальном сервисе.
link-album = Альбом: { $album }
link-kind =
    { $kind ->
       *[track] Трек
        [album] Альбом
        [artist] Исполнитель
        [playlist] Плейлист
    }
link-tracks =
    { $count ->
        [one] { $count } трек
        [few] { $count } трека
       *[many] { $count } треков
    }
link-views =
    { $count ->
        [0] Открыта впервые
        [one] Открыта { $count } раз
        [few] Открыта { $count } раза
       *[many] Открыта { $count } раз
    }

## Коды и подробности

link-details = Коды и подробности
link-isrc = Код записи (ISRC)
link-upc = Штрихкод (UPC)
link-duration = Длительность
link-version = Версия
link-released = Дата выхода
link-explicit = Нецензурные слова
link-explicit-yes = Есть
link-aliases = Другие написания

## По сервисам

link-services = Где это есть
link-first = Первым показывать
link-first-none = Всё равно
link-open-app = Открыть в приложении
link-level-exact =
    { $kind ->
       *[track] Та же запись
        [album] Тот же альбом
        [artist] Тот же исполнитель
        [playlist] Тот же плейлист
    }
link-level-likely = Похоже, проверьте версию
link-level-unverified = Не уверены, сначала послушайте
link-search = Поиск вместо ссылки
link-pending = Ищем
link-pending-why = Сервис ещё отвечает. Посмотрите через мгновение.
link-corrected = Указано здесь вручную
link-search-not-found = Сервис ответил, что точно такого у него нет.
link-search-not-asked = У этого сервера нет способа его спросить, поэтому вот его собственный поиск.
link-search-no-answer = Сервис не ответил вовремя. Спросите позже или поищите там.
link-again = Посмотреть снова
link-ask-again = Спросить недостающие снова

## Почему

link-reason-same-id = Это тот же самый номер в каталоге сервиса.
link-reason-same-isrc = У обеих один код записи (ISRC).
link-reason-same-barcode = Штрихкод один и тот же.
link-reason-same-title = Названия совпадают.
link-reason-similar-title = Названия похожи, но не одинаковы.
link-reason-same-artist = Основной исполнитель тот же.
link-reason-similar-artist = Исполнители похожи или совпадают лишь частью.
link-reason-same-duration = Длительность одинакова.
link-reason-same-album = Альбом тот же.
link-reason-other-isrc = Коды записи разные, но так бывает и у одной записи.
link-reason-other-title = Названия разные.
link-reason-other-artist = Основные исполнители разные.
link-reason-other-version = Одна из них — другая версия, например концертная или акустическая.
link-reason-other-remixer = Это ремиксы разных авторов.
link-reason-other-part = Это разные части одного произведения.
link-reason-shortened = Одна сокращена для радио или сингла.
link-reason-other-wording = В одной есть нецензурные слова, в другой их убрали.
link-reason-duration-differs = Одна длиннее на несколько секунд.
link-reason-other-duration = Длительность сильно отличается.
link-reason-other-script = Название написано буквами, которые мы не смогли сравнить.
link-reason-no-duration = У одной из них не указана длительность.
link-reason-no-artist = У одной из них не указан исполнитель.
link-reason-close-runner-up = Там есть и другая, почти столь же подходящая.
link-reason-directory = Эту ссылку называет открытый музыкальный каталог.
link-reason-no-twin = У такого не бывает двойника в других местах.

## Исправления

link-correct = Неверно или не хватает?
link-correct-field = Верная ссылка
link-correct-send = Взять эту ссылку
link-correct-undo = Отменить исправление

## Поделиться

link-room = Открыть комнату с этой музыкой
link-pass-on = Поделиться
link-all = Все ссылки текстом
link-copy-all = Скопировать все
link-copied = Скопировано
link-copy-refused = Выделите и скопируйте вручную
link-share = Отправить
link-field = Ссылка на музыку
link-find = Найти везде
link-home = На главную
link-updated = { $service }: { $outcome }

## Плейлисты

link-playlist = Что в нём
link-playlist-more =
    { $count ->
        [one] И ещё { $count } трек.
        [few] И ещё { $count } трека.
       *[many] И ещё { $count } треков.
    }
link-playlist-convert = Найти каждый трек в других местах
link-playlist-convert-hint = Трек за треком, с той скоростью, какую позволяют сервисы. Страницу можно закрыть и вернуться.
link-playlist-progress = Готово { $done } из { $total }.
link-playlist-not-found = в других местах не найден
link-playlist-no-answer = нет ответа

## Когда страницы нет

link-refused-document-title = Нет страницы · Unisono
link-refused-no-link = В этом тексте нет ссылки.
link-refused-no-link-next = Скопируйте адрес трека, альбома, исполнителя или плейлиста в своём музыкальном сервисе и вставьте сюда.
link-refused-too-long = Это длиннее, чем бывает ссылка.
link-refused-too-long-next = Вставьте одну ссылку, без текста вокруг.
link-refused-unknown-host = Это адрес не из знакомых нам музыкальных сервисов.
link-refused-unknown-host-next = Вставьте ссылку из Spotify, Apple Music, YouTube, Яндекс Музыки, Deezer, Tidal, SoundCloud или Bandcamp.
link-refused-podcast = Это подкаст.
link-refused-podcast-next = У подкастов нет двойника, который мы могли бы назвать. Вставьте ссылку на музыку.
link-refused-station = Это станция, микс или чарт.
link-refused-station-next = Там всё время играет разное. Вставьте ссылку на один из треков.
link-refused-profile = Это чья-то страница.
link-refused-profile-next = У людей нет двойников. Вставьте ссылку на трек, альбом, исполнителя или плейлист.
link-refused-other-page = Это страница сервиса, а не музыка.
link-refused-other-page-next = Откройте там трек или альбом и скопируйте его собственную ссылку через «Поделиться».
link-refused-video = Это видео.
link-refused-video-next = Вставьте ссылку на сам трек.
link-refused-bad-id = Ссылка неполная или с опечаткой.
link-refused-bad-id-next = Скопируйте её в сервисе ещё раз: часть потеряна или испорчена.
link-refused-disguised = Этот адрес замаскирован.
link-refused-disguised-next = В нём имя пользователя, порт или число вместо имени сервиса. Вставьте обычную ссылку.
link-refused-nothing = Сервис говорит, что такого нет.
link-refused-nothing-next = Возможно, это удалили или закрыли для других стран. Проверьте ссылку или вставьте её из другого сервиса.
link-refused-words = Искать нечего.
link-refused-words-next = Введите название, исполнителя или и то и другое: от 1 до 200 символов.
link-refused-silence = Ни один музыкальный сервис не ответил.
link-refused-silence-next = Попробуйте через минуту или вставьте ссылку.
link-refused-unidentified = Не получилось узнать, на что ведёт эта ссылка.
link-refused-unidentified-next = Сервис сейчас нам не отвечает. Попробуйте через минуту или вставьте ссылку на то же самое из другого сервиса.
link-refused-short-link = Эта короткая ссылка ведёт не к музыке.
link-refused-short-link-next = Откройте её в браузере и вставьте адрес, на который она привела.
link-refused-too-many = Слишком много ссылок из вашей сети.
link-refused-too-many-next =
    { $seconds ->
        [one] Подождите { $seconds } секунду и попробуйте снова.
        [few] Подождите { $seconds } секунды и попробуйте снова.
       *[many] Подождите { $seconds } секунд и попробуйте снова.
    }
link-refused-no-page = Такой страницы нет.
link-refused-no-page-next = Проверьте адрес. Или вставьте саму ссылку на музыку: её страница вернётся.
link-refused-not-allowed = Исправления здесь отключены.
link-refused-not-allowed-next = Скажите тому, кто держит этот сервер, что неверно.
link-refused-wrong-place = Эта ссылка сюда не подходит.
link-refused-wrong-place-next = Вставьте ссылку того же сервиса и на то же самое: трек к треку, альбом к альбому.
link-refused-broken = Что-то сломалось у нас.
link-refused-broken-next = Попробуйте снова. Если повторится, назовите номер тому, кто держит этот сервер.
link-refused-foreign = Эту форму прислал другой сайт.
link-refused-foreign-next = Откройте страницу здесь и нажмите кнопку сами.
link-refused-unreadable = Запрос не удалось прочесть.
link-refused-unreadable-next = Пришлите JSON с полем «text», в котором ссылка.
link-refused-not-json = Это не JSON.
link-refused-not-json-next = Пришлите его с заголовком «Content-Type: application/json».
link-refused-too-slow = Запрос не пришёл вовремя.
link-refused-too-slow-next = Проверьте соединение и отправьте его ещё раз.
link-refused-address = Этот адрес не удалось прочесть.
link-refused-address-next = Каждая его часть должна стоять там один раз и быть текстом. Или вставьте сюда саму ссылку на музыку.
link-refused-busy = Сейчас открыто слишком много обновляемых страниц.
link-refused-busy-next = Попробуйте через минуту. То, что уже известно, есть на странице.
link-refused-no-picture = Картинки нет.
link-refused-no-picture-next = Сервисы, где есть эта запись, её не дали. Страница работает и так.
link-refused-not-here = Это не страница этого сервера.
link-refused-not-here-next = Спросите с адресом здешней страницы, например { $example }.
