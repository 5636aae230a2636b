### صفحات قصيرة يعرضها الخادم: ما تقود إليه روابط الرسائل.

pages-document-title = { $title } · Unisono
pages-home = إلى الصفحة الأولى
pages-account = إلى حسابك

## رسائل عن غرف المضيف

pages-mails-confirm = رسائل عند فتح غرفة
pages-mails-confirm-next = اضغط الزر، فتصلك رسالة كلما فتح المضيف الذي تتابعه غرفة: مرة كل ست ساعات على الأكثر. في كل رسالة رابط يوقفها.
pages-mails-confirm-action = نعم، أرسلوا لي رسائل
pages-mails-confirmed = الرسائل مفعّلة.
pages-mails-confirmed-next = ستعلم في المرة القادمة حين يفتح المضيف الذي تتابعه غرفة.
pages-mails-over = لم يعد هذا الرابط صالحًا.
pages-mails-over-next = استُعمل من قبل، أو مضى عليه أكثر من يوم. اطلب الرسائل مجددًا من حسابك.
pages-mails-stop = إيقاف هذه الرسائل؟
pages-mails-stop-next = لن تصلك رسائل بعد الآن حين يفتح { $host } غرفة. ستبقى ترى ذلك في حسابك.
pages-mails-stop-action = أوقف الرسائل
pages-mails-stopped = لا مزيد من هذه الرسائل.
pages-mails-stopped-next = لتصلك من جديد، اطلبها من حسابك.

## صفحة المشغّل

