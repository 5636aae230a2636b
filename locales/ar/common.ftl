### كلمات تظهر في كل صفحة.

common-skip = انتقل إلى المحتوى
common-rooms = الغرف المفتوحة
common-blog = المدوّنة
common-account = الحساب
common-support = المساعدة
common-contact = اتصل بنا
common-terms = الشروط
common-status = الحالة
common-source = الشيفرة المصدرية
common-version = الإصدار { $version }
common-language = اللغة
common-theme = المظهر
common-theme-system = مثل النظام
common-theme-light = فاتح
common-theme-dark = داكن
common-close = إغلاق
common-reload = إعادة التحميل
common-later = لاحقًا
common-update = يوجد إصدار جديد جاهز.
common-copied = تم النسخ
common-copy-refused = حدّد النص وانسخه يدويًا
common-copy-reference = انسخ الرقم المرجعي
common-reference = الرقم المرجعي
common-hide-address = إخفاء عنواني على الشبكة
common-hide-address-hint = يمر الصوت حينئذ عبر مُرحِّل هذا الخادم مشفَّرًا كما هو، ويصل متأخرًا قليلًا. ويُنشأ الاتصال القائم من جديد.
common-view-waiting = جارٍ فتح الصفحة
common-view-failed = لم تصل هذه الصفحة.
common-view-failed-next = قد يكون هناك إصدار جديد، أو لا اتصال. أعد التحميل لترى.

## المفاتيح

common-keys = اختصارات لوحة المفاتيح
common-keys-list = عرض قائمة المفاتيح
common-keys-enabled = المفاتيح المفردة تعمل في هذا الموقع
common-key-space = مسافة

## ما زادت به السياسة، إلى أن يُطَّلع عليه

common-policy-changed = تغيّرت سياسة الخصوصية
common-policy-changes = ما الذي تغيّر
common-policy-seen = اطّلعت عليها
common-policy-not-noted = لم يُسجَّل ذلك. اضغط مرة أخرى.
common-policy-example = تغيّرت سياسة الخصوصية لدينا في 2026-11-22. يُحفظ أو يُبلَّغ أكثر من قبل، من أجل: الاستماع معًا، حسابك.

## أسماء ألوان الغرفة الاثني عشر، ولكل لون صورته. الشاشتان تعرضان الاسم نفسه.

common-hue-rose = وردي، كرز
common-hue-coral = مرجاني، صدفة
common-hue-amber = كهرماني، لهب
common-hue-gold = ذهبي، سنبلة
common-hue-lime = ليموني، حمضيات
common-hue-fern = سرخسي، ورقة
common-hue-lagoon = فيروزي، سمكة
common-hue-sky = سماوي، سحابة
common-hue-azure = لازوردي، طائر
common-hue-indigo = نيلي، قمر
common-hue-violet = بنفسجي، عنب
common-hue-orchid = أرجواني، زهرة

## الكاميرا التي تقرأ رمز QR

common-camera-picture = صورة الكاميرا
common-camera-asking = بانتظار الكاميرا. قد يطلب المتصفح إذنك.
common-camera-looking = ثبّت الرمز داخل الإطار.
common-camera-insecure = وصلت هذه الصفحة دون https، لذلك يُبقي المتصفح الكاميرا مغلقة.
common-camera-refused = طُلب من المتصفح ألّا يفتح الكاميرا.
common-camera-absent = لا توجد كاميرا في هذا الجهاز.
common-camera-failed = لم تعمل الكاميرا. ربما يستخدمها برنامج آخر.
common-camera-next = اكتب رمز الغرفة بدلًا من ذلك، أو امسح الصورة بكاميرا هاتفك نفسها.

## The page that draws every state

common-gallery-document-title = المعرض · Unisono
common-gallery = كل الحالات مرسومة
