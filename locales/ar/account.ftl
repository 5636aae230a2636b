### صفحات الحسابات: تسجيل الدخول، وإنشاء حساب، وكل ما يراه صاحبه ويغيّره.

account-again = حاول مرة أخرى
account-back = رجوع
account-cancel = إلغاء
account-save = حفظ
account-saved = تم الحفظ
account-saving = جارٍ الحفظ
account-remove = إزالة
account-asking = ننتظر رد الخادم
account-mailing = جارٍ إرسال رسالة
account-unanswered = الخادم لا يجيب.
account-unanswered-next = هذا الجهاز أو الخادم بلا اتصال، أو الاتصال بطيء جدًا. ما كتبته ما زال هنا.
account-https = تسجيل الدخول يحتاج إلى https.
account-https-next = لا تحفظ المتصفحات الجلسة إلا عبر https أو على الجهاز نفسه. افتح عنوان https لهذا الخادم. البث والغرف والروابط تعمل هنا بلا حساب.
account-https-home = تابع بلا حساب
account-sum = يجري جهازك عملية حسابية صغيرة تمنع الروبوتات. تستغرق ثانية أو ثانيتين، ولا شيء عليك فعله.
account-sum-why = بدلًا من الألغاز يجري جهازك عملية حسابية صغيرة. لا يُسأل أحد آخر، ولا تكشف شيئًا عنك.
account-check-title = أثبت أنك لست روبوتًا
account-check-what = يمكن لجهازك أن يجري عملية حسابية صغيرة لا يُسأل فيها أحد آخر. أو تتحقق Cloudflare من متصفحك: عندها يتصل بـ challenges.cloudflare.com، وتعرف Cloudflare عنوان شبكتك ومتصفحك وعنوان هذا الموقع وكيف يتصرف متصفحك أثناء التحقق، وقد تحتفظ بأشياء في متصفحك. الطريقتان متساويتان، وتُسأل في كل مرة.
account-check-sum = إجراء العملية الحسابية هنا
account-check-load = تحميل تحقق Cloudflare
account-check-frame = تحقق Cloudflare
account-check-waiting = تتحقق Cloudflare من متصفحك. إن لم ينتج شيء فأجرِ العملية الحسابية.
account-check-why = ضد الروبوتات يجري جهازك عملية حسابية صغيرة، أو تتحقق Cloudflare من متصفحك إن أردت ذلك. وتُسأل أولًا.

## تسجيل الدخول

