### Plans, and paying for one. The server shows it.

pricing-title = المجانية وPro
pricing-lead = يستطيع الجميع البث والاستماع وتحويل الروابط. أما Pro فيرفع حدود الوقت والعدد ويحفظ لك غرفك.
pricing-all-title = كل هذا لك
pricing-all-lead = لا شيء يُباع هنا. كل ما يستطيعه Unisono متاح للجميع: بلا حد للوقت أو العدد، مع غرف محفوظة ورموز من اختيارك.
pricing-all-operator = هل تشغّل هذا الخادم؟ لا تضبط مفتاحًا، وسيبقى كذلك.
pricing-all-cast = ابدأ البث
pricing-what = ما تحصل عليه
pricing-free = المجانية
pricing-pro = Pro
pricing-row-session = مدة تشغيل غرفتك
pricing-row-cooldown = الاستراحة قبل التالية
pricing-row-devices = الأجهزة في غرفتك
pricing-row-saved = غرف محفوظة برموز ثابتة
pricing-row-rest = البث والغرف والروابط والصوت الكامل والتشفير
pricing-minutes = { $count ->
    [zero] { $count } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
pricing-no-limit = بلا حد
pricing-no = لا يوجد
pricing-all = كلها
pricing-how-often = كم مرة تريد أن تدفع؟
pricing-price-month = { $price } في الشهر
pricing-price-year = { $price } في السنة
pricing-month = كل شهر؛ تبيّن صفحة الدفع المبلغ
pricing-year = كل سنة؛ تبيّن صفحة الدفع المبلغ
pricing-buy = احصل على Pro
pricing-needs-account = يرتبط Pro بحساب، ليكون معك على كل جهاز.
pricing-sign-in = سجّل الدخول للحصول على Pro
pricing-register = أنشئ حسابًا
pricing-where = تدفع في صفحات Stripe. لا تصل بطاقتك ولا اسمك إلى هنا أبدًا.
pricing-tax = السعر هو كل ما تدفعه: أي ضريبة مستحقة مشمولة فيه.
pricing-test = يقبل هذا الخادم بطاقات الاختبار فقط: لا ينتقل أي مال.
pricing-end = تنهيه حيث اشتريته، بضغطتين. وما دُفع يبقى لك حتى نهاية مدته.
pricing-not-sold = لا يمكن شراء Pro هنا. يمنحه من يشغّل هذا الخادم.
pricing-asked-for = نسأل خدمة الدفع الآن عن الأسعار. انظر مجددًا بعد لحظة.
pricing-never-title = ما لا يشتريه Pro أبدًا
pricing-never-ads = الخلوّ من الإعلانات. لا أحد يرى إعلانات هنا.
pricing-never-data = بياناتك. لا تُباع، مع Pro أو من دونه.
pricing-never-services = خدمة موسيقية تخص غيرنا. يبقى Spotify وغيره بينك وبينهم.
pricing-never-sound = صوتًا أفضل أو اتصالات أكثر أمانًا. هذه للجميع.

plans-document-title = خطتك · Unisono
plans-title = خطتك
plans-free = لديك الخطة المجانية.
plans-pro = لديك Pro.
plans-given = مُنحت Pro. لا تدفع مقابله شيئًا.
plans-renews = مدفوع حتى { $when }، ثم يتجدد.
plans-ends = ينتهي في { $when }. لا يتغير شيء حتى ذلك اليوم.
plans-grace = لم تنجح آخر عملية دفع. يستمر Pro حتى { $when }؛ وإذا دُفع قبل ذلك فلن يتغير شيء.
plans-unpaid = لم تنجح آخر عملية دفع، لذلك توقّف Pro مؤقتًا. يستمر Pro فور الدفع، وإذا أنهيته فلن يُطلب منك أي مبلغ آخر.
plans-paid-month = تدفع كل شهر.
plans-paid-year = تدفع كل سنة.
plans-buying = هناك عملية شراء لم تكتمل. يبدأ Pro حالما تخبرنا خدمة الدفع بأن الدفع تم.
plans-upgrade = اعرف ما هو Pro
plans-card = أدخل بطاقة أخرى
plans-keep = أبقِ Pro رغم ذلك
plans-receipts = الإيصالات والفواتير والبطاقة
plans-receipts-next = هي في صفحات خدمة الدفع نفسها.
plans-cancel = أنهِ Pro
plans-account = حسابك

plans-forward-title = إلى خدمة الدفع
plans-forward = تُفتح صفحتها الآن:
plans-forward-go = اذهب إليها

plans-cancel-title = هل تريد إنهاء Pro؟
plans-cancel-when = يبقى Pro لك حتى { $when }. لا يُدفع شيء بعد ذلك، وتبدأ الخطة المجانية.
plans-cancel-now = لم تنجح آخر عملية دفع. إذا أنهيت Pro الآن فسينتهي فورًا: لن يُطلب منك أي مبلغ آخر، وتبدأ الخطة المجانية.
plans-cancel-unpaid = لم تنجح آخر عملية دفع. ينتهي ما اشتريته فورًا: لن يُطلب منك أي مبلغ آخر، وتبقى خطتك كما هي الآن.
plans-cancel-again = تغيّر شيء منذ أن فتحت هذه الصفحة، لذلك لم يُنهَ شيء. هذا هو الوضع الآن.
plans-cancel-rooms = تبقى غرفك المحفوظة نائمة: يمكنك أخذها معك أو حذفها، وتستيقظ حين يعود إليك Pro.
plans-cancel-back = يمكنك تغيير رأيك حتى ذلك اليوم.
plans-cancel-do = أنهِ Pro
plans-cancel-not = اتركه كما هو

plans-done-paid = لديك Pro
plans-done-paid-next = أخبرتنا خدمة الدفع بذلك. إيصالك عندها أيضًا، وتصل إليه من صفحة خطتك.
plans-done-waits = ننتظر خدمة الدفع
plans-done-waits-next = يبدأ Pro حالما تخبرنا بأن الدفع تم. تعيد هذه الصفحة النظر بنفسها.
plans-done-long = يستغرق الأمر وقتًا أطول من المعتاد. لم يضع شيء: يبدأ Pro حين يصل الخبر، حتى لو أغلقت هذه الصفحة. لا حاجة إلى الدفع مرة أخرى.
plans-done-look = انظر مجددًا
plans-done-none = لم يُشترَ شيء
plans-done-none-next = ليست هناك عملية شراء جارية، ولم يُدفع شيء.

plans-refused-nothing-bought = لا يوجد ما يُدار
plans-refused-nothing-bought-next = لا تُعرف لهذا الحساب عملية شراء. إن كنت قد اشتريت للتو، فانظر بعد دقيقة.
plans-refused-service-away = خدمة الدفع لا تجيب كما ينبغي
plans-refused-service-away-next = لم يتغير شيء ولم يُدفع شيء. حاول مرة أخرى بعد دقيقة.
plans-refused-too-often = تكرر ذلك كثيرًا في وقت قصير
plans-refused-too-often-next = لم يتغير شيء ولم يُدفع شيء. انتظر { $seconds } ثانية ثم حاول مرة أخرى.
plans-refused-failed = حدث خلل لدينا
plans-refused-failed-next = لم يُدفع شيء. حاول مرة أخرى؛ وإن تكرر ذلك فأخبر من يشغّل هذا الخادم بالمرجع.
plans-refused-has-pro = لديك Pro بالفعل
plans-refused-has-pro-next = تجده في صفحة خطتك.
