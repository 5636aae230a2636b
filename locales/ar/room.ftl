### صفحة Room: الناس يسمعون قائمة واحدة معًا.

room-document-title = { $title } · { $code } · Unisono
room-untitled = غرفة
room-opening = تُفتح الغرفة
room-entering = جارٍ الدخول
room-alone = لا يمكن الوصول إلى الخادم.
room-alone-next = الموسيقى مستمرة. وما تفعله يُرسَل حين يعود الخادم.
room-back = عاد الخادم.
room-parts = أقسام الغرفة
room-nobody = لا أحد هنا غيرك بعد. اعرض الرمز.
room-cast = بثّ صوت هذا الجهاز هنا
room-leave = مغادرة الغرفة
room-menu = إعدادات الغرفة
room-key-play = تشغيل أو إيقاف مؤقت
room-key-add = الانتقال إلى حقل الأغاني

## ما يُشغَّل الآن

room-stage = يُشغَّل الآن
room-nothing-on = لا شيء يُشغَّل.
room-nothing-on-add = أضف أغنية، أو شغّل مقطعًا تجريبيًا.
room-nothing-on-play = اضغط «تشغيل»: القائمة جاهزة.
room-added-by = أضافها { $name }
room-phase-preparing = يستعدّ الجميع
room-phase-paused = متوقّفة مؤقتًا
room-phase-empty = توقّفت حين لم يكن أحد هنا
room-phase-waiting = بانتظار أحدهم
room-position = الموضع
room-duration = { $minutes } د { $seconds } ث
room-listen = استمع
room-silence = إيقاف الاستماع هنا
room-play = تشغيل
room-pause = إيقاف مؤقت
room-skip = تخطٍّ
room-previous = السابقة
room-vote-skip = صوّت للتخطّي ({ $votes } من { $needed })
room-vote-skip-done = صوّتَّ للتخطّي.
room-skip-votes = أصوات التخطّي: { $votes } من { $needed }

## في التوقيت

room-sync = متزامن مع الغرفة (± { $ms } م.ث)
room-sync-within = متزامن مع الغرفة ضمن { $seconds } ث
room-sync-measuring = يُقاس التزامن
room-sync-stale = كان متزامنًا عند آخر قياس؛ ساعة الغرفة بعيدة المنال
room-sync-idle = جاهز. ستسمع ما يُشغَّل تاليًا.
room-sync-silent = هذا الجهاز صامت.
room-sync-loading = جارٍ التحميل
room-file-asking = نبحث عمّن لديه هذا الملف هنا
room-file-waiting = يصل الملف إلى غيرك أولًا
room-file-coming = الملف في الطريق: { $percent } %
room-file-nobody = لا أحد هنا لديه هذا الملف الآن. سنستمر في السؤال عنه.
room-file-wrong = وصل ملف آخر. يمكن لمن لديه الملف أن يضيفه من جديد.
room-sync-waiting = جاهز
room-sync-stalled = بانتظار بقية الصوت
room-sync-no-source = ليست لديك: لا مصدر يُشغّلها منه هذا الجهاز.
room-fault-format = لا يستطيع هذا المتصفح تشغيل هذه الصيغة.
room-fault-network = لم يصل الصوت. نعيد المحاولة.
room-fault-not-allowed = ذلك الموقع لا يعطي صوته لغيره، أو أن هذا ليس صوتًا.
room-fault-gone = لم تعد موجودة هناك.
room-fault-too-long = أطول مما يحتمله هذا الجهاز.
room-fault-tap = يريد متصفحك نقرة أولًا: اضغط «استمع».
room-sound = الصوت على هذا الجهاز
room-nudge-none = التوقيت: مع الغرفة
room-nudge-later = التوقيت: متأخر { $ms } م.ث
room-nudge-earlier = التوقيت: مبكر { $ms } م.ث
room-nudge-hint = مكبّرات البلوتوث تتأخر غالبًا ١٠٠ إلى ٢٥٠ م.ث: اختر «أبكر». يُحفظ على هذا الجهاز.