account-sign-in-document-title = تسجيل الدخول · Unisono
account-sign-in = تسجيل الدخول
account-sign-in-lede = البث والاستماع والغرف لا تحتاج إلى حساب. ومع الحساب تجد ما تحفظه على كل أجهزتك.
account-passkey-use = تسجيل الدخول بمفتاح مرور
account-passkey-none = لم يُستخدم أي مفتاح مرور.
account-passkey-none-next = حاول مرة أخرى، أو سجّل الدخول بعنوان بريدك.
account-email = عنوان البريد الإلكتروني
account-password = كلمة المرور
account-password-or-code = إن لم تكن لك كلمة مرور فاترك الحقل فارغًا: يصلك رمز بالبريد.
account-password-show = إظهار كلمة المرور
account-password-hide = إخفاء كلمة المرور
account-code-send = أرسلوا لي رمزًا
account-code-again = أرسلوا رمزًا آخر
account-code-title = انظر في بريدك
account-code = الرمز الذي في الرسالة
account-code-hint = أرسلنا ثمانية أرقام إلى { $email }. تصلح عشر دقائق، وفي هذه الصفحة وحدها.
account-factor-title = خطوة أخيرة
account-factor = الرمز من تطبيق المصادقة
account-factor-hint = ستة أرقام تتغير كل 30 ثانية. ويصلح أيضًا أحد رموز الاسترداد.
account-with = المتابعة عبر { $title }
account-forgotten = نسيت كلمة المرور؟
account-upstream-failed = لم تسجّل الخدمة الأخرى دخولك.
account-upstream-failed-next = لم يتغير شيء هنا. حاول مرة أخرى أو اختر طريقة أخرى.
account-problem-sign-in-first = يوجد حساب بهذا العنوان من قبل.
account-problem-sign-in-first-next = سجّل الدخول إليه أولًا، ثم اربط الخدمة في «طرق الدخول». فلا يستولي أحد على حساب بمجرد عنوان.
account-problem-closed = لا تُنشأ هنا حسابات جديدة.
account-problem-closed-next = كل ما لا يحتاج إلى حساب مفتوح لك.
account-problem-invited-only = تُنشأ الحسابات هنا بدعوة.
account-problem-invited-only-next = الدعوات عند من يشغّل هذا الخادم. كل ما لا يحتاج إلى حساب متاح لك.
account-problem-invited-only-ask = اطلب دعوة
account-invited = أنت مدعو. استخدم العنوان الذي أُعدّت له الدعوة.
account-problem-linked-elsewhere = هذه الخدمة مربوطة هنا بحساب آخر.
account-problem-linked-elsewhere-next = افصلها هناك أولًا أو ادخل بها.
account-problem-ticket-over = انتهت هذه الخطوة.
account-problem-ticket-over-next = استغرقت وقتًا طويلًا، أو كثرت محاولاتها، أو اكتملت من قبل. ابدأها من جديد.
account-problem-locked = أقفل هذا الحساب من يشغّل الخادم.
account-problem-locked-next = اكتب إليه. وما زال بإمكانك طلب نسخة من بياناتك أو محوها.

## إنشاء حساب

account-register-document-title = إنشاء حساب · Unisono
account-register = إنشاء حساب
account-register-lede = يكفي عنوان بريد إلكتروني. ولا يراه أحد غيرك أبدًا.
account-email-hint = للرموز ولما ينبغي أن تعرفه عن حسابك. ولا يُرسَل إليه شيء آخر.
account-email-missing = اكتب عنوان بريدك الإلكتروني، مثل name@example.org.
account-password-optional = كلمة مرور، إن أردت
account-password-optional-hint = من 8 إلى 256 حرفًا. وبدونها تدخل برمز يصلك بالبريد أو بمفتاح مرور.
account-age = عمري { $years } سنة أو أكثر.
account-age-missing = ضع العلامة إن كان هذا صحيحًا. وبلا حساب يمكن استخدام كل شيء في أي عمر.
account-agree = قرأت سياسة الخصوصية وأوافق عليها.
account-agree-missing = اقرأ السياسة، ثم ضع العلامة إن كنت موافقًا.
account-policy = قراءة سياسة الخصوصية
account-policy-version = الإصدار { $version }
account-register-go = أرسلوا لي الرمز
account-register-have = لدي حساب
account-register-finish = إنشاء الحساب
account-join = أوشكت على الدخول
account-join-lede = أتيت عبر { $title } وليس لك حساب هنا بعد. وافق على هذا فيُنشأ.
account-join-email = عنوانه { $email } كما هو في تلك الخدمة.
account-weak-short = كلمة المرور 8 أحرف على الأقل. وأربع كلمات لا علاقة بينها اختيار جيد.
account-weak-long = كلمة المرور 256 حرفًا على الأكثر. اختصرها.
account-weak-common = يستخدم كثيرون كلمة المرور هذه، فهي أول ما يُجرَّب. وأربع كلمات لا علاقة بينها اختيار جيد.
account-weak-names-you = في كلمة المرور هذه عنوانك أو اسمك أو اسم هذا المكان. اختر ما لا علاقة له بها.

## كلمة مرور منسية، وأول مشغّل