admin-title = تشغيل هذا الخادم
admin-lead = أرقام وحالات. ما قاله الناس أو سمعوه أو كتبوه أو كيف يبدون لا يُعرض هنا ولا في أي مكان آخر، ما لم يأذن صاحبه بالاطلاع على بعضه لبعض الوقت.
admin-health = كيف حاله
admin-build = الإصدار
admin-uptime = يعمل منذ
admin-hours =
    { $count ->
        [0] أقل من ساعة
        [one] ساعة واحدة
        [two] ساعتين
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    }
admin-database = قاعدة البيانات
admin-disk = المساحة الحرة على قرص البيانات
admin-megabytes = { $count } ميغابايت
admin-disk-unknown = غير معروفة
admin-disk-low = المساحة الحرة على قرص البيانات قليلة، وإذا نفدت فلن يُحفظ شيء بعدها. أفرغ بعض المساحة، أو انقل البيانات إلى قرص أكبر واضبط UNISONO_DATA_DIR.
admin-rooms = الغرف المفتوحة
admin-live-rooms = الغرف التي فيها أحد، على هذه العقدة
admin-sockets = اتصالات الناس المفتوحة، على هذه العقدة
admin-mails = الرسائل المنتظرة
admin-retention = آخر حذف لما انتهى وقته
admin-never = لم يحدث بعد
admin-no-mail-server = لم يُضبط خادم بريد: الرسائل تنتظر، ويعرضها «unisono mail list». اضبط mail.host وpublic_url لتُرسل.
admin-retention-late = لم يُحذف ما انتهى وقته منذ أكثر من يوم. انظر إلى السجل وإلى «unisono doctor».
admin-waits = ما ينتظرك
admin-waits-none = لا شيء.
admin-waits-breaches = خروق لم تُبلَّغ بها السلطة
admin-waits-requests = طلبات بشأن البيانات لم يُجَب عنها
admin-waits-legal = ما تطلبه السلطات ولم يُبتّ فيه
admin-waits-threads = ما كتبه الناس إليك ولم تُجب عنه
admin-waits-until = أولها حتى (UTC)
admin-breach-waits = يجب إبلاغ السلطة بالخرق خلال 72 ساعة. انظر «unisono privacy breach list».
admin-breach-late = انقضت الساعات الـ72 التي يجب فيها إبلاغ السلطة بالخرق. أبلغها الآن وبيّن سبب التأخر: «unisono privacy breach list».
admin-request-soon = يجب الرد على طلب بشأن البيانات خلال عشرة أيام. انظر «unisono privacy requests list».
admin-request-late = مضى على طلب بشأن البيانات 30 يومًا دون رد. أجب عنه الآن: «unisono privacy requests list».
admin-accounts = الحسابات
admin-accounts-lead = يُعثر على الحساب بعنوانه أو معرّفه بدقة. ومن سطر الأوامر:
admin-find = العنوان أو المعرّف
admin-find-go = ابحث
admin-invite = ادعُ شخصًا
admin-invite-lead = تُنشأ الحسابات هنا بدعوة. الدعوة لعنوان واحد، ومدتها سبعة أيام، وتعمل مرة واحدة؛ ولا يُحفظ شيء عمّن تدعوه. والأمر نفسه من سطر الأوامر:
admin-invite-email = عنوان بريده الإلكتروني
admin-invite-mail = كيف تصله الدعوة
admin-invite-no-mail = أسلّم الرابط بنفسي
admin-invited = الدعوة جاهزة
admin-invited-lead = سلّم هذا الرابط إلى صاحب العنوان. يظهر مرة واحدة ولا يُحفظ في أي مكان.
admin-invited-mailed = رسالة تحمل الرابط في طريقها. إن لم يُضبط خادم بريد، فالأمر «unisono mail list» يعرضها.
admin-grants = ما أذن لك الأعضاء بالاطلاع عليه
admin-grants-lead = ما داموا يأذنون فقط. يُدوَّن كل اطلاع أولًا، ويراه صاحبه مع علامتك:
admin-grants-none = لا أحد يأذن بشيء الآن.
admin-grant-ends = حتى (UTC)
admin-grant-look = اطّلع
admin-granted = ما أذن لك عضو برؤيته
admin-granted-lead = دُوّن هذا الاطلاع، ويراه صاحب الحساب.
admin-granted-empty = لا شيء من هذا النوع.
admin-not-granted = لم يأذن صاحب الحساب بهذا، أو لم يعد يأذن.
admin-not-granted-next = يمكنه أن يأذن في مركز الخصوصية، تحت «إذن للدعم».
admin-jobs = ما يفعله الخادم من تلقاء نفسه
admin-jobs-lead = على هذه العقدة، والأوقات بتوقيت UTC. وما أخفق تجده في السجل برقمه المرجعي:
admin-job-retention = حذف ما انتهى وقته
admin-job-backups = نسخة احتياطية كل يوم
admin-job-letters = إرسال الرسائل
admin-job-announcements = إبلاغ الأعضاء بسياسة جديدة أو بخرق
admin-job-descriptions = تجديد أوصاف الروابط
admin-job-revocations = إبلاغ الخدمات الأخرى بمن فصل الدخول عبرها
admin-job-payments = سؤال خدمة الدفع
admin-job-prices = سؤال خدمة الدفع عن الأسعار
admin-job-status = حفظ حالة كل جزء
admin-job-off = غير مُعدّ
admin-job-waiting = لم يحدث بعد منذ بدء التشغيل
admin-job-done = تم في { $moment }؛ والمرة التالية في { $when } على الأكثر
admin-job-failed = أخفق في { $moment }، { $reference }؛ ويُعاد في { $when } على الأكثر
admin-switches = المفاتيح
admin-switches-lead = تُضبط في ملف الإعدادات. ما يفعله كل منها:
admin-switch-registration = يمكن للناس إنشاء حسابات
admin-switch-invited = بدعوة فقط
admin-switch-mail = الرسائل تُرسل
admin-switch-public = ضُبط عنوان عام
admin-switch-metrics = يستطيع أي أحد قراءة /metrics
admin-switch-spotify = مشغّل Spotify في الغرف
admin-switch-upstream = الدخول عبر { $name }
admin-on = مفعّل
admin-off = متوقف
admin-numbers = العدادات
admin-acts = ما فعله المشغّلون
admin-acts-lead = يُحفظ 90 يومًا. ومن عناه الأمر يراه في حسابه.
admin-acts-none = لا شيء بعد.
admin-by-you = أنت
admin-by-other = مشغّل آخر
admin-by-command = سطر الأوامر
admin-gone = حساب لم يعد موجودًا
admin-no-account = لا حساب بعد
admin-account = حساب واحد
admin-rank = الرتبة
admin-made = أُنشئ
admin-has-address = تصل الرسائل إلى صاحبه
admin-sessions = عدد الأجهزة الداخلة
admin-locked = مقفل منذ
admin-restricted = يُحفظ فقط منذ
admin-erase-at = سيُمحى
admin-yes = نعم
admin-no = لا
admin-own = هذا حسابك أنت. تغيّره بنفسك:
admin-seen = كل ما تفعله هنا يُدوَّن ويراه صاحب الحساب.
admin-password = كلمة مرورك
admin-password-hint = تُطلب لأنك لم تُثبت هويتك في الدقائق العشر الأخيرة. إن لم تكن لك كلمة مرور فأثبتها أولًا في حسابك.
admin-act-lock = اقفل
admin-act-unlock = افتح
admin-act-sign-out = أنهِ كل الجلسات
admin-act-send-copy = أرسل إلى صاحبه أين يجد نسخة بياناته
admin-act-erase = امحُ كل شيء
admin-act-invite = دعوة
admin-erase-lead = فورًا وإلى الأبد. يصل الإيصال إلى صاحبه بالبريد.
admin-erase-word = اكتب الكلمة:
admin-done = تم.
admin-erased-next = لم يبق شيء من الحساب.
admin-nobody = لا حساب بهذا العنوان أو المعرّف.
admin-nobody-next = يجب أن يكون العنوان دقيقًا. المعرّفات يعرضها: unisono account list
admin-unreadable = تعذرت قراءة هذا النموذج.
admin-unreadable-next = عُد وأرسله من جديد.
admin-back = رجوع إلى النظرة العامة

