### صفحة قطعة موسيقية واحدة، وما يُقال عن رابط ملصق. يعرضها الخادم.

link-document-title = { $title } · Unisono
link-description = استمع إليها على { $services }.
link-description-none = اعثر عليها في خدمة الموسيقى التي تستخدمها.
link-album = الألبوم: { $album }
link-kind =
    { $kind ->
       *[track] مقطوعة
        [album] ألبوم
        [artist] فنان
        [playlist] قائمة تشغيل
    }
link-tracks =
    { $count ->
        [zero] لا مقطوعات
        [one] مقطوعة واحدة
        [two] مقطوعتان
        [few] { $count } مقطوعات
        [many] { $count } مقطوعة
       *[other] { $count } مقطوعة
    }
link-views =
    { $count ->
        [zero] فُتحت للمرة الأولى
        [one] فُتحت مرة واحدة
        [two] فُتحت مرتين
        [few] فُتحت { $count } مرات
        [many] فُتحت { $count } مرة
       *[other] فُتحت { $count } مرة
    }

## الرموز والتفاصيل

link-details = الرموز والتفاصيل
link-isrc = رمز التسجيل (ISRC)
link-upc = الرمز الشريطي (UPC)
link-duration = المدة
link-version = النسخة
link-released = تاريخ الإصدار
link-explicit = كلمات صريحة
link-explicit-yes = نعم
link-aliases = تُكتب أيضًا

## خدمة بعد خدمة

link-services = أين توجد
link-first = اعرض أولًا
link-first-none = لا تفضيل
link-open-app = افتح في التطبيق
link-level-exact =
    { $kind ->
       *[track] التسجيل نفسه
        [album] الألبوم نفسه
        [artist] الفنان نفسه
        [playlist] القائمة نفسها
    }
link-level-likely = على الأرجح، تحقّق من النسخة
link-level-unverified = لسنا متأكدين، استمع أولًا
link-search = ابحث بدلًا من ذلك
link-pending = نبحث
link-pending-why = ما زلنا نسأل الخدمة. انظر مجددًا بعد لحظة.
link-corrected = حُدّد يدويًا هنا
link-search-not-found = سُئلت الخدمة، وليس لديها ما هو نفسه بالتأكيد.
link-search-not-asked = لا سبيل لهذا الخادم إلى سؤالها، فإليك بحثها الخاص.
link-search-no-answer = لم تجب في الوقت المناسب. اسأل لاحقًا، أو ابحث هناك.
link-again = انظر مجددًا
link-ask-again = اسأل الناقصة مجددًا

## لماذا

link-reason-same-id = هو المُدخل نفسه، برقمه هناك.
link-reason-same-isrc = يحمل كلاهما رمز التسجيل نفسه (ISRC).
link-reason-same-barcode = يحمل كلاهما الرمز الشريطي نفسه.
link-reason-same-title = العنوانان متطابقان.
link-reason-similar-title = العنوانان متشابهان، لكنهما ليسا واحدًا.
link-reason-same-artist = الفنان الرئيسي هو نفسه.
link-reason-similar-artist = الفنانون متشابهون، أو بعضهم فقط واحد.
link-reason-same-duration = المدة متساوية.
link-reason-same-album = كلاهما في الألبوم نفسه.
link-reason-other-isrc = رمزا التسجيل مختلفان، وهذا يحدث لتسجيل واحد أيضًا.
link-reason-other-title = العنوانان مختلفان.
link-reason-other-artist = الفنانان الرئيسيان مختلفان.
link-reason-other-version = أحدهما نسخة أخرى، مثل حفل حي أو أداء صوتي.
link-reason-other-remixer = هما مزجان من صنع أيدٍ مختلفة.
link-reason-other-part = هما جزآن مختلفان من عمل واحد.
link-reason-shortened = أحدهما مختصر للإذاعة أو لأغنية منفردة.
link-reason-other-wording = في أحدهما كلمات صريحة، والآخر منقّح.
link-reason-duration-differs = أحدهما أطول ببضع ثوانٍ.
link-reason-other-duration = المدتان مختلفتان كثيرًا.
link-reason-other-script = عنوان أحدهما بحروف لم نتمكن من مقارنتها.
link-reason-no-duration = أحدهما لا يذكر مدته.
link-reason-no-artist = أحدهما لا يذكر فنانًا.
link-reason-close-runner-up = هناك أخرى تناسب بالقدر نفسه تقريبًا.
link-reason-directory = دليل موسيقي عام يذكر هذا الرابط لها.
link-reason-no-twin = ليس لمثل هذا نظير في مكان آخر.