account-reset-document-title = كلمة مرور جديدة · Unisono
account-reset = نسيت كلمة المرور؟
account-reset-lede = يصلك رابط بالبريد تضع به كلمة جديدة. ويمكنك الدخول بدونها برمز أو بمفتاح مرور.
account-reset-send = أرسلوا لي الرابط
account-reset-sent = إن كان لهذا العنوان حساب فالرسالة في الطريق.
account-reset-sent-next = الرابط الذي فيها يصلح ساعة واحدة. وانظر أيضًا في البريد غير المرغوب فيه.
account-reset-another = اطلب رابطًا آخر
account-reset-new = كلمة مرور جديدة
account-reset-new-lede = بعدها يُسجَّل الخروج من كل متصفح فُتح فيه هذا الحساب.
account-reset-done = وُضعت كلمة المرور الجديدة.
account-reset-done-next = سجّل الدخول بها الآن.
account-setup-document-title = إعداد هذا الخادم · Unisono
account-setup = إعداد هذا الخادم
account-setup-lede = فتحت الرابط الذي طبعه الخادم عند بدئه. هنا يُنشأ حساب من يشغّله.
account-setup-go = إنشاء حساب المشغّل
account-setup-no-link = هذه الصفحة تحتاج إلى الرابط كاملًا.
account-setup-no-link-next = يطبعه الخادم عند كل بدء إلى أن يُستخدم. انسخه كله، مع ما يلي العلامة «#».

## الحساب

account-document-title = حسابك · Unisono
account-title = حسابك
account-waiting = نبحث عن حسابك
account-signed-in-as = دخلت باسم
account-nameless = شخص بلا اسم
account-operator = أنت تشغّل هذا الخادم.
account-operator-page = صفحة الإدارة
account-plan = خطتك
account-sections = أقسام حسابك
account-ended = سُجّل خروجك.
account-ended-next = انتهت هذه الجلسة، وربما أنهيتها أنت من جهاز آخر. سجّل الدخول من جديد لتتابع.
account-signed-out = سُجّل خروجك.
account-signed-out-next = مُحي ما كان هذا المتصفح يحفظه عن حسابك.
account-list-waiting = جارٍ جلب القائمة

## الملف الشخصي

account-profile = الملف الشخصي
account-profile-lede = كل ما هنا اختياري. وعنوانك لا يراه غيرك أبدًا.
account-picture = الصورة
account-picture-hint = بصيغة JPEG أو PNG، وبحجم 5 ميغابايت على الأكثر. يُزال منها المكان والتاريخ وبيانات الكاميرا.
account-picture-yours = صورتك
account-picture-choose = اختر صورة
account-picture-remove = أزل الصورة
account-picture-sending = جارٍ إرسال الصورة
account-picture-large = هذا الملف أكبر من { $mb } ميغابايت. اختر أصغر منه.
account-name = الاسم
account-name-hint = ما يراه الآخرون في الغرف. من 1 إلى 40 حرفًا، أو فارغ.
account-country = البلد
account-country-none = غير مذكور
account-country-hint = البلد هو ما تذكره أنت فقط. لا يُستنتج أبدًا من عنوانك على الشبكة.

## طرق الدخول