## القائمة

room-queue =
    { $count ->
        [0] التالي
        [one] التالي: أغنية واحدة
        [two] التالي: أغنيتان
        [few] التالي: { $count } أغانٍ
        [many] التالي: { $count } أغنية
       *[other] التالي: { $count } أغنية
    }
room-queue-empty = القائمة فارغة. ألصق رابطًا، أو اختر ملفًا، أو شغّل مقطعًا تجريبيًا.
room-queue-empty-listen = القائمة فارغة. سيضيف الأغاني من يحقّ له.
room-source-file = ملف عند أحد الحاضرين
room-source-demo = مقطع تجريبي
room-not-yours = ليست لديك: اسمعها حين يبثّها أحد، أو تخطَّوها.
room-not-on = ليست على { $service }: تُشغَّل من { $other }
room-vote =
    { $votes ->
        [0] صوّت لـ«{ $title }»، لا أصوات بعد
        [one] صوّت لـ«{ $title }»، صوت واحد
        [two] صوّت لـ«{ $title }»، صوتان
        [few] صوّت لـ«{ $title }»، { $votes } أصوات
        [many] صوّت لـ«{ $title }»، { $votes } صوتًا
       *[other] صوّت لـ«{ $title }»، { $votes } صوت
    }
room-vote-short = تصويت
room-voted = صوّتَّ لـ«{ $title }».
room-unvoted = سُحب صوتك عن «{ $title }».
room-more = المزيد لـ«{ $title }»
room-more-short = المزيد
room-play-now = تشغيل الآن
room-play-next = تشغيلها تاليًا
room-up = لأعلى
room-down = لأسفل
room-remove = إزالة
room-removed = أُزيلت: «{ $title }».
room-moved = نُقلت.
room-moved-up = نُقلت لأعلى: «{ $title }».
room-moved-down = نُقلت لأسفل: «{ $title }».
room-moved-next = تُشغَّل تاليًا: «{ $title }».
room-shuffle = خلط القائمة
room-shuffled = خُلطت القائمة.
room-clear = إفراغ القائمة
room-cleared = أُفرغت القائمة.
room-undo = تراجع
room-undone = أُلغي ذلك.
room-suggestions =
    { $count ->
        [zero] لا اقتراحات
        [one] اقتراح واحد
        [two] اقتراحان
        [few] { $count } اقتراحات
        [many] { $count } اقتراحًا
       *[other] { $count } اقتراح
    }
room-approve = قبول «{ $title }»
room-refuse = رفض «{ $title }»
room-take-back = سحب «{ $title }»
room-approved = قُبلت: «{ $title }».
room-refused = لم تُقبل: «{ $title }».

## ما شُغِّل

room-played =
    { $count ->
        [zero] لم تُشغَّل أغنية بعد
        [one] شُغِّلت أغنية واحدة
        [two] شُغِّلت أغنيتان
        [few] شُغِّلت { $count } أغانٍ
        [many] شُغِّلت { $count } أغنية
       *[other] شُغِّلت { $count } أغنية
    }
room-played-search = ابحث فيما شُغِّل
room-played-found =
    { $count ->
        [zero] لم تُشغَّل أغنية بهذا الاسم.
        [one] وُجدت أغنية واحدة مما شُغِّل.
        [two] وُجدت أغنيتان مما شُغِّل.
        [few] وُجدت { $count } أغانٍ مما شُغِّل.
        [many] وُجدت { $count } أغنية مما شُغِّل.
       *[other] وُجدت { $count } أغنية مما شُغِّل.
    }
room-played-not-found = لم يُشغَّل شيء بهذا الاسم. جرّب كلمات أخرى.
room-played-add = أضف «{ $title }» مرة أخرى
room-played-suggest = اقترح «{ $title }» مرة أخرى

## الإضافة

