### Слова, которые есть на каждой странице.

common-skip = Перейти к содержанию
common-rooms = Открытые комнаты
common-blog = Блог
common-account = Учётная запись
common-support = Помощь
common-contact = Контакты
common-terms = Условия
common-status = Состояние
common-source = Исходный код
common-version = Версия { $version }
common-language = Язык
common-theme = Оформление
common-theme-system = Как в системе
common-theme-light = Светлое
common-theme-dark = Тёмное
common-close = Закрыть
common-reload = Обновить
common-later = Позже
common-update = Готова новая версия.
common-copied = Скопировано
common-copy-refused = Выделите и скопируйте вручную
common-copy-reference = Скопировать номер
common-reference = Номер
common-hide-address = Скрыть мой сетевой адрес
common-hide-address-hint = Тогда звук идёт через ретранслятор этого сервера, по-прежнему зашифрованным, и приходит чуть позже. Имеющееся соединение устанавливается заново.
common-view-waiting = Страница открывается
common-view-failed = Страница не загрузилась.
common-view-failed-next = Возможно, вышла новая версия или нет связи. Обновите страницу.

## Клавиши

common-keys = Клавиши
common-keys-list = Показать список клавиш
common-keys-enabled = Одиночные клавиши действуют на этом сайте
common-key-space = Пробел

## Что в политике стало больше, пока это не прочитано

common-policy-changed = Политика конфиденциальности изменилась
common-policy-changes = Что изменилось
common-policy-seen = Прочитано
common-policy-not-noted = Не получилось отметить. Нажмите ещё раз.
common-policy-example = Политика конфиденциальности изменилась 2026-11-22. Хранится или передаётся больше, чем раньше, для целей: совместное прослушивание, учётная запись.

## Названия двенадцати цветов комнаты, каждое со своей картинкой. На обоих экранах они одинаковы.

common-hue-rose = розовый, вишня
common-hue-coral = коралловый, ракушка
common-hue-amber = янтарный, пламя
common-hue-gold = золотой, колос
common-hue-lime = лаймовый, цитрус
common-hue-fern = травяной, лист
common-hue-lagoon = бирюзовый, рыба
common-hue-sky = голубой, облако
common-hue-azure = лазурный, птица
common-hue-indigo = индиго, луна
common-hue-violet = фиолетовый, виноград
common-hue-orchid = сиреневый, цветок

## Камера, которая читает QR-код

common-camera-picture = Изображение с камеры
common-camera-asking = Ждём камеру. Браузер может спросить разрешение.
common-camera-looking = Держите код внутри рамки.
common-camera-insecure = Страница открыта без https, поэтому браузер не включает камеру.
common-camera-refused = Браузеру запрещено включать камеру.
common-camera-absent = На этом устройстве нет камеры.
common-camera-failed = Камера не включилась. Возможно, её занимает другая программа.
common-camera-next = Введите код комнаты или наведите на картинку обычную камеру телефона.

## The page that draws every state

common-gallery-document-title = Галерея · Unisono
common-gallery = Все состояния