account-ways = طرق الدخول
account-ways-lede = كل ما يُدخلك. وإن كانت لك طريقتان فلا ضرر من فقدان إحداهما.
account-last-way = ليس لك إلا طريقة دخول واحدة.
account-last-way-next = إن فقدتها فلا أحد يستطيع إعادتك. أضف مفتاح مرور أو كلمة مرور.
account-passkeys = مفاتيح المرور
account-passkeys-lede = تفتح قفل هاتفك أو حاسوبك أو مفتاح الأمان، فتدخل. لا يمكن تخمينه ولا اصطياده.
account-passkeys-none = لا مفتاح مرور بعد. أضف واحدًا لهذا الجهاز.
account-passkey-add = إضافة مفتاح مرور
account-passkey-added = أُضيف مفتاح المرور.
account-passkey-name = مفتاح مرور بتاريخ { $day }
account-passkey-used = آخر استخدام: { $day }
account-passkey-unused = أُضيف في { $day }، ولم يُستخدم بعد
account-passkey-rename = تغيير الاسم
account-passkey-rename-field = اسم مفتاح المرور
account-passkey-removed = أُزيل مفتاح المرور. ويمكنك حذفه من الجهاز أيضًا.
account-passkey-unsupported = هذا المتصفح لا يعرف مفاتيح المرور.
account-passkey-unsupported-next = افتح هذه الصفحة في متصفح أحدث أو على هاتفك.
account-passkey-not-made = لم يُنشأ مفتاح مرور.
account-passkey-not-made-next = ربما أغلقت نافذة المتصفح، أو أن على هذا الجهاز مفتاحًا من قبل. حاول متى شئت.
account-password-there = كلمة المرور موضوعة.
account-password-none = لا كلمة مرور. تدخل برمز يصلك بالبريد أو بطريقة أخرى.
account-password-current = كلمة المرور الحالية
account-password-new = كلمة المرور الجديدة
account-password-hint = من 8 إلى 256 حرفًا. وأربع كلمات لا علاقة بينها اختيار جيد.
account-password-set = ضع كلمة المرور هذه
account-password-add = وضع كلمة مرور
account-password-change = تغيير كلمة المرور
account-password-changed = وُضعت كلمة المرور. وسُجّل الخروج من كل المتصفحات الأخرى.
account-password-removed = أُزيلت كلمة المرور.
account-password-ends = بعدها يُسجَّل الخروج من كل المتصفحات الأخرى.
account-factor-way = العامل الثاني
account-factor-none = بعد كلمة المرور يُطلب رمز من تطبيق على هاتفك. فكلمة المرور المسروقة لا تفتح شيئًا.
account-factor-none-yet = بعد الرمز البريدي يُطلب رمز من تطبيق على هاتفك أيضًا. فمن يقرأ بريدك لا يصل إلى أبعد.
account-factor-there =
    { $left ->
        [0] يُطلب رمز من تطبيقك. لم يبق أي رمز استرداد: أنشئ رموزًا جديدة.
        [one] يُطلب رمز من تطبيقك. بقي رمز استرداد واحد: أنشئ رموزًا جديدة قريبًا.
        [two] يُطلب رمز من تطبيقك. بقي رمزا استرداد.
        [few] يُطلب رمز من تطبيقك. بقيت { $left } رموز استرداد.
        [many] يُطلب رمز من تطبيقك. بقي { $left } رمز استرداد.
       *[other] يُطلب رمز من تطبيقك. بقي { $left } رمز استرداد.
    }
account-factor-add = إضافة تطبيق مصادقة
account-factor-scan = افتح تطبيق المصادقة ودعه يقرأ هذه الصورة.
account-factor-qr = السر الخاص بتطبيق المصادقة
account-factor-by-hand = أو اكتب هذا المفتاح في التطبيق:
account-factor-copy = نسخ المفتاح
account-factor-first = الرمز الذي يعرضه التطبيق الآن
account-factor-first-hint = ستة أرقام تدل على أن التطبيق قرأ المفتاح.
account-factor-confirm = تفعيل
account-factor-removed = أُزيل العامل الثاني.
account-recovery = رموز الاسترداد
account-recovery-lede = كل رمز يصلح مرة واحدة حين لا يكون هاتفك معك. تُعرض هذه المرة فقط: انسخها أو اطبعها الآن.
account-recovery-copy = نسخ كل الرموز
account-recovery-done = حفظتها
account-recovery-new = رموز استرداد جديدة
account-identities = الخدمات المرتبطة
account-identities-lede = يمكنك الدخول عبرها. تعرف الخدمة أنك تدخل هنا، ونعرف نحن من أنت هناك، ولا شيء غير ذلك.
account-identities-none = لا خدمة مرتبطة.
account-identity-since = مرتبطة منذ { $day }
account-identity-connect = ربط { $title }
account-identity-disconnect = إلغاء الربط
account-identity-gone = أُلغي الربط، وأُعيد إذن وصولنا إليها.
account-email-none = لا عنوان
account-email-change = تغيير العنوان
account-email-new = عنوان البريد الجديد
account-email-confirm = تغيير العنوان
account-email-changed = تغيّر العنوان، وأُخبر العنوان القديم.