## التصحيحات

link-correct = خطأ أو ناقص؟
link-correct-field = الرابط الصحيح
link-correct-send = استخدم هذا الرابط
link-correct-undo = تراجع عن التصحيح

## مشاركتها

link-room = افتح غرفة بهذه الموسيقى
link-pass-on = شاركها
link-all = كل الروابط نصًّا
link-copy-all = انسخ الكل
link-copied = تم النسخ
link-copy-refused = حدّد النص وانسخه يدويًا
link-share = مشاركة
link-field = رابط موسيقى
link-find = اعثر عليها في كل مكان
link-home = إلى الصفحة الرئيسية
link-updated = { $service }: { $outcome }

## قوائم التشغيل

link-playlist = ما فيها
link-playlist-more =
    { $count ->
        [zero] ولا مقطوعات أخرى.
        [one] ومقطوعة أخرى.
        [two] ومقطوعتان أخريان.
        [few] و{ $count } مقطوعات أخرى.
        [many] و{ $count } مقطوعة أخرى.
       *[other] و{ $count } مقطوعة أخرى.
    }
link-playlist-convert = اعثر على كل مقطوعة في أماكن أخرى
link-playlist-convert-hint = مقطوعة بعد مقطوعة، بالسرعة التي تسمح بها الخدمات. يمكنك مغادرة الصفحة والعودة.
link-playlist-progress = اكتملت { $done } من { $total }.
link-playlist-not-found = لم يُعثر عليها في مكان آخر
link-playlist-no-answer = لا جواب

## حين لا توجد صفحة

link-refused-document-title = لا صفحة · Unisono
link-refused-no-link = لا رابط في هذا النص.
link-refused-no-link-next = انسخ عنوان مقطوعة أو ألبوم أو فنان أو قائمة تشغيل من خدمة الموسيقى لديك، والصقه هنا.
link-refused-too-long = هذا أطول مما يكون عليه رابط.
link-refused-too-long-next = الصق الرابط وحده، دون النص المحيط به.
link-refused-unknown-host = ليس هذا عنوان خدمة موسيقى نعرفها.
link-refused-unknown-host-next = الصق رابطًا من Spotify أو Apple Music أو YouTube أو Yandex Music أو Deezer أو Tidal أو SoundCloud أو Bandcamp.
link-refused-podcast = هذا بودكاست.
link-refused-podcast-next = ليس للبودكاست نظير في مكان آخر يمكننا تسميته. الصق رابط موسيقى بدلًا منه.
link-refused-station = هذه محطة أو مزيج أو قائمة ترتيب.
link-refused-station-next = ما تبثه يتغير طوال الوقت. الصق رابط إحدى مقطوعاتها بدلًا منها.
link-refused-profile = هذه صفحة شخص ما.
link-refused-profile-next = ليس للأشخاص نظراء في مكان آخر. الصق رابط مقطوعة أو ألبوم أو فنان أو قائمة تشغيل.
link-refused-other-page = هذه صفحة من صفحات الخدمة، لا قطعة موسيقية.
link-refused-other-page-next = افتح المقطوعة أو الألبوم هناك، وانسخ رابطه من «مشاركة».
link-refused-video = هذا مقطع مصوّر.
link-refused-video-next = الصق رابط المقطوعة بدلًا منه.
link-refused-bad-id = هذا الرابط ناقص أو فيه خطأ.
link-refused-bad-id-next = انسخه مرة أخرى من الخدمة: جزء منه مفقود أو خاطئ.
link-refused-disguised = هذا العنوان متنكّر.
link-refused-disguised-next = فيه اسم مستخدم أو منفذ أو رقم مكان اسم الخدمة. الصق الرابط العادي.
link-refused-nothing = تقول الخدمة إنه لا وجود لهذا.
link-refused-nothing-next = ربما أُزيل أو أُغلق أمام بلدان أخرى. تحقّق من الرابط، أو الصق رابطًا من خدمة أخرى.
link-refused-words = لا يوجد ما نبحث عنه.
link-refused-words-next = اكتب عنوانًا أو اسم فنان أو كليهما: من حرف واحد إلى 200 حرف.
link-refused-silence = لم تجب أي خدمة موسيقى.
link-refused-silence-next = حاول بعد دقيقة، أو الصق رابطًا.
link-refused-unidentified = لم نتمكن من معرفة ما يشير إليه هذا الرابط.
link-refused-unidentified-next = الخدمة لا تجيبنا الآن. حاول بعد دقيقة، أو الصق رابطًا للقطعة نفسها من خدمة أخرى.
link-refused-short-link = هذا الرابط القصير لا يقود إلى موسيقى.
link-refused-short-link-next = افتحه في متصفحك، والصق العنوان الذي يقود إليه.
link-refused-too-many = روابط كثيرة جدًا من شبكتك.
link-refused-too-many-next =
    { $seconds ->
        [zero] حاول الآن مجددًا.
        [one] انتظر ثانية، ثم حاول مجددًا.
        [two] انتظر ثانيتين، ثم حاول مجددًا.
        [few] انتظر { $seconds } ثوانٍ، ثم حاول مجددًا.
        [many] انتظر { $seconds } ثانية، ثم حاول مجددًا.
       *[other] انتظر { $seconds } ثانية، ثم حاول مجددًا.
    }
