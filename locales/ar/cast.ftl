### صفحة البث: جهاز يرسل صوته إلى أجهزة أخرى.

cast-document-title = البث · Unisono
cast-document-title-live = ({ $count }) مباشر: { $code } · Unisono

## الطريق

cast-steps = الخطوات
cast-step-source = المصدر
cast-step-share = المشاركة
cast-step-live = مباشر

## المصدر

cast-title = ماذا يسمعون؟
cast-lede = اختر من أين يأتي الصوت، وبعدها مباشرةً يظهر رمز تعرضه عليهم.
cast-room = الغرفة
cast-room-new = غرفة جديدة
cast-room-go-on = متابعة البث في
cast-source-tab = علامة تبويب أو شاشة
cast-source-tab-hint = علامة تبويب أخرى أو نافذة أو الشاشة كلها. فعّل «مشاركة الصوت» في نافذة الاختيار.
cast-source-file = ملفات على هذا الجهاز
cast-source-file-hint = أغنية واحدة أو أكثر، بالترتيب.
cast-source-address = عنوان أو بث إذاعي
cast-source-address-hint = رابط ملف صوتي أو بث مباشر.
cast-source-microphone = ميكروفون أو مدخل صوت
cast-source-microphone-hint = كما هو: دون ترشيح الصدى أو الضجيج.
cast-source-opening = جارٍ الفتح
cast-address = عنوان الصوت
cast-address-hint = يتصل متصفحك بذلك الخادم مباشرةً، فيرى عنوانك على الشبكة.
cast-address-load = التحميل من { $host }
cast-address-load-any = تحميل
cast-obstacle-insecure = لا يسمح المتصفح بهذا إلا في صفحة محمية. افتح Unisono على localhost في هذا الحاسوب أو عبر https.
cast-obstacle-phone = لا تسمح الهواتف للصفحات بالتقاط ما يُشغَّل عليها. استعمل ملفًا أو عنوانًا أو الميكروفون.
cast-obstacle-browser = هذا المتصفح يشارك صورة علامة التبويب دون صوتها. متصفح Chrome وEdge وما بُني على Chromium يشاركان الاثنين.
cast-obstacle-microphone = هذا المتصفح لا يتيح الميكروفون للصفحات.

## خيارات قبل فتح الغرفة

cast-options = كلمة السر والموافقة وإخفاء العنوان
cast-option-password = كلمة السر
cast-option-password-hint = اختيارية. تُطلب من كل من يكتب الرمز.
cast-option-ask = اسألني قبل أن ينضم أحد
cast-option-ask-hint = لا يسمع أحد شيئًا حتى تسمح له.

## حين لا يُفتح المصدر

cast-fault-cancelled = لم يُختر أي صوت.
cast-fault-cancelled-next = اختر مرة أخرى عندما تكون مستعدًا، أو خذ مصدرًا آخر.
cast-fault-no-audio = ما شاركتَه بلا صوت.
cast-fault-no-audio-next = أعد المحاولة وفعّل مشاركة صوت علامة التبويب أو النظام في نافذة الاختيار. النوافذ المنفردة لا صوت لها غالبًا: اختر علامة تبويب أو الشاشة.
cast-fault-denied = لم يُسمح باستعمال الميكروفون.
cast-fault-denied-next = اسمح به من الأيقونة المجاورة لعنوان الصفحة، ثم أعد المحاولة.
cast-fault-no-device = لم يُعثر على ميكروفون أو مدخل صوت.
cast-fault-no-device-next = وصّل واحدًا ثم أعد المحاولة.
cast-fault-in-use = لم يعمل الجهاز.
cast-fault-in-use-next = ربما يستعمله برنامج آخر. أغلقه ثم أعد المحاولة.
cast-fault-bad-address = هذا ليس عنوانًا على الويب.
cast-fault-bad-address-next = ينبغي أن يشبه https://radio.example/stream.mp3.
cast-fault-mixed-content = هذه الصفحة محمية، وذلك العنوان غير محمي.
cast-fault-mixed-content-next = جرّبه مع https:// في أوله.
cast-fault-no-cors = ذلك الخادم لا يسمح لصفحات أخرى باستعمال صوته.
cast-fault-no-cors-next = افتحه في علامة تبويب أخرى وابثّ تلك العلامة.
cast-fault-not-audio = ليس فيه صوت يستطيع هذا المتصفح تشغيله.
cast-fault-not-audio-next = اختر ملفًا آخر، أو عنوان البث نفسه بدل صفحته.
cast-fault-unreachable = لم يصل صوت من ذلك العنوان.
cast-fault-unreachable-next = قد يكون فيه خطأ كتابة، أو ليس صوتًا، أو لا يجيب خادمه.
cast-fault-failed = لم يبدأ الصوت.
cast-fault-failed-next = أعد المحاولة أو اختر مصدرًا آخر.