## إثبات من جديد

account-prove = أما زلت أنت؟
account-prove-lede = هذا يغيّر حماية حسابك. أثبت مرة أخرى أنك أنت، ويكفي ذلك عشر دقائق.
account-prove-passkey = استخدام مفتاح مرور
account-prove-password = استخدام كلمة المرور
account-prove-totp = استخدام تطبيق المصادقة
account-prove-mail = أرسلوا لي رمزًا بالبريد
account-prove-go = متابعة

## الجلسات والسجل والأحداث

account-sessions = أين سجّلت الدخول
account-sessions-lede = كل متصفح فُتح فيه حسابك. ما لا تعرفه أنهه، ثم غيّر كلمة المرور.
account-sessions-none = لا متصفح مسجَّل الدخول.
account-session-this = هذا المتصفح
account-session-used = آخر استخدام: { $day }، والدخول: { $since }
account-session-end = تسجيل الخروج هناك
account-session-ended = سُجّل الخروج من ذلك المتصفح.
account-sessions-end = تسجيل الخروج من كل مكان آخر
account-sessions-ended = سُجّل الخروج من كل المتصفحات الأخرى.
account-history = روابط شاهدتها
account-history-lede = تُحفظ لتجدها على كل أجهزتك. ولا يرى القائمة أحد غيرك.
account-history-keep = مدة حفظها
account-history-off = لا تُحفظ
account-history-days =
    { $days ->
        [one] يوم واحد
        [two] يومان
        [few] { $days } أيام
        [many] { $days } يومًا
       *[other] { $days } يوم
    }
account-history-account = ما دام الحساب
account-history-none = لا رابط بعد. افتح رابطًا وأنت مسجَّل الدخول، فيظهر هنا.
account-history-forget = انسَ الكل
account-history-forgotten = نُسيت كل الروابط.
account-bring = ما حفظه هذا المتصفح لك
account-bring-lede = قل نعم، فينضم هذا إلى حسابك ويكون معك على كل جهاز تدخل منه.
account-bring-rooms =
    { $rooms ->
        [one] غرفة واحدة: تكون فيها الشخص نفسه على كل أجهزتك، وتديرها منها جميعًا إن كنت من فتحها.
        [two] غرفتان: تكون فيهما الشخص نفسه على كل أجهزتك، وتدير منها جميعًا ما فتحته أنت.
        [few] { $rooms } غرف: تكون فيها الشخص نفسه على كل أجهزتك، وتدير منها جميعًا ما فتحته أنت.
        [many] { $rooms } غرفة: تكون فيها الشخص نفسه على كل أجهزتك، وتدير منها جميعًا ما فتحته أنت.
       *[other] { $rooms } غرفة: تكون فيها الشخص نفسه على كل أجهزتك، وتدير منها جميعًا ما فتحته أنت.
    }
account-bring-pages =
    { $pages ->
        [one] رابط واحد شاهدته.
        [two] رابطان شاهدتهما.
        [few] { $pages } روابط شاهدتها.
        [many] { $pages } رابطًا شاهدته.
       *[other] { $pages } رابط شاهدته.
    }
account-bring-name = الاسم «{ $name }»، إن لم يكن لغيرك هنا.
account-bring-go = نعم، ضم هذا إلى حسابي
account-brought = تم.
account-brought-rooms =
    { $rooms ->
        [one] صارت غرفة واحدة لك.
        [two] صارت غرفتان لك.
        [few] صارت { $rooms } غرف لك.
        [many] صارت { $rooms } غرفة لك.
       *[other] صارت { $rooms } غرفة لك.
    }
