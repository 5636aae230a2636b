### مركز الخصوصية: ما يُحفظ عمّن يسأل، وما الذي يمكنه فعله حيال ذلك. يعرضه الخادم.

centre-document-title = بياناتك · Unisono
centre-link = بياناتك
centre-title = بياناتك
centre-lead = كل ما يُحفظ عنك هنا، بقيمته وسببه، وما الذي يمكنك فعله حياله. استخدام أيٍّ من هذا لا يغيّر شيئًا مما يُسمح لك به هنا.
centre-policy = ما يُحفظ عمومًا، ولماذا
centre-member = دخلت باسم
centre-guest = لم تسجّل الدخول. من دون حساب، ما يخصك موجود في هذا المتصفح وفي الغرف التي كان فيها.
centre-sign-in = سجّل الدخول
centre-back = العودة إلى بياناتك
centre-typed = العودة إلى النموذج، وفيه ما كتبته
centre-yes = نعم
centre-no = لا
centre-picture = صورة

centre-done-stayed = أنت باقٍ. لم يُمحَ شيء.
centre-done-planned = سيُمحى كل شيء بعد سبعة أيام. حتى ذلك الحين يمكنك التراجع هنا.
centre-done-erased = مُحي.
centre-done-corrected = صُحّح.
centre-done-restricted = من الآن تُحفظ بياناتك ولا تُستخدم في شيء.
centre-done-lifted = تُستخدم بياناتك من جديد كما كانت.
centre-done-objected = اعتراضك سارٍ من الآن.
centre-done-withdrawn = سُحب اعتراضك.
centre-done-allowed = لقد سمحت به.
centre-done-refused = لقد رفضته.
centre-done-asked = سُجّل طلبك. إن كان لديك حساب تجده أدناه مع اليوم الذي يجب أن يُجاب قبله؛ وإلا يأتي الجواب بالبريد.
centre-done-granted = سمحتَ بذلك. كل اطلاع يظهر أدناه، ويمكنك سحب الإذن في أي وقت.
centre-done-revoked = سُحب الإذن. لا يستطيع أحد الاطلاع بعد الآن.

centre-held = ما يُحفظ عنك
centre-held-lead = الأسماء المكتوبة بهذا الخط هي نفسها التي في النسخة التي يمكنك أخذها.
centre-held-why = لأجل
centre-held-since = منذ
centre-held-count = { $count ->
    [zero] لا قيمة
    [one] قيمة واحدة
    [two] قيمتان
    [few] { $count } قيم
    [many] { $count } قيمة
   *[other] { $count } قيمة
}
centre-held-more = { $count ->
    [zero] لا صفوف أخرى في النسخة.
    [one] صف آخر موجود في النسخة.
    [two] صفان آخران موجودان في النسخة.
    [few] { $count } صفوف أخرى موجودة في النسخة.
    [many] { $count } صفًا آخر موجودة في النسخة.
   *[other] { $count } صف آخر موجودة في النسخة.
}
centre-nobody-else = لا أحد غيرك
centre-put-right = صحّح
centre-erase-one = امحُ هذا
centre-erase-kind = امحُ كل ما هو من هذا النوع
centre-hidden = ما يُحفظ ولا يُعرض
centre-hidden-lead = هذه لازمة للتعرف عليك ولا تُعرض على أحد. وتُمحى مع كل شيء آخر.
centre-hidden-hashed = لا تُحفظ إلا بصمة ({ $kind })
centre-hidden-sealed = مشفّر
centre-hidden-plain = يُستخدم داخل البرنامج فقط

centre-code = الرمز الذي في الرسالة
centre-code-send = أرسل إليّ رمزًا لأثبت أنني أنا
centre-password = كلمة مرورك، لتثبت أنك أنت
centre-proof-elsewhere = ليست لديك كلمة مرور. أثبت في صفحة الحساب أنك أنت، ثم عُد إلى هنا:

centre-copy = خذ نسخة معك
centre-copy-lead = ملف ZIP واحد فيه كل شيء: أسطر JSON ومخططها وصور وصفحة للقراءة.
centre-copy-take = نزّل النسخة
centre-copy-made = أُعدّت هذه النسخة في { $moment }.
centre-copy-files = والمحتوى نفسه محفوظ للبرامج في المجلد «data» بالأسماء المكتوبة هنا بخط ثابت العرض، ويبيّن الملف «schema.json» ما في كل سطر هناك.