link-refused-no-page = لا توجد صفحة كهذه.
link-refused-no-page-next = تحقّق من عنوانها. أو الصق رابط الموسيقى نفسه: فتعود صفحته.
link-refused-not-allowed = التصحيحات متوقفة هنا.
link-refused-not-allowed-next = أخبر من يشغّل هذا الخادم بما هو خاطئ.
link-refused-wrong-place = هذا الرابط لا ينتمي إلى هناك.
link-refused-wrong-place-next = الصق رابطًا من الخدمة نفسها وللنوع نفسه: مقطوعة لمقطوعة، وألبومًا لألبوم.
link-refused-broken = تعطّل شيء لدينا.
link-refused-broken-next = حاول مجددًا. وإن تكرر ذلك، فأخبر من يشغّل هذا الخادم بالرقم المرجعي.
link-refused-foreign = أرسل هذا النموذج موقع آخر.
link-refused-foreign-next = افتح الصفحة هنا، واضغط الزر بنفسك.
link-refused-unreadable = تعذّرت قراءة الطلب.
link-refused-unreadable-next = أرسل JSON فيه حقل «text» يحمل الرابط.
link-refused-not-json = ليس هذا JSON.
link-refused-not-json-next = أرسله مع الترويسة «Content-Type: application/json».
link-refused-too-slow = لم يصل الطلب في الوقت المناسب.
link-refused-too-slow-next = تحقّق من الاتصال، ثم أرسله مرة أخرى.
link-refused-address = تعذّرت قراءة هذا العنوان.
link-refused-address-next = يجب أن يرد كل جزء منه مرة واحدة وأن يكون نصًا. أو الصق رابط الموسيقى نفسه هنا.
link-refused-busy = تُتابَع الآن صفحات كثيرة جدًا.
link-refused-busy-next = حاول مجددًا بعد دقيقة. وما هو معروف حتى الآن موجود في الصفحة.
link-refused-no-picture = لا توجد صورة.
link-refused-no-picture-next = لم تعطِ الخدمات التي تعرض هذه القطعة صورة. والصفحة تعمل بدونها.
link-refused-not-here = ليست هذه صفحة من صفحات هذا الخادم.
link-refused-not-here-next = اسأل بعنوان صفحة موسيقى هنا، مثل { $example }.
