### Собственный плеер сервиса в комнате: спрашиваем один раз, отозвать можно всегда.

embed-name-youtube = YouTube
embed-ask = Загрузить плеер { $service }?
embed-ask-youtube = Тогда ваш браузер соединится с YouTube (Google): сервис узнает ваш сетевой адрес, браузер, адрес этого сайта и что вы слушаете, и сможет хранить данные в вашем браузере.
embed-ask-until = Разрешение действует на этом устройстве, пока вы его не отзовёте: здесь или в настройках звука комнаты.
embed-load = Загрузить плеер { $service }
embed-not-now = Не сейчас
embed-refused = Без плеера { $service } эта песня на этом устройстве не звучит.
embed-ask-again = Спросить снова
embed-frame = Плеер { $service }
embed-since = Плеер { $service } разрешён с { $date }.
embed-withdraw = Отозвать
embed-withdrawn = Плеер { $service } убран. К { $service } больше нет запросов.
embed-fault-consent = Эта песня играет с сервиса, плеер которого здесь не загружен.
embed-fault-not-embeddable = Владелец разрешил воспроизведение только на самом YouTube.
embed-fault-hidden-origin = YouTube играет только на сайтах, которые себя называют, а ваш браузер это скрывает. Возможно, дело в расширении.
embed-elsewhere = Открыть на { $service }
embed-aside = Не в такт: реклама или пауза в самом плеере.