account-brought-next = في الغرف التي كنت فيها أنت الشخص نفسه على كل جهاز تدخل منه.
account-brought-pages =
    { $pages ->
        [one] أُضيف رابط واحد إلى ما شاهدته.
        [two] أُضيف رابطان إلى ما شاهدته.
        [few] أُضيفت { $pages } روابط إلى ما شاهدته.
        [many] أُضيف { $pages } رابطًا إلى ما شاهدته.
       *[other] أُضيف { $pages } رابط إلى ما شاهدته.
    }
account-brought-name = صار اسمك «{ $name }».
account-brought-name-left = الاسم «{ $name }» لغيرك هنا أو لا يصلح. اختر غيره في «الملف الشخصي».
account-brought-nothing = لم يكن فيه جديد.
account-events = ما حدث
account-events-lede = في آخر 90 يومًا. إن لم يكن شيء منها منك فسجّل الخروج من كل مكان آخر وغيّر كلمة المرور.
account-events-none = لم يحدث شيء بعد.
account-event-operator-locked = أقفل مشغّل الخادم الحساب
account-event-operator-unlocked = فتح مشغّل الخادم الحساب
account-event-operator-signed-out = أنهى مشغّل الخادم كل جلساتك
account-event-operator-sent-copy = أرسل إليك مشغّل الخادم الطريق إلى نسختك
account-event-signed-in = تسجيل دخول
account-event-signed-in-on-new-device = تسجيل دخول من جهاز جديد
account-event-sessions-ended = سُجّل الخروج من متصفحات أخرى
account-event-password-changed = وُضعت كلمة المرور
account-event-password-removed = أُزيلت كلمة المرور
account-event-passkey-added = أُضيف مفتاح مرور
account-event-passkey-removed = أُزيل مفتاح مرور
account-event-totp-added = فُعّل العامل الثاني
account-event-totp-removed = أُزيل العامل الثاني
account-event-recovery-codes-made = أُنشئت رموز استرداد جديدة
account-event-recovery-code-used = استُخدم رمز استرداد
account-event-email-changed = تغيّر عنوان البريد
account-event-upstream-linked = رُبطت خدمة
account-event-upstream-removed = أُلغي ربط خدمة
account-event-copy-taken = أُخذت نسخة
account-event-restricted = قُيّد استخدام البيانات
account-event-restriction-lifted = رُفع تقييد استخدام البيانات
account-event-erasure-planned = تقرّر محو الحساب
account-event-erasure-taken-back = أُلغي محو الحساب
account-event-other = تغيّر شيء: { $kind }
account-sign-out = تسجيل الخروج
account-sign-out-lede = الخروج يمحو ما يحفظه هذا المتصفح عنك، ومنه الغرف التي يعرفها. ويبقى المظهر واللغة.

account-data = بياناتك
account-data-lede = كل ما يُحفظ عنك هنا ملكك.
account-data-centre = اطّلع على كل ما يُحفظ وغيّره
account-data-policy = ما الذي يُحفظ، ولماذا، وإلى متى
account-data-copy = خذ نسخة معك
account-data-copied = النسخة في تنزيلاتك.
account-data-leave = امحُ الحساب وكل ما فيه
account-data-leave-lede = يذهب ملفك وطرق دخولك وروابطك وإعداداتك، واسمك وأسطرك في غرف الآخرين. لا رجوع بعد ذلك، ولا حتى من نسخة احتياطية.
account-data-word = امحُ
account-data-type = اكتب «{ $word }» حتى لا يحدث ذلك سهوًا
account-data-now = امحُ الآن
account-data-later = امحُ بعد سبعة أيام
account-data-planned = سيُمحى كل شيء في { $when }.
account-data-planned-next = حتى ذلك الحين يمكنك البقاء. لم يُؤخذ شيء بعد.
account-data-planned-said = سيُمحى بعد سبعة أيام.
account-data-stay = ابقَ
account-data-stayed = أنت باقٍ. لم يُمحَ شيء.
account-data-gone = مُحي كل ما يخصك.
account-data-gone-next = الإيصال: { $receipt }. لا يسمّي أحدًا.
account-data-home = إلى صفحة البداية

## متابعة المضيفين