## المدوّنة

blog-title = المدوّنة
blog-published = نُشر في
blog-updated = عُدّل في
blog-newer = الأحدث
blog-older = الأقدم
blog-feed = التغذية (Atom)
blog-all = كل التدوينات

## الكتابة إلى من يشغّل الخادم

support-title = المساعدة والأسئلة
support-lead = اكتب إلى من يشغّل هذا الخادم. لا تحتاج إلى حساب. من هو:
support-topic = الموضوع
support-topic-fault = شيء لا يعمل
support-topic-account = حسابي
support-topic-privacy = بياناتي
support-topic-abuse = أحدهم يسيء استخدام الخادم
support-topic-other = شيء آخر
support-text = رسالتك
support-contact = بريدك الإلكتروني
support-contact-hint = للرد فقط. لا يراه سوى المشغّل.
support-to-account = يصل الرد إلى عنوان حسابك ويظهر هنا.
support-kept = يُحفظ ما تكتبه حتى 90 يومًا بعد الرد. ومن دون حساب يُحذف بعد 90 يومًا حتى لو لم يُجب أحد. يمكنك حذفه في أي وقت.
support-send = أرسل
support-yours = ما كتبته من قبل
support-thread = رسالتك
support-thread-lead = احتفظ بعنوان هذه الصفحة: به تقرأ الرد وتكتب مجددًا وتحذف كل شيء، على أي جهاز. ويصل الرد بالبريد أيضًا.
support-waits = تنتظر الرد
support-closed = رُدَّ عليها أو أُغلقت
support-by-you = أنت
support-by-operator = مشغّل الخادم
support-more = اكتب مجددًا
support-delete-lead = يحذف كل شيء فورًا، عندك وعند المشغّل.
support-delete = احذف هذه المحادثة
support-deleted = حُذفت.
support-deleted-next = لم يبق هنا شيء من هذه المحادثة. ما أُرسل بالبريد موجود في صندوقك.
support-not-taken = لم ينجح ذلك.
support-bad-message = اكتب شيئًا، 4000 حرف على الأكثر، واختر الموضوع.
support-bad-contact = هذا ليس عنوان بريد إلكتروني. من دونه لا يصلك الرد.
support-too-many =
    { $minutes ->
        [one] كتبت عدة مرات خلال ساعة. حاول بعد دقيقة.
        [two] كتبت عدة مرات خلال ساعة. حاول بعد دقيقتين.
        [few] كتبت عدة مرات خلال ساعة. حاول بعد { $minutes } دقائق.
        [many] كتبت عدة مرات خلال ساعة. حاول بعد { $minutes } دقيقة.
       *[other] كتبت عدة مرات خلال ساعة. حاول بعد { $minutes } دقيقة.
    }