room-add = إضافة أغانٍ
room-add-go = إضافة
room-suggest = اقتراح أغنية
room-suggest-go = اقتراح
room-add-file = ملف من عندك
room-add-looking = نعرف ما هو
room-add-reading = نبحث عن أغاني «{ $title }»: { $done } من { $total }
room-add-stop = إيقاف
room-add-adding = تُضاف
room-add-done =
    { $count ->
        [one] أُضيفت: «{ $title }».
        [two] أُضيفت أغنيتان من «{ $title }».
        [few] أُضيفت { $count } أغانٍ من «{ $title }».
        [many] أُضيفت { $count } أغنية من «{ $title }».
       *[other] أُضيفت { $count } أغنية من «{ $title }».
    }
room-add-suggested =
    { $count ->
        [one] اقتُرحت: «{ $title }». سيقرّر أحدهم.
        [two] اقتُرحت أغنيتان من «{ $title }». سيُقرَّر في كلٍّ منهما.
        [few] اقتُرحت { $count } أغانٍ من «{ $title }». سيُقرَّر في كلٍّ منها.
        [many] اقتُرحت { $count } أغنية من «{ $title }». سيُقرَّر في كلٍّ منها.
       *[other] اقتُرحت { $count } أغنية من «{ $title }». سيُقرَّر في كلٍّ منها.
    }
room-add-done-files =
    { $count ->
        [one] أُضيفت أغنية.
        [two] أُضيفت أغنيتان.
        [few] أُضيفت { $count } أغانٍ.
        [many] أُضيفت { $count } أغنية.
       *[other] أُضيفت { $count } أغنية.
    }
room-add-suggested-files =
    { $count ->
        [one] اقتُرحت أغنية. سيقرّر أحدهم.
        [two] اقتُرحت أغنيتان. سيُقرَّر في كلٍّ منهما.
        [few] اقتُرحت { $count } أغانٍ. سيُقرَّر في كلٍّ منها.
        [many] اقتُرحت { $count } أغنية. سيُقرَّر في كلٍّ منها.
       *[other] اقتُرحت { $count } أغنية. سيُقرَّر في كلٍّ منها.
    }
room-add-unfound =
    { $count ->
        [one] أغنية واحدة منها لم تُوجد في مكان آخر. يُبحث عن أول ١٠٠ في قائمة التشغيل.
        [two] أغنيتان منها لم تُوجدا في مكان آخر. يُبحث عن أول ١٠٠ في قائمة التشغيل.
        [few] { $count } أغانٍ منها لم تُوجد في مكان آخر. يُبحث عن أول ١٠٠ في قائمة التشغيل.
        [many] { $count } أغنية منها لم تُوجد في مكان آخر. يُبحث عن أول ١٠٠ في قائمة التشغيل.
       *[other] { $count } أغنية منها لم تُوجد في مكان آخر. يُبحث عن أول ١٠٠ في قائمة التشغيل.
    }
room-add-kept-out =
    { $count ->
        [one] تُركت واحدة: هي موجودة هنا، أو أطول مما تسمح به الغرفة.
        [two] تُركت اثنتان: هما موجودتان هنا، أو أطول مما تسمح به الغرفة.
        [few] تُركت { $count }: هي موجودة هنا، أو أطول مما تسمح به الغرفة.
        [many] تُركت { $count }: هي موجودة هنا، أو أطول مما تسمح به الغرفة.
       *[other] تُركت { $count }: هي موجودة هنا، أو أطول مما تسمح به الغرفة.
    }
