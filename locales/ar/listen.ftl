### صفحة الاستماع: جهاز يشغّل ما يرسله جهاز آخر.

listen-document-title = { $code } · Unisono
listen-title = استماع
listen-button = استمع
listen-pause = إيقاف مؤقت
listen-lock-title = صوت مباشر

## ما يجري الآن

listen-now-asking = نطلب الدخول
listen-now-unreachable = الخادم لا يجيب. نحاول مرة أخرى.
listen-now-approval = سيسمح لك المضيف بالدخول.
listen-now-host = ننتظر المضيف. يمكنك الضغط من الآن.
listen-now-direct = نبحث عن أقصر طريق
listen-now-relay = لا طريق مباشر بعد. نجرّب المُرحِّل أيضًا.
listen-now-encrypting = جارٍ التشفير
listen-now-ready = جاهز. اضغط لتستمع.
listen-now-starting = جارٍ البدء
listen-now-playing = أنت تستمع.
listen-now-paused = أوقف المضيف الصوت مؤقتًا.
listen-now-alone = أنت تستمع. الخادم غائب، والصوت يستمر من دونه.
listen-now-room-gone = الغرفة مغلقة. يستمر ما تسمعه ما دام الاتصال قائمًا.
listen-now-away = غاب المضيف. ننتظر منذ { $seconds } ث.
listen-now-reconnecting = إعادة اتصال منذ { $seconds } ث.

## الاتصال

listen-path-direct = مباشر، { $delay } م.ث
listen-path-relayed = عبر المُرحِّل، { $delay } م.ث
listen-verified-link = تم التحقق بالرابط
listen-verified-words = تم التحقق بالكلمات
listen-page-open = وصلت هذه الصفحة دون حماية
listen-words = أربع كلمات
listen-words-ask = اسأل المضيف: هل هذه الكلمات الأربع على شاشته؟
listen-words-match = متطابقة
listen-words-differ = مختلفة
listen-words-they-matched = يقول المضيف إنها متطابقة.

## الصوت والإعدادات

listen-volume = مستوى الصوت
listen-volume-buttons = استعمل الأزرار الجانبية لمستوى الصوت.
listen-mute = كتم
listen-percent = { $percent } %
listen-settings = الإعدادات
listen-nudge =
    { $ms ->
        [0] التوقيت: أبكر ما يمكن
       *[other] التوقيت: متأخر { $ms } م.ث
    }
listen-nudge-earlier = أبكر
listen-nudge-later = أبطأ
listen-nudge-hint = إن كان جهاز آخر قربك متأخرًا. يُحفظ على هذا الجهاز.
listen-nudge-earliest = لا تسمح الشبكة بأبكر من هذا. إن كان هذا الجهاز متأخرًا فأخّر الأجهزة الأخرى.
listen-output = مخرج الصوت
listen-screen = إبقاء الشاشة مضاءة
listen-name = اسمك
listen-name-hint = اختياري. يراه المضيف وحده حتى تغادر.
listen-name-send = إرسال
listen-report = نسخ تقرير
listen-key-play = تشغيل أو إيقاف مؤقت
listen-key-mute = كتم
listen-key-louder = أعلى
listen-key-quieter = أخفض

## النهاية

listen-left-ended = انتهى البث.
listen-left-expired = أُغلقت هذه الغرفة بعد سكون طويل.
listen-left-removed = أزال المضيف هذا الجهاز.
listen-left-refused = لم يسمح لك المضيف بالدخول.
listen-left-next = اطلب رمزًا جديدًا أو ابدأ بثًا بنفسك.
listen-left-removed-next = إن كان ذلك خطأ فاسأل المضيف ثم افتح الرابط من جديد.
listen-another = افتح غرفة أخرى

## لم يُسمح بالدخول

listen-refused-code = لا توجد غرفة مفتوحة بهذا الرمز، أو كلمة سرها مختلفة.
listen-refused-code-next = انظر إلى الشاشة الأخرى مرة ثانية. إن كان للغرفة كلمة سر فاطلبها من المضيف.
listen-code = رمز الغرفة
listen-code-unclear = في الرمز ستة أحرف أو أرقام على الأقل، مثل K7M 4QX.
listen-password = كلمة السر
listen-password-hint = فقط إن كان للغرفة كلمة سر.
listen-code-go = استمع
listen-refused-ended = انتهت هذه الغرفة.
listen-refused-ended-next = رمزها لا يقود إلى شيء الآن. اطلب رمزًا آخر أو افتح غرفة بنفسك.
listen-refused-full = هذه الغرفة ممتلئة.
listen-refused-full-next = اسأل إن كان أحد يستطيع المغادرة ثم أعد المحاولة.
listen-refused-tries = محاولات كثيرة من شبكتك.
listen-refused-tries-next = انتظر قليلًا. يعود الزر من تلقاء نفسه.
listen-refused-busy = الخادم مشغول.
listen-refused-busy-next = يجري الكثير في وقت واحد، هنا أو في شبكتك. انتظر قليلًا: يعود الزر من تلقاء نفسه.
listen-refused-version = هذه الصفحة أقدم من الخادم.
listen-refused-version-next = أعد تحميلها.
listen-refused-replaced = هذه الغرفة تعمل في علامة تبويب أخرى.
listen-refused-replaced-next = استمع هناك أو أعدها إلى هنا.
listen-refused-server = لم يستطع الخادم إدخالك.
listen-refused-server-next = أعد المحاولة. وإن بقي الأمر كذلك فأعطِ الرقم المرجعي لمن يشغّل الخادم.
listen-refused-fingerprint = ليس هذا الجهاز الذي أنشأ رابطك.
listen-refused-fingerprint-next = قد يكون أحد بينكما، أو فتح المضيف الغرفة على جهاز آخر. لم يُشغَّل شيء. اطلب رابطًا جديدًا وامسحه من شاشة المضيف.
listen-refused-changed = هذا جهاز غير الذي قارنت كلماته.
listen-refused-changed-next = قد يكون أحد بينكما، أو غيّر المضيف جهازه. أُوقف الصوت. اسأل المضيف، ثم أعد التحميل وقارن الكلمات من جديد.
listen-refused-cut = هذا الرابط ناقص.
listen-refused-cut-next = ضاع جزء منه في الطريق. اطلب الرابط مرة أخرى، أو تابع بالرمز وحده وقارن الكلمات مع المضيف.
listen-without-link = تابع بالرمز
listen-refused-words = الكلمات مختلفة.
listen-refused-proof = لم يستطع الطرف الآخر إثبات هويته.
listen-refused-differ-next = قد يكون أحد يتنصت بينكما، لذلك أُوقف الصوت. انضم من جديد برمز QR على شاشة المضيف.
listen-again = إعادة المحاولة
listen-again-in = أعد المحاولة بعد { $seconds } ث
listen-reload = إعادة التحميل
listen-old-browser = لا يستطيع هذا المتصفح استقبال صوت مباشر.
listen-old-browser-next = حدّثه، أو افتح الرابط في إصدار حديث من Chrome أو Firefox أو Safari.
