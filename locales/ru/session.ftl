### The free session of a room: that it ends, that it is over, and when the next may begin.

session-ends = { $minutes ->
    [one] Бесплатный сеанс этой комнаты закончится через { $minutes } минуту.
    [few] Бесплатный сеанс этой комнаты закончится через { $minutes } минуты.
   *[other] Бесплатный сеанс этой комнаты закончится через { $minutes } минут.
}
session-endless = Эта комната больше не ограничена по времени.
session-more = Что есть без ограничений
session-over = Бесплатный сеанс закончился.
session-over-mine = Следующий можно начать в { $time }.
session-over-theirs = Продолжить можно с { $time }, когда вернётся тот, кто открыл комнату.
session-waits = Комната ждёт того, кто её открыл.
session-waits-next = Она продолжится, когда он вернётся. Попробуйте тогда снова.
session-resting = Следующий бесплатный сеанс можно начать в { $time }.
session-resting-next = До этого можно слушать в чужих комнатах.
session-devices = В комнате уже столько устройств, сколько допускает её тариф.
session-devices-next = Попросите того, кто открыл комнату, отключить одно, и попробуйте снова.
session-asleep = Эта сохранённая комната спит.
session-asleep-next = Ваш тариф её сейчас не открывает. Она хранится, её видно на странице учётной записи.