room-add-nothing = اكتب عنوانًا، أو ألصق رابطًا من خدمة موسيقى، أو عنوان https لملف صوت.
room-add-words = لا توجد خدمة فيها شيء كهذا. جرّب كلمات أخرى، أو ألصق رابطًا.
room-add-insecure = لا تُشغَّل هنا إلا العناوين التي تبدأ بـ https://.
room-add-secret = في هذا العنوان اسم أو كلمة سر سيراها كل من في الغرفة. احذفها منه.
room-add-long = هذا العنوان أطول من اللازم.
room-add-album = هذا ألبوم. ألصق إحدى أغانيه، أو قائمة تشغيل.
room-add-artist = هذا فنان. ألصق إحدى أغانيه، أو قائمة تشغيل.
room-add-empty = لم توجد أي أغنية من هذه القائمة في مكان آخر. ألصق الأغاني مفردة.
room-add-address = { $host } ليس خدمة موسيقى نعرفها.
room-add-address-next = إن كان ملف صوت، فسيطلبه متصفح كل مستمع من ذلك الخادم مباشرة، فيرى عناوينهم الشبكية.
room-add-address-go = إضافته كصوت
room-add-unanswered = لم يأتِ ردّ على الرابط.
room-add-unanswered-next = هذا الجهاز أو الخادم غير متصل أو بطيء جدًا. ما ألصقته باقٍ في الحقل.

## الدردشة

room-tab-queue =
    { $count ->
        [0] القائمة
       *[other] القائمة { $count }
    }
room-tab-chat = الدردشة
room-tab-people = الناس { $count }
room-tab-vibe = الأجواء
room-chat = الدردشة
room-chat-empty = لم يقل أحد شيئًا بعد.
room-chat-field = رسالتك
room-chat-placeholder = قل شيئًا
room-chat-send = إرسال
room-chat-wait = { $seconds } ث
room-chat-slow = الوضع البطيء: رسالة واحدة كل { $seconds } ث لكل شخص.
room-chat-not = يمكنك القراءة هنا. اسأل المضيف إن أردت الكتابة.
room-unsay = سحب ما قلته
room-unsay-other = إزالة هذه الرسالة
room-unsaid = أُزيلت الرسالة.
room-reactions = تفاعلات
room-reaction-heart = قلب
room-reaction-fire = نار
room-reaction-clap = تصفيق
room-reaction-laugh = ضحك
room-reaction-wow = دهشة
room-reaction-sad = حزن
room-reaction-up = إعجاب
room-reaction-down = عدم إعجاب

## الناس

room-form-phone = هاتف
room-form-tablet = جهاز لوحي
room-form-computer = حاسوب
room-form-speaker = مكبّر صوت
room-form-unknown = جهاز
room-person-gone = شخص غادر
room-you = (أنت)
room-rank-guest = ضيف
room-rank-listener = مستمع
room-rank-dj = دي جي
room-rank-moderator = مشرف
room-rank-host = مضيف
room-rank-owner = صاحب الغرفة
room-rank-of = دور { $name }
room-plays = يستمع
room-plays-nothing = لا يستمع
room-plays-within = ± { $ms } م.ث
room-people-away =
    { $count ->
        [zero] لا أحد غائب.
        [one] شخص واحد غائب للحظة.
        [two] شخصان غائبان للحظة.
        [few] { $count } أشخاص غائبون للحظة.
        [many] { $count } شخصًا غائبون للحظة.
       *[other] { $count } شخص غائبون للحظة.
    }
room-people-alone = أنت وحدك هنا. شارك الرمز ليظهر الآخرون في هذه القائمة.
room-person-change = تغيير
room-granted = { $name } الآن { $rank }.
room-kick = إخراج
room-kicked-done = أُخرج { $name } لعشر دقائق.
room-ban = حظر
room-banned-done = لا يمكن لـ{ $name } العودة.
room-transfer = تسليم الغرفة
room-transferred = صارت الغرفة لـ{ $name }.
room-name = اسمك هنا
room-name-hint = اختياري. يراه كل من في الغرفة.
room-name-send = استخدامه

## الأجواء

room-vibe = تتحرك مع الموسيقى.
room-vibe-still = ساكنة: لا يُشغَّل هنا ما يمكن إظهاره.
room-vibe-calm = ساكنة لأن هذا الجهاز يطلب حركة أقل.

## الأخبار