support-full = رسائل كثيرة تنتظر الرد. حاول غدًا.
support-yours-wait = خمس من محادثاتك تنتظر الرد. تابع الكتابة في إحداها.
support-no-thread = لا توجد محادثة كهذه. حُذفت، أو انتهت منذ أكثر من 90 يومًا.
support-failed = حدث خطأ عندنا. حاول بعد لحظة.
contact-title = من يشغّل هذا الخادم
contact-lead = المذكور هنا مسؤول عن هذا الخادم وعما يحفظه.
contact-support = للأسئلة والأعطال نموذج. لا يحتاج إلى حساب، ويصل الرد بالبريد.
contact-unknown = لم يذكر مشغّل هذا الخادم من هو. اسأل من أعطاك العنوان.
contact-name = الاسم
contact-address = العنوان البريدي
contact-mail = البريد الإلكتروني
terms-title = الشروط
terms-lead = ما يمكن أن تتوقعه أنت ومشغّل الخادم كل من الآخر.
terms-use = يمكنك استخدام هذا الخادم للاستماع إلى الموسيقى معًا. لا تستخدمه لإيذاء الآخرين أو للالتفاف على الحظر، ولا تحمّله أكثر مما يحمّله الناس بالاستماع.
terms-invited = البث والاستماع والغرف والروابط متاحة للجميع. أما الحساب فيُنشأ بدعوة: اطلبها ممن يشغّل هذا الخادم.
terms-closed = البث والاستماع والغرف والروابط متاحة للجميع. لا تُنشأ حسابات جديدة هنا.
terms-music = شغّل ما يحق لك تشغيله. يذهب الصوت من أجهزتك إلى أجهزة أصدقائك، ولا يحفظه الخادم. مشغّلات الخدمات الأخرى تتبع شروط تلك الخدمات.
terms-others = المضيف يقرر من يكون في غرفته. ما تكتبه في غرفة يراه من فيها. يستطيع المشغّل إقفال الحسابات التي تخالف هذه الشروط، وسترى ذلك إن حدث.
terms-as-is = قد يغيب الخادم أو يتغير أو ينتهي. يُقدَّم كما هو، من دون وعد بأن يعمل دائمًا. تبقى الحقوق التي يمنحها لك القانون كما هي.
terms-leaving = يمكنك المغادرة في أي وقت، وأخذ بياناتك معك، ومحوها كلها، من دون ذكر سبب.
terms-source = البرنامج حر برخصة GNU Affero General Public License الإصدار 3 أو أحدث. رابط شيفرته في الأسفل.

## كيف تعمل الخدمة

status-title = كيف يعمل هذا الخادم
status-well = لا مشكلة معروفة الآن.
status-trouble = بعضها يواجه مشكلة الآن.
status-not-yet = بدأ الخادم للتو ولم يفحص شيئًا بعد.
status-looked = آخر فحص: { $when } (UTC).
status-how = يفحص الخادم أجزاءه مرة كل دقيقة. أما البريد وخدمات الموسيقى فلا يعدّ منها إلا ما حصل حين استعملها أحد: لا يُسأل أحد من أجل هذه الصفحة. وحين يكون الخادم نفسه متوقفًا لا يفحص أحد.
status-own = هذا الخادم
status-links = البحث عن الروابط
status-part-web = الصفحات وقاعدة البيانات
status-part-rooms = الغرف
status-part-relay = المرحّل، للشبكات التي لا طريق مباشرًا فيها
status-part-mail = البريد
status-works = يعمل
status-troubled = يواجه مشكلات منذ { $when } (UTC)
status-down = متوقف منذ { $when } (UTC)
status-not-set-up = غير مُعدّ هنا
status-unknown = غير معروف: لم يُجرَّب مؤخرًا
status-checked = آخر فحص: { $when } (UTC)
status-share = نجح { $count }٪ من الفحوص في آخر 90 يومًا
status-share-day = نجح { $count }٪ من الفحوص
status-bar = آخر 90 يومًا: { $kinds }
status-days-well =
    { $count ->
        [one] يوم واحد بلا مشكلات
        [two] يومان بلا مشكلات
        [few] { $count } أيام بلا مشكلات
        [many] { $count } يومًا بلا مشكلات
       *[other] { $count } يوم بلا مشكلات
    }
status-days-some =
    { $count ->
        [one] يوم واحد فيه بعض المشكلات
        [two] يومان فيهما بعض المشكلات
        [few] { $count } أيام فيها بعض المشكلات
        [many] { $count } يومًا فيها بعض المشكلات
       *[other] { $count } يوم فيها بعض المشكلات
    }
status-days-hardly =
    { $count ->
        [one] يوم واحد لم يكد يعمل فيه شيء
        [two] يومان لم يكد يعمل فيهما شيء
        [few] { $count } أيام لم يكد يعمل فيها شيء
        [many] { $count } يومًا لم يكد يعمل فيها شيء
       *[other] { $count } يوم لم يكد يعمل فيها شيء
    }
status-days-none =
    { $count ->
        [one] يوم واحد بلا فحوص
        [two] يومان بلا فحوص
        [few] { $count } أيام بلا فحوص
        [many] { $count } يومًا بلا فحوص
       *[other] { $count } يوم بلا فحوص
    }
status-legend = كل مربع يوم، وآخرها اليوم. الممتلئ: نجحت كل الفحوص. الأقصر: لم ينجح بعضها. الفارغ: لم ينجح معظمها. الشرطة: لم يكن هناك فحص.
status-incidents = أيام فيها مشكلات
status-incidents-lead = يكتب الخادم هذه القائمة بنفسه: أيام لم تنجح فيها ثلاثة فحوص على الأقل لجزء ما، وأكثر من فحص من كل عشرين.
status-incidents-none = لا شيء في آخر 90 يومًا.
status-programs = ونفسه للبرامج:
