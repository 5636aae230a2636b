### سياسة الخصوصية، مصنوعة من جرد البيانات. يعرضها الخادم.

privacy-document-title = الخصوصية · Unisono
privacy-link = الخصوصية
privacy-title = ما يُحفظ عنك ولماذا
privacy-lead = هذه الصفحة مصنوعة من القائمة نفسها التي يعمل بها البرنامج. ما ليس فيها لا يُخزَّن ولا يُرسَل.
privacy-by-someone = المسؤول عن ذلك هو من يشغّل هذا الخادم. إن لم تكن تعرفه فاسأل من أعطاك العنوان.
privacy-by-host = المسؤول عن ذلك هو من يشغّل { $host }. إن لم تكن تعرفه فاسأل من أعطاك العنوان.
privacy-no-sale = لا يُباع شيء، ولا توجد إعلانات، ولا يُصنع ملف تعريفي عنك.
privacy-version = الإصدار
privacy-since = سارٍ منذ
privacy-swept = آخر حذف لما انتهت مدته كان في { $when }.
privacy-nothing-personal = ما يُحفظ لهذه الأغراض يخص الموسيقى وهذا الخادم، ولا يقول شيئًا عنك:
privacy-how-long = المدة
privacy-why = الأساس القانوني
privacy-from = المصدر
privacy-seen-by = من يراه
privacy-where = المكان
privacy-given-to = يُعطى إلى

privacy-place-server = في قاعدة بيانات هذا الخادم
privacy-place-browser = في متصفحك
privacy-place-cookie = في ملف تعريف ارتباط
privacy-place-log = في سجل هذا الخادم
privacy-place-memory = في الذاكرة فقط، ولا يُكتب أبدًا

privacy-cookies = ملفات تعريف الارتباط
privacy-cookies-lead = لا يحصل الضيوف على أي منها. تُوضع هذه عند تسجيل دخولك، وهي لازمة لذلك وحده.
privacy-browser = ما يحفظه متصفحك
privacy-browser-lead = يبقى على جهازك إلى أن تمسح بيانات هذا الموقع من إعدادات متصفحك.
privacy-hosts = من يسأله هذا الخادم
privacy-hosts-lead = يتصل الخادم بهذه المواقع بنفسه، فلا تعرف بذلك عنوانك على الشبكة. يمكن لمن يشغّل الخادم إيقاف كل منها بالإعداد المذكور بجانبه.
privacy-hosts-told = يُرسَل إليه
privacy-hosts-told-nothing = لا شيء
privacy-country = البلد
privacy-switch = الإعداد
privacy-players = مشغّلات الخدمات الأخرى
privacy-players-lead = لا يُحمَّل مشغّل خدمة أخرى إلا بعد أن تضغط زره، وعندها يتصل متصفحك بتلك الخدمة بنفسه. يمكنك التراجع عن ذلك في الغرفة في أي وقت.
privacy-transfers = بعض هذه المواقع في بلدان غير بلدك. على من يشغّل هذا الخادم أن يوفّر ضمانات قانونية لما يُرسَل إليها، أو أن يوقف ذلك الموقع.

privacy-rights = حقوقك
privacy-rights-lead = كل ذلك مجاني. أمام من يشغّل الخادم شهر واحد للرد.
privacy-right-access = أن ترى ما يُحفظ عنك (اللائحة GDPR، المادة 15).
privacy-right-correction = أن يُصحَّح (المادة 16).
privacy-right-erasure = أن يُمحى (المادة 17).
privacy-right-restriction = أن يُقيَّد استعماله (المادة 18).
privacy-right-portability = أن تأخذه معك بصيغة تقرؤها البرامج (المادة 20).
privacy-right-objection = أن تعترض على ما يستند إلى مصلحة مشروعة (المادة 21).
privacy-right-withdrawal = أن تسحب أي موافقة أعطيتها (المادة 7(3)).
privacy-right-complaint = أن تشتكي إلى هيئة حماية البيانات حيث تعيش (المادة 77).
privacy-rights-members = إن كان لديك حساب: فصفحته تتيح لك أخذ نسخة وتصحيح كل شيء ومحو كل شيء. ولغير ذلك اسأل من يشغّل هذا الخادم.
privacy-rights-account = افتح صفحة حسابك
privacy-rights-guests = إن لم يكن لديك حساب: ما يخصك موجود في هذا المتصفح. امسح فيه بيانات هذا الموقع فتزول من جهازك. أما الغرف وما كُتب فيها فتزول من تلقاء نفسها كما ذُكر أعلاه. ولأي شيء آخر اسأل من يشغّل هذا الخادم.

privacy-versions = كل الإصدارات
privacy-versions-lead = ما تغيّر مع كل إصدار، بكلمات القائمة التي يعمل بها البرنامج.
privacy-versions-added = جديد
privacy-versions-removed = أُزيل
privacy-versions-wording = تغيّرت الصياغة فقط.

privacy-purpose-listening-together = الاستماع معًا
privacy-purpose-finding-music = إيجاد قطعة موسيقية على خدمات أخرى
privacy-purpose-account = حسابك
privacy-purpose-security = إبعاد الغرباء والحد من إساءة الاستعمال
privacy-purpose-preferences = عرض الصفحات كما تحبها
privacy-purpose-history = أن تجد ثانيةً ما اطّلعت عليه
privacy-purpose-notices = إبلاغك بما طلبت أن تُبلَّغ به
privacy-purpose-rights = أداء ما يمنحك القانون حقًا فيه
privacy-purpose-operation = تشغيل هذا الخادم

privacy-category-technical = بيانات تقنية
privacy-category-room = كيف ومتى تُستعمل الغرفة
privacy-category-credential = ما يفتح غرفة أو حسابًا
privacy-category-chosen-name = الاسم الذي اخترته
privacy-category-message = ما تكتبه للآخرين
privacy-category-connection = كيف تصل الأجهزة بعضها إلى بعض
privacy-category-preference = تفضيلاتك
privacy-category-contact = عنوان بريدك الإلكتروني
privacy-category-profile = ما تُظهره عن نفسك
privacy-category-identity = من تكون في خدمة أخرى
privacy-category-activity = ما جرى ومتى وعلى أي نوع من الأجهزة
privacy-category-choice = ما وافقت عليه أو رفضته
privacy-category-account = رقم حسابك ورتبته وتواريخه

privacy-basis-none = لا حاجة إليه لأنها ليست بيانات شخصية
privacy-basis-contract = الخدمة التي طلبتها (اللائحة GDPR، المادة 6(1)(b))
privacy-basis-legitimate-interest = مصلحة مشروعة: سلامة الخادم (اللائحة GDPR، المادة 6(1)(f))
privacy-basis-consent = موافقتك (اللائحة GDPR، المادة 6(1)(a))
privacy-basis-legal-obligation = التزام قانوني (اللائحة GDPR، المادة 6(1)(c))

privacy-source-provided = أنت
privacy-source-observed = استعمالك لهذا الخادم
privacy-source-derived = حساب من بيانات أخرى
privacy-source-generated = هذا الخادم، بالقرعة أو بالعدّ
privacy-source-received = خدمة أخرى بناءً على طلبك

privacy-retention-room = إلى أن تُغلق الغرفة
privacy-retention-room-and-24h = إلى يوم بعد إغلاق الغرفة
privacy-retention-room-at-most-24h = إلى أن تُغلق الغرفة، ويومًا على الأكثر
privacy-retention-unopened-at-most-1y = إلى سنة بعد آخر مرة فُتحت فيها الصفحة
privacy-retention-installation = ما دام هذا الخادم قائمًا
privacy-retention-logs-at-most-30d = ثلاثين يومًا على الأكثر
privacy-retention-membership = ما دمت في الغرفة
privacy-retention-hand-over = للحظة فقط
privacy-retention-24h = يومًا على الأكثر
privacy-retention-tab = إلى أن تُغلق علامة التبويب
privacy-retention-until-cleared = إلى أن تمسحه
privacy-retention-release = إلى الإصدار التالي من البرنامج
privacy-retention-account = ما دام حسابك قائمًا، أو إلى أن تحذفه
privacy-retention-step-at-most-24h = إلى أن تكتمل الخطوة التي بدأتها، ويومًا على الأكثر
privacy-retention-session-at-most-30d = إلى أن تسجّل خروجك، وثلاثين يومًا على الأكثر
privacy-retention-sent-at-most-7d = إلى أن يُرسَل، وسبعة أيام على الأكثر
privacy-retention-answered-at-most-90d = إلى تسعين يومًا بعد الرد
privacy-retention-90d = تسعين يومًا
privacy-retention-choice-at-most-account = المدة التي اخترتها، وما دام حسابك قائمًا على الأكثر
privacy-retention-connection-at-most-account = إلى أن تفصل الخدمة الأخرى، وما دام حسابك قائمًا على الأكثر

privacy-visibility-self = أنت
privacy-visibility-room = من في الغرفة
privacy-visibility-public = الجميع
privacy-visibility-operator = من يشغّل هذا الخادم
privacy-visibility-operator-with-grant = من يشغّل هذا الخادم، بعد أن تسمح بذلك
privacy-visibility-never = لا أحد: يستعمله البرنامج فقط

privacy-recipient-mail-server = خادم البريد الذي يستعمله هذا الخادم

privacy-field-title = العنوان
privacy-field-artist = الفنان
privacy-field-album = الألبوم
privacy-field-isrc = رقم التسجيل (ISRC)
privacy-field-barcode = الرمز الشريطي للألبوم
privacy-field-id = رقم القطعة هناك
privacy-field-short-link = الرابط القصير
privacy-field-picture = عنوان الصورة
privacy-field-operator-key = مفتاح هذا الخادم هناك
privacy-field-operator-contact = وسيلة الاتصال بمن يشغّل هذا الخادم
privacy-field-sign-in-code = الرمز الذي تعود به بعد تسجيل الدخول هناك
privacy-field-upstream-token = الإذن الذي أعطيته هناك
privacy-field-email-address = عنوان بريدك الإلكتروني
privacy-field-letter = الرسالة الموجهة إليك
privacy-field-network-address = عنوانك على الشبكة
privacy-field-browser = اسم متصفحك وإصداره
privacy-field-site-origin = عنوان هذا الموقع
privacy-field-account = حسابك هناك
privacy-field-recording = التسجيل
privacy-field-playing = متى تشغّل وتوقف وتنتقل
privacy-field-video = الفيديو

privacy-country-ae = الإمارات العربية المتحدة
privacy-country-de = ألمانيا
privacy-country-fr = فرنسا
privacy-country-no = النرويج
privacy-country-ru = روسيا
privacy-country-se = السويد
privacy-country-us = الولايات المتحدة
privacy-country-zz = حيث يوجد خادم البريد لهذا التثبيت