room-news-came = { $name } هنا.
room-news-left = غادر { $name }.
room-news-now = الآن: «{ $title }».
room-news-paused = أوقفها { $name } مؤقتًا.
room-news-played = تابع { $name } التشغيل.
room-news-added =
    { $count ->
        [one] أضاف { $name } «{ $title }».
        [two] أضاف { $name } أغنيتين.
        [few] أضاف { $name } { $count } أغانٍ.
        [many] أضاف { $name } { $count } أغنية.
       *[other] أضاف { $name } { $count } أغنية.
    }
room-news-too-long = أُزيل { $title }: مدته أطول مما تسمح به هذه الغرفة.
room-news-removed =
    { $count ->
        [one] أزال { $name } أغنية.
        [two] أزال { $name } أغنيتين.
        [few] أزال { $name } { $count } أغانٍ.
        [many] أزال { $name } { $count } أغنية.
       *[other] أزال { $name } { $count } أغنية.
    }
room-news-suggested = يقترح { $name } «{ $title }».
room-news-cast = بدأ بثّ حيّ.
room-news-cast-over = انتهى البثّ الحيّ.
room-news-skip = أصوات التخطّي: { $votes } من { $needed }.

## المشاركة

room-share = مشاركة الغرفة
room-qr = رمز QR يفتح هذه الغرفة
room-share-how = امسح الصورة، أو اكتب الرمز في
room-share-locked = الغرفة مقفلة: لا يدخل أحد إلا بدعوة.
room-share-password = من يكتب الرمز يحتاج كلمة السر أيضًا.
room-copy-link = نسخ الرابط
room-share-button = مشاركة
room-directory = غرف مفتوحة أخرى

## إدارة الغرفة

room-title = اسم الغرفة
room-title-set = تعيين
room-settings-changed = تغيّر للجميع.
room-preset = ابدأ من مجموعة قواعد
room-preset-hint = تعيد ضبط كل ما يلي.
room-preset-party = حفلة
room-preset-radio = إذاعة
room-preset-classroom = صف دراسي
room-mode = ما يُشغَّل تاليًا
room-mode-fifo = بترتيب القائمة
room-mode-votes = الأكثر أصواتًا أولًا
room-mode-turns = بالتناوب بين الناس
room-mode-curated = يقترح الضيوف ويوافق أحدهم
room-repeat = عند النهاية
room-repeat-none = الانتقال إلى التالية
room-repeat-one = تكرار هذه الأغنية
room-repeat-all = تكرار القائمة كلها
room-wait = قبل بدء الأغنية
room-wait-soft = انتظار الجميع حتى ٣ ث
room-wait-strict = انتظار الجميع والمتأخرين أيضًا
room-wait-never = عدم انتظار أحد
room-when-empty = حين لا يكون أحد هنا
room-when-empty-freeze = التوقّف
room-when-empty-run = متابعة التشغيل
room-skip-percent = أصوات تخطّي الأغنية
room-per-person = أغاني الشخص الواحد في القائمة
room-per-person-count =
    { $count ->
        [one] أغنية واحدة
        [two] أغنيتان
        [few] { $count } أغانٍ
        [many] { $count } أغنية
       *[other] { $count } أغنية
    }
room-longest = أطول أغنية
room-longest-minutes =
    { $minutes ->
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $minutes } دقائق
        [many] { $minutes } دقيقة
       *[other] { $minutes } دقيقة
    }