centre-correct = صحّح
centre-correct-lead = الصورة وعنوان البريد وطرق الدخول تُغيَّر في صفحة الحساب:
centre-user-name = الاسم
centre-country = البلد بحرفين؛ اتركه فارغًا إن لم ترد قوله
centre-language-none = كما في المتصفح
centre-history = الروابط التي شاهدتها تُحفظ
centre-history-off = لا تُحفظ
centre-history-days = { $days } يومًا
centre-history-account = ما دام الحساب موجودًا
centre-correct-save = احفظ

centre-restrict = قيّد الاستخدام
centre-restrict-lead = يبقى كل شيء محفوظًا ولا يُستخدم في شيء: لا أخبار بالبريد، ولا تذكُّر للروابط، ولا تظهر غرفك في القائمة العامة. والرسائل التي تحمي حسابك تصل كما كانت.
centre-restrict-is-on = بياناتك محفوظة ولا تُستخدم في شيء. والرسائل التي تحمي حسابك ما زالت تصل.
centre-restrict-do = قيّد استخدام بياناتي
centre-restrict-lift = ارفع التقييد

centre-object = اعترض
centre-object-lead = هذه تستند إلى مصلحة مشروعة بدلًا من موافقتك. ويحق لك الاعتراض على كل منها في أي وقت.
centre-object-ends = ينتهي فورًا، ويُمحى ما حُفظ لأجله.
centre-object-asks = هذا جزء من حماية الخادم، فلا يمكن أن ينتهي من تلقاء نفسه: على من يشغّل الخادم أن يزن اعتراضك ويجيبك.
centre-object-since = أنت معترض منذ { $day }.
centre-object-do = أعترض
centre-object-undo = اسحب الاعتراض
centre-object-history-again = اسحب الاعتراض واحفظ الروابط 30 يومًا

centre-consents = الموافقات
centre-consents-lead = مشغّلات خدمات أخرى. ما تختاره هنا يسري فورًا على كل جهاز دخلت منه. وحتى المسموح به لا يُحمَّل إلا حين تضغط زرّه في الغرفة.
centre-consent-allow = اسمح
centre-consent-refuse = ارفض
centre-consent-is-open = لم تختر بعد. كل جهاز يسأل.
centre-consent-is-given = مسموح. ومع ذلك يسأل كل جهاز.
centre-consent-is-refused = مرفوض. لا يُحمَّل في أي مكان.
centre-consent-given = سُمح به في { $day }
centre-consent-refused = رُفض في { $day }
centre-player-refused = لقد رفضت هذا المشغّل في صفحة بياناتك.