## الغرفة تُفتح

cast-opening = لحظة
cast-opening-wait = جارٍ فتح الغرفة
cast-opening-unreachable = الخادم لا يجيب. نحاول مرة أخرى.
cast-failed = لم تُفتح الغرفة.
cast-again = إعادة المحاولة
cast-again-in = أعد المحاولة بعد { $seconds } ث
cast-again-new = افتح غرفة جديدة
cast-failure-busy = الخادم مشغول.
cast-failure-busy-next = يجري الكثير في وقت واحد، هنا أو في شبكتك. انتظر قليلًا: يعود الزر من تلقاء نفسه.
cast-failure-tries = محاولات كثيرة من شبكتك.
cast-failure-caster = جهاز آخر يبث في هذه الغرفة.
cast-failure-caster-next = أوقفه هناك أولًا، أو افتح غرفة جديدة.
cast-failure-room = تلك الغرفة مغلقة.
cast-failure-room-next = افتح غرفة جديدة.
cast-failure-forbidden = لا يُسمح لك بالبث في هذه الغرفة.
cast-failure-forbidden-next = اطلب الإذن من أحد مضيفيها، أو افتح غرفة جديدة.
cast-failure-version = هذه الصفحة أقدم من الخادم.
cast-failure-version-next = أعد تحميلها.
cast-failure-server = لم يستطع الخادم فتح غرفة.
cast-failure-server-next = أعد المحاولة. وإن بقي الأمر كذلك فأعطِ الرقم المرجعي لمن يشغّل الخادم.

## مباشر

cast-ready = جاهز. اعرض هذا الرمز.
cast-live =
    { $count ->
        [one] جهاز واحد يستمع
        [two] جهازان يستمعان
        [few] { $count } أجهزة تستمع
        [many] { $count } جهازًا يستمع
       *[other] { $count } جهاز يستمع
    }
cast-alone = لا يمكن الوصول إلى الخادم.
cast-alone-next = من يستمعون الآن يسمعون كل شيء. وينضم غيرهم حين يعود.
cast-room-gone = أغلق الخادم هذه الغرفة.
cast-room-gone-next = من يستمعون الآن يسمعون كل شيء. ولا يستطيع غيرهم الانضمام: أوقف البث وافتح غرفة جديدة.
cast-share = المشاركة
cast-share-how = امسح الصورة، أو اكتب الرمز في
cast-share-password = من يكتب الرمز يحتاج إلى كلمة السر أيضًا.
cast-qr = رمز QR يفتح هذه الغرفة
cast-copy-link = نسخ الرابط
cast-share-button = مشاركة
cast-sound-none = لا صوت
cast-sound-tab = صوت علامة تبويب أو شاشة
cast-sound-file = ملفات هذا الجهاز
cast-sound-ended = انتهى المصدر. المستمعون باقون وينتظرون.
cast-switch = تبديل
cast-pick = اختر مصدرًا
cast-switch-title = تبديل المصدر
cast-switch-keep = إبقاء هذا
cast-silent = لا صوت منذ 10 ثوانٍ. هل يعمل، وهل صوته مفتوح؟
cast-silent-tab = لا صوت منذ 10 ثوانٍ. هل يعمل؟ إن كان يعمل فبدّل المصدر وفعّل «مشاركة صوت علامة التبويب».
cast-device = الجهاز
cast-quality = الجودة
cast-quality-voice = كلام، 48 كيلوبت/ث
cast-quality-music = موسيقى، 128 كيلوبت/ث
cast-quality-high = عالية، 256 كيلوبت/ث
cast-play = تشغيل
cast-pause = إيقاف مؤقت
cast-key-pause = تشغيل الملف أو إيقافه مؤقتًا
cast-previous = السابق
cast-next = التالي
cast-loop = تكرار
cast-position = الموضع
cast-piece-broken = بلا صوت
cast-hear-here = تشغيله هنا أيضًا