room-slow = الوضع البطيء للدردشة
room-slow-off = مغلق
room-slow-seconds = رسالة كل { $seconds } ث
room-guests-may = يحقّ للضيوف
room-grant-add = إضافة أغانٍ
room-grant-suggest = اقتراح أغانٍ
room-grant-vote = التصويت للأغاني
room-grant-vote-skip = التصويت للتخطّي
room-grant-chat = الكتابة في الدردشة
room-grant-react = التفاعل
room-grant-control = التشغيل والإيقاف والتقديم
room-grant-skip = التخطّي واختيار ما يُشغَّل
room-lock = قفل الغرفة
room-lock-hint = لا يدخل جديد إلا بدعوة.
room-duplicates = السماح بتكرار الأغاني
room-duplicates-hint = وإلا فما هو في القائمة لا يُضاف مرة أخرى.
room-listed = إظهارها في القائمة العامة
room-listed-hint = يمكن لأي أحد على هذا الخادم أن يجدها.
room-invites = الدعوات
room-invites-hint = رابط يُدخل الناس حتى والغرفة مقفلة، ويعطيهم دورًا.
room-invite-rank = يصبحون
room-invite-uses = لكم شخص
room-invite-people =
    { $count ->
        [zero] لا أحد
        [one] شخص واحد
        [two] شخصان
        [few] { $count } أشخاص
        [many] { $count } شخصًا
       *[other] { $count } شخص
    }