centre-grants = إذن للدعم
centre-grants-lead = من يشغّل هذا الخادم لا يرى شيئًا من هذا ما لم تأذن: نوع واحد من البيانات، ليوم واحد على الأكثر. يُدوَّن كل اطلاع قبل أن يُعرض شيء، ويبقى ظاهرًا هنا 90 يومًا.
centre-grant-given = مُنح (UTC)
centre-grant-ends = ينتهي (UTC)
centre-grant-running = يمكن الاطلاع الآن
centre-grant-revoked = سُحب: { $moment }
centre-grant-over = انتهى
centre-grant-no-looks = لم يطّلع أحد.
centre-grant-looks = مرات الاطلاع (UTC)
centre-grant-operator = مشغّل الخادم
centre-grant-revoke = اسحب الإذن الآن
centre-grant-what = ما يجوز الاطلاع عليه
centre-grant-how-long = المدة
centre-grant-hours = { $count ->
    [zero] { $count } ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
centre-grant-give = ائذن
centre-grant-columns = ما يُظهره كل نوع
centre-scope-profile = الملف الشخصي والإعدادات
centre-scope-sign-ins = من أين سجّلت الدخول وما حدث لحسابك
centre-scope-rooms = الغرف التي فتحتها أو حفظتها، من دون رموزها
centre-scope-history = الروابط التي شاهدتها
centre-scope-notices = هل يمكن متابعتك، وما أُخبرت به
centre-scope-plan = خطتك ومدفوعاتك

centre-events = ما حدث
centre-events-lead = ما حدث لحسابك في آخر 90 يومًا
centre-event-signed-in = دخول
centre-event-signed-in-on-new-device = دخول من جهاز جديد
centre-event-sessions-ended = أُخرجت المتصفحات الأخرى
centre-event-password-changed = ضُبطت كلمة المرور
centre-event-password-removed = أُزيلت كلمة المرور
centre-event-passkey-added = أُضيف مفتاح مرور
centre-event-passkey-removed = أُزيل مفتاح مرور
centre-event-totp-added = شُغّل العامل الثاني
centre-event-totp-removed = أُزيل العامل الثاني
centre-event-recovery-codes-made = صُنعت رموز استرداد جديدة
centre-event-recovery-code-used = استُخدم رمز استرداد
centre-event-email-changed = تغيّر عنوان البريد
centre-event-upstream-linked = رُبطت خدمة
centre-event-upstream-removed = فُكّ ربط خدمة
centre-event-copy-taken = أُخذت نسخة
centre-event-restricted = قُيّد استخدام البيانات
centre-event-restriction-lifted = رُفع تقييد استخدام البيانات
centre-event-erasure-planned = تقرّر محو الحساب
centre-event-erasure-taken-back = أُلغي محو الحساب

centre-browser = ما يحفظه هذا المتصفح
centre-browser-lead = يبقى على هذا الجهاز. ومن يستخدم الجهاز يستطيع أن يراه ويمحوه.
centre-browser-no-script = من دون نصوص برمجية لا تستطيع هذه الصفحة أن تنظر داخل متصفحك. تجد هذه الأسماء في إعداداته ضمن بيانات هذا الموقع، ويمكنك محوها هناك أيضًا.
centre-browser-none = لا يُحفظ شيء هنا الآن.
centre-browser-there = يُحفظ شيء هنا، بصيغة لا يقرؤها إلا المتصفح.
centre-browser-cleared = مُحي.
centre-browser-clear = امحُ
centre-browser-clear-all = امحُ كل ذلك

centre-rooms = ما تحفظه الغرف عن هذا المتصفح
centre-rooms-lead = لهذا المتصفح في كل غرفة مفتاح خاص. بهذه المفاتيح يمكنك هنا أن ترى ما تحفظه الغرف عنك من دون حساب، وأن تأخذه وتمحوه. والغرف التي فتحها هذا المتصفح تُغلق بذلك.
centre-rooms-no-script = هذه المفاتيح في متصفحك ولا تقرؤها هناك إلا النصوص البرمجية. من دونها اطلب أدناه، أو انتظر: الغرف تزول من تلقاء نفسها بعد 12 ساعة من آخر استخدام.
centre-rooms-show = اعرضه
centre-rooms-erase = امحه الآن
centre-rooms-none = لا تحفظ أي غرفة شيئًا عن هذا المتصفح.
centre-rooms-failed = لم ينجح ذلك. حاول بعد دقيقة.
centre-rooms-erased = مُحي. الإيصال:

centre-requests = الطلبات
centre-requests-lead = كل ما لا يمكنك فعله في هذه الصفحة اطلبه ممن يشغّل الخادم. عليه أن يجيب خلال 30 يومًا مجانًا. وإن كان لطفل دون السن المسموح بها حساب هنا أو كتب شيئًا، فأخبرنا: ذلك يُنظر فيه أولًا.
centre-request-asked = طُلب في
centre-request-due = يجب أن يُجاب قبل
centre-request-standing = الحالة
centre-request-waits = ينتظر الجواب
centre-request-soon = يجب أن يُجاب قريبًا
centre-request-late = متأخر؛ يمكنك أن تشتكي، انظر أدناه
centre-request-answered = أُجيب في { $day }
centre-ask-kind = ما تريده
centre-ask-message = عمّ يدور الأمر، بكلماتك
centre-ask-email = إلى أين يُرسل الجواب (عنوان بريدك)
centre-ask-send = أرسل الطلب
centre-ask-code-lead = أُرسل إليك رمز. يسري الطلب حين تكتبه هنا.
centre-ask-confirm = أكّد
centre-ask-no-mail = هذا الخادم لا يرسل بريدًا، فلا يستطيع أن يجيبك به. اسأل من يشغّله؛ وإن لم تعرفه فاسأل من أعطاك عنوانه.
centre-kind-access = رؤية ما يُحفظ عني
centre-kind-correction = تصحيح شيء
centre-kind-erasure = محو شيء
centre-kind-restriction = تقييد استخدام شيء
centre-kind-portability = أخذ شيء معي
centre-kind-objection = الاعتراض على استخدام
centre-kind-review = أن ينظر إنسان في قرار اتخذه البرنامج
centre-kind-child = الإبلاغ عن حساب طفل أو كلامه
centre-kind-other = شيء آخر عن بياناتي

centre-leave = غادر
centre-leave-lead = يزول الحساب وكل ما فيه على هذا الخادم، ولا يستطيع أحد إعادته؛ ولا يُستعاد حساب واحد من نسخة احتياطية أبدًا. غرف الآخرين تبقى كاملة من دونك. لا حاجة لأن تقول لماذا.
centre-leave-type = اكتب «{ $kind }» حتى لا يكون ذلك سهوًا
centre-leave-word = امحُ
centre-leave-now = امحُ كل شيء الآن
centre-leave-later = امحُ كل شيء بعد سبعة أيام
centre-leave-planned = سيُمحى كل شيء في { $day }.
centre-leave-stay = سأبقى
centre-gone = مُحي كل ما يخصك.
centre-gone-lead = لم يعد هنا ما يدل على أنك كنت هنا. إن كان لك عنوان بريد فالإيصال يُرسل إليه ثم يُمحى العنوان أيضًا.
centre-gone-receipt = الإيصال
centre-gone-counts = كم صفًا مُحي

centre-complain = اشتكِ
centre-complain-lead = إن رأيت أن بياناتك لا تُعامل كما يجب، فلك أن تشتكي إلى هيئة حماية البيانات حيث تسكن أو تعمل أو حيث ترى أن القانون قد خولف.
centre-complain-list = هيئات حماية البيانات في أوروبا
centre-complain-authority = الهيئة المختصة بمن يشغّل هذا الخادم

centre-policy-says-more = تغيّرت سياسة الخصوصية لدينا في { $day }. يُحفظ أو يُبلَّغ أكثر من قبل، من أجل: { $purposes }.

centre-bring = أحضر نسخة معك
centre-bring-lead = هل لديك نسخة من خادم آخر يشغّل Unisono؟ يُؤخذ منها اسمك ولغتك وبلدك ومظهر الصفحات وصورتك وغرفك المحفوظة، ومن سجلّك ما هو موجود هنا. تحصل الغرف المحفوظة على رموز جديدة. أما طرق الدخول والاشتراكات والموافقات وكل ما يخص غيرك فيبقى هناك. وأخذ النسخة نفسها مرة أخرى لا يضيف شيئًا.
centre-bring-file = النسخة كما نزّلتها (ملف ZIP، 16 ميغابايت على الأكثر)
centre-bring-do = خذها
centre-bring-done = أُخذت نسختك.
centre-bring-counts = قيم ملفك الشخصي: { $settings }. الغرف المحفوظة: { $rooms }. صفحات سجلّك: { $pages }. ما تُرك لأنه موجود هنا أو لا يمكن أن يكون هنا: { $others }.
centre-bring-refused = لم يُؤخذ شيء.
centre-bring-no-copy = هذا الملف ليس نسخة من Unisono. اختر ملف ZIP كما نزّلته.
centre-bring-not-whole = النسخة غير كاملة: جزء منها ناقص أو تغيّر. نزّلها مرة أخرى أو اختر الملف كما كان.
centre-bring-too-large = يتوسّع الملف إلى أكثر مما تحويه أي نسخة. اختر ملف ZIP كما نزّلته.
centre-bring-other-form = صنع هذه النسخةَ إصدارٌ آخر من Unisono، ولا يستطيع هذا الإصدار قراءة صيغتها. اطلب ممن يشغّل هذا الخادم تحديثه.
centre-bring-bad-picture = لا يمكن قراءة الصورة التي في النسخة. نزّل النسخة مرة أخرى.
centre-bring-bad-line = السطر { $line } من «{ $table }» في النسخة لا يوافق مخططها. نزّل النسخة مرة أخرى.