## المستمعون

cast-listeners =
    { $count ->
        [0] المستمعون
        [one] مستمع واحد
        [two] مستمعان
        [few] { $count } مستمعين
        [many] { $count } مستمعًا
       *[other] { $count } مستمع
    }
cast-uplink = يُرسَل { $kbps } كيلوبت/ث
cast-nobody = لا أحد يستمع بعد. اعرض هذا الرمز.
cast-many =
    { $count ->
        [one] جهاز واحد يستمع.
        [two] جهازان يستمعان.
        [few] { $count } أجهزة تستمع.
        [many] { $count } جهازًا يستمع.
       *[other] { $count } جهاز يستمع.
    }
cast-many-next = قد لا يحتمل هذا الحاسوب أكثر. إن تقطّع الصوت فاختر جودة أقل.
cast-knock = { $name }: طلب استماع.
cast-knock-allow = السماح
cast-knock-refuse = الرفض
cast-form-phone = هاتف
cast-form-tablet = جهاز لوحي
cast-form-computer = حاسوب
cast-form-speaker = مكبر صوت
cast-form-unknown = جهاز
cast-path-connecting = جارٍ الاتصال
cast-path-connected = متصل
cast-path-reconnecting = إعادة اتصال
cast-path-direct = مباشر { $delay } م.ث
cast-path-relayed = عبر المُرحِّل { $delay } م.ث
cast-path-not-playing = لم يبدأ بعد
cast-path-loss = فُقد { $percent } %
cast-volume-of = مستوى صوت { $name }
cast-percent = { $percent } %
cast-remove = إزالة { $name }
cast-verified-link = تم التحقق بالرابط
cast-verified-matched = تم التحقق بالكلمات
cast-verified-differ = الكلمات مختلفة
cast-verified-differ-next = قد يكون أحد بين الجهازين، لذلك لا يذهب إليه صوت. أزله ودعه ينضم برمز QR.
cast-differed = الكلمات مختلفة مع { $names }.
cast-differed-next = قد يكون أحد يتنصت بينكما، لذلك أُوقف الصوت إلى ذلك الجهاز. دعه ينضم من جديد برمز QR على هذه الشاشة.
cast-differed-read = قرأتُ ذلك
cast-words-ask = اسأل صاحب { $name }: هل هذه الكلمات الأربع على شاشتك؟
cast-words-match = متطابقة
cast-words-differ = مختلفة
cast-words-they-matched = يقولون إن الكلمات متطابقة.
cast-news-came = انضم { $name }.
cast-news-went = غادر { $name }.
cast-news-lost = { $name }: إعادة اتصال.
cast-news-compare = الاتصال مع { $name } جديد. قارنا الكلمات مرة أخرى.

## النهاية

cast-stop = إيقاف البث
cast-report = نسخ تقرير
cast-stop-ask =
    { $count ->
        [one] إيقاف؟ جهاز واحد يستمع.
        [two] إيقاف؟ جهازان يستمعان.
        [few] إيقاف؟ { $count } أجهزة تستمع.
        [many] إيقاف؟ { $count } جهازًا يستمع.
       *[other] إيقاف؟ { $count } جهاز يستمع.
    }
cast-stop-ask-next = تُغلق الغرفة للجميع ويتوقف رمزها عن العمل.
cast-stop-ask-queue = تبقى الغرفة مفتوحة، ويسمع الجميع قائمتها من جديد حين يشغّلها أحد.
cast-stop-no = متابعة
cast-stop-yes = إيقاف البث
cast-ended = انتهى البث.
cast-ended-elsewhere = هذه الغرفة مستمرة في علامة تبويب أخرى.
cast-ended-expired = أُغلقت هذه الغرفة بعد سكون طويل.
cast-ended-next = اختر مصدرًا لبدء بث آخر في غرفة جديدة.
cast-ended-queue = اختر مصدرًا للبث هنا من جديد، أو عُد إلى القائمة.
cast-ended-back = العودة إلى الغرفة