room-invite-time = لكم من الوقت
room-hours =
    { $count ->
        [zero] دون ساعة
        [one] ساعة واحدة
        [two] ساعتان
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    }
room-days =
    { $count ->
        [zero] دون يوم
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
room-invite-make = إنشاء دعوة
room-invited = الدعوة جاهزة.
room-invite-made = يُعرض هذا الرابط مرة واحدة فقط. انسخه الآن.
room-invite-qr = رمز QR للدعوة
room-invite-left =
    { $count ->
        [zero] لا استعمال باقٍ
        [one] بقي استعمال واحد
        [two] بقي استعمالان
        [few] بقيت { $count } استعمالات
        [many] بقي { $count } استعمالًا
       *[other] بقي { $count } استعمال
    }
room-invite-until = حتى { $time }
room-invite-revoke = إنهاؤها
room-invite-revoked = لم تعد الدعوة تعمل.
room-export = حفظ قائمة الأغاني
room-banned-count =
    { $count ->
        [zero] لا أحد محظور.
        [one] شخص واحد محظور.
        [two] شخصان محظوران.
        [few] { $count } أشخاص محظورون.
        [many] { $count } شخصًا محظورون.
       *[other] { $count } شخص محظورون.
    }
room-sent-away = المُخرَجون والمحظورون
room-kicked-how = من أُخرج يبقى خارجًا عشر دقائق.
room-pardon = السماح للجميع بالعودة
room-pardoned = يمكن للجميع الدخول من جديد.
room-end = إنهاء الغرفة
room-end-ask = إنهاء الغرفة للجميع؟
room-end-ask-next = تتوقّف الموسيقى، ولن يقود الرمز إلى شيء بعدها.
room-end-no = إبقاؤها
room-end-yes = إنهاؤها

## حين لا يتمّ الأمر

room-reject-stale = سبقك أحدهم: تغيّر الحال في الغرفة. انظر مجددًا.
room-reject-forbidden = لا يحقّ لك ذلك هنا. اسأل المضيف.
room-reject-limit = هذا أكثر مما تقبله الغرفة. انتظر حتى تُشغَّل الأغاني، أو اسأل المضيف.
room-reject-wait = مهلًا. أعد المحاولة بعد { $seconds } ث.
room-reject-invalid = لم تستطع الغرفة فعل ذلك. أعد تحميل الصفحة إن تكرّر.
room-reject-duplicate = هذا موجود في القائمة بالفعل. يمكن للمضيف السماح بالتكرار من إعدادات الغرفة.
room-reject-ended = انتهت الغرفة.
room-reject-banned = أنت محظور من هذه الغرفة.
room-reject-unanswered = لم يردّ الخادم. أعد المحاولة حين يعود.
room-locked = الغرفة مقفلة.
room-locked-next = لا يدخل جديد إلا بدعوة. اطلب دعوة من المضيف وافتح رابطها.
room-left = غادرتَ الغرفة.
room-left-next = تستمر من دونك. ورمزها ما زال يعمل.
room-kicked = أُخرجتَ من الغرفة.
room-kicked-next = يمكنك العودة بعد عشر دقائق. إن كان خطأ، فاسأل المضيف.
room-banned = أنت محظور من هذه الغرفة.
room-banned-next = لا يغيّر ذلك إلا مضيفها. يمكنك فتح غرفة خاصة بك.
room-ended = انتهت الغرفة.
room-ended-next = رمزها لا يقود إلى شيء الآن. يمكنك فتح أخرى.
room-expired = أُغلقت هذه الغرفة بعد سكون طويل.
room-return = العودة
room-home = إلى الصفحة الأولى

## البحث والمقاطع التجريبية

room-add-hint = كلمات للبحث، أو رابط موسيقى، أو قائمة تشغيل، أو عنوان ملف صوت.
room-add-choice = أيّها؟
room-reject-server = تعثّر الخادم، ولم يتغيّر شيء. أعد المحاولة.
loop-tide = مدّ
loop-clockwork = ساعة
loop-lantern = فانوس
loop-metronome = بندول إيقاع
room-add-demo = مقطع تجريبي
room-add-hashing = تُقرأ «{ $title }»: { $percent } ٪
room-add-file-large = هذا الملف أكبر من ٥١٢ ميبي بايت. اختر أصغر منه.
room-add-file-many = هذه أكثر من { $most } ملف، وهو كل ما تتّسع له القائمة. اختر أقلّ.
room-add-file-empty = هذا الملف فارغ. اختر غيره.
room-add-file-unreadable = تتعذّر قراءة هذا الملف. ربما نُقل: اختره مجددًا.
room-add-file-no-sound = ليس هذا ملف صوت أو فيديو نعرفه. اختر مثلًا MP3 أو FLAC أو M4A أو OGG أو MP4.
room-add-left-out = لم يُضف: «{ $title }».

## البثّ الحيّ

room-live = بثّ حيّ
room-live-now = مباشر
room-live-next = أحدهم يبثّ صوت جهازه. الاستماع إليه يُسكت القائمة هنا.
room-live-listen = استمع إلى البثّ
room-live-stop = العودة إلى القائمة
room-where = انظر أين توجد
room-ways-out = اسمعها حين يبثّها أحد، أو تخطَّوها.

## A room with a password

room-private = غرفة بكلمة سر
room-private-next = تُطلب من كل من يكتب الرمز أو يفتح الرابط، ويمكنك تغييرها لاحقًا.
room-private-hint = اختر كلمات يسهل أن تقولها للآخرين.
room-private-long = كلمة السر هذه طويلة جدًا. اختر كلمات أقل.
room-private-open = افتح الغرفة
room-password-none = لا كلمة سر حتى الآن. تُطلب ممن يأتي بعد ذلك، ويبقى من في الداخل.
room-password-new = كلمة سر أخرى
room-password-do = تعيين
room-password-away = لا تطلب كلمة سر
room-password-set = تُطلب من الآن.
room-password-gone = لم تعد تُطلب كلمة سر.
room-password-forbidden = لا يمكنك تغيير هذا هنا. اسأل من يدير الغرفة.
room-password-failed = بقيت كما كانت: لم يُجب الخادم. حاول مجددًا.

## متابعة المضيف

room-follow-about = المضيف
room-host-nameless = المضيف
room-follow = تابع { $name }
room-follow-lede = اعلم حين يفتح { $name } غرفة من جديد. عنوانك لا يُعرض على أحد.
room-following = أنت تتابع { $name }.
room-follow-in-account = تجد الغرف الجديدة في «الإشعارات» في حسابك.
room-follow-by-mail = تصلك الغرف الجديدة بالبريد، وتجدها في حسابك.
room-follow-mail = أرسلوا لي رسائل أيضًا
room-follow-mailed = الرسالة في طريقها إليك.
room-follow-mailed-next = اضغط الرابط فيها فتتفعّل الرسائل. من دون ذلك لا يُرسل شيء.
room-follow-end = إلغاء المتابعة
room-follow-ended = لم تعد تتابع { $name }.
room-follow-failed = لم يجب الخادم.
room-follow-failed-next = حاول مجددًا بعد لحظة.