account-follows = من تتابعهم
account-follows-lede = حين يفتح أحدهم غرفة تجدها في «الإشعارات»؛ ولا تصلك رسالة إلا إن طلبتها.
account-follows-none = لا أحد بعد. في غرفة يسمح مضيفها بذلك، افتح «الناس» واضغط «تابع».
account-follows-nameless = شخص بلا اسم
account-follows-since = تتابعه منذ { $day }
account-follows-mails-on = الرسائل مفعّلة
account-follows-mails-ask = أرسلوا لي رسائل
account-follows-mails-end = لا مزيد من الرسائل
account-follows-mails-ended = أوقفت الرسائل.
account-follows-asked = الرسالة في طريقها إليك.
account-follows-asked-next = اضغط الرابط فيها فتتفعّل الرسائل. من دون ذلك لا يُرسل شيء.
account-follows-end = إلغاء المتابعة
account-follows-ended = لم تعد تتابع { $name }.
account-hosting = السماح للآخرين بمتابعتي
account-hosting-hint = حين تفتح غرفة بلا كلمة مرور يُخبر متابعوك بها، مرة كل ست ساعات على الأكثر. يرون اسمك ولا يرون عنوانك أبدًا. إيقاف هذا ينهي متابعة الجميع لك.
account-hosting-followers =
    { $count ->
        [0] لا أحد يتابعك.
        [one] يتابعك شخص واحد.
        [two] يتابعك شخصان.
        [few] يتابعك { $count } أشخاص.
        [many] يتابعك { $count } شخصًا.
       *[other] يتابعك { $count } شخص.
    }
account-notices = الإشعارات
account-notices-lede = غرف من تتابعهم خلال آخر 90 يومًا.
account-notices-none = لا شيء بعد. حين يفتح من تتابعه غرفة تجدها هنا.
account-notices-room = فتح { $name } غرفة
account-notices-come-in = ادخل
account-notices-over = الغرفة مغلقة
account-notices-new = جديد
account-notices-forget = انسَ كل الإشعارات
account-notices-forgotten = نُسيت كل الإشعارات.

## Saved rooms

account-rooms = الغرف المحفوظة
account-rooms-lede = تحتفظ الغرفة المحفوظة باسمها ورمزها أينما فتحتها. وإن فتحتها من هذا المتصفح بقي رابطها أيضًا كما هو حتى تسجّل الخروج. لا يُحفظ من استمع ولا ما شُغّل.
account-rooms-none = لم تحفظ غرفة بعد. احفظ واحدة أدناه وافتحها متى شئت.
account-rooms-not-in-plan = خطتك لا تحفظ الغرف. تُفتح الغرف برمز جديد كل مرة كالمعتاد.
account-rooms-more = خطة Pro تحفظ الغرف.
account-rooms-more-next = ما حفظته من قبل باقٍ: ينام ويستيقظ مع Pro.
account-rooms-pricing = قارن الخطط
account-room-new = احفظ غرفة
account-room-name = الاسم
account-room-kind = لأجل
account-room-cast = بث صوت هذا الجهاز
account-room-queue = الاستماع معًا، مع قائمة
account-room-code = الرمز (اختياري)
account-room-code-hint = من 6 إلى 12 رقمًا وحرفًا لاتينيًا، ما عدا U. يمكن تخمين الكلمات: فضع كلمة مرور أيضًا. إن تُرك فارغًا اختير رمز.
account-room-password = كلمة المرور (اختياري)
account-room-password-hint = تُطلب ممن يكتب الرمز.
account-room-password-set = بكلمة مرور
account-room-open-now = مفتوحة الآن
account-room-asleep = نائمة
account-room-open = افتح
account-room-rename = غيّر الاسم
account-room-rename-not = اتركه
account-room-renamed = تغيّر الاسم.
account-room-delete = احذف
account-room-deleted = لم تعد الغرفة { $name } محفوظة.
account-room-save = احفظ هذه الغرفة
account-room-saved = حُفظت الغرفة { $name }. رمزها { $code }.
