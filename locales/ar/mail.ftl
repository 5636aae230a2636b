### الرسائل: لكل منها عنوان، وما يجب فعله، وماذا تفعل إن لم تكن أنت.

mail-why = وصلتك هذه الرسالة بسبب إجراء جرى في { $site }. لا أحد يقرأ الردود عليها.
mail-why-asked = وصلتك هذه الرسالة لأنك طلبتها في { $site }.
mail-stop = إيقاف هذه الرسائل
mail-code-life = الرمز صالح لعشر دقائق في الصفحة التي طلبته منها. لا نطلبه منك بأي طريقة أخرى: لا تخبر به أحدًا.
mail-not-you = إن لم تكن أنت، فسجّل الدخول وأنهِ كل الجلسات الأخرى واختر كلمة مرور جديدة.

mail-registration-code-subject = رمزك في { $site }
mail-registration-code = شخص ما، أنت على الأرجح، ينشئ حسابًا بهذا العنوان. هذا الرمز يثبت أن العنوان لك:
mail-registration-code-note = إن لم تكن أنت، فلا تفعل شيئًا. من دون الرمز لن يكون هناك حساب، وسيُنسى العنوان.

mail-account-there-subject = لديك حساب في { $site }
mail-account-there = شخص ما، أنت على الأرجح، أدخل هذا العنوان لإنشاء حساب. العنوان تابع لحسابك من قبل، فلم يتغير شيء.
mail-account-there-note = سجّل الدخول كالمعتاد. إن نسيت كلمة المرور، فاطلب رمزًا أو رابطًا من صفحة تسجيل الدخول. إن لم تكن أنت، فلا تفعل شيئًا.

mail-sign-in-code-subject = رمزك لتسجيل الدخول إلى { $site }
mail-sign-in-code = بهذا الرمز تسجّل الدخول:
mail-sign-in-code-note = إن لم تطلبه، فلا تفعل شيئًا. من دون الرمز لا يدخل أحد.

mail-confirm-code-subject = رمزك للمتابعة في { $site }
mail-confirm-code = هناك تغيير مهم على وشك أن يجري في حسابك. هذا الرمز يثبت أنه أنت:
mail-confirm-code-note = إن لم تطلبه، فهناك من دخل إلى حسابك: أنهِ كل الجلسات الأخرى.

mail-reset-link-subject = كلمة مرور جديدة في { $site }
mail-reset-link = شخص ما، أنت على الأرجح، طلب كلمة مرور جديدة. تختارها من هنا:
mail-reset-link-action = اختيار كلمة مرور جديدة
mail-reset-link-note = الرابط صالح لساعة واحدة ويعمل مرة واحدة. إن لم تكن أنت، فلا تفعل شيئًا: تبقى كلمة المرور كما هي.

mail-new-address-code-subject = رمزك للعنوان الجديد في { $site }
mail-new-address-code = هناك حساب سيحمل هذا العنوان. هذا الرمز يثبت أن العنوان لك:
mail-new-address-code-note = إن لم تكن أنت، فلا تفعل شيئًا. من دون الرمز لا يتغير شيء.

mail-address-changed-subject = تغيّر عنوان حسابك في { $site }
mail-address-changed = تغيّر عنوان حسابك من الجهاز: { $device }. من الآن تصل الرسائل إلى العنوان الجديد، وهذه آخر رسالة هنا.
mail-address-changed-note = إن لم تكن أنت، فأبلغ من يدير { $site } فورًا.

mail-new-sign-in-subject = تسجيل دخول جديد في { $site }
mail-new-sign-in = سُجّل الدخول إلى حسابك من جهاز لم يُستعمل فيه من قبل: { $device }. إن كنت أنت، فكل شيء على ما يرام.

mail-password-changed-subject = تغيّرت كلمة مرورك في { $site }
mail-password-changed = تغيّرت كلمة مرور حسابك من الجهاز: { $device }. انتهت كل الجلسات الأخرى.

mail-factor-added-subject = طريقة دخول جديدة في { $site }
mail-factor-added = أُضيفت إلى حسابك طريقة لتسجيل الدخول من الجهاز: { $device }. صفحة حسابك تعرض كل الطرق.

mail-factor-removed-subject = حُذفت طريقة دخول في { $site }
mail-factor-removed = حُذفت من حسابك طريقة لتسجيل الدخول من الجهاز: { $device }. صفحة حسابك تعرض ما بقي.

mail-recovery-code-used-subject = استُعمل رمز استرداد في { $site }
mail-recovery-code-used = استُعمل أحد رموز استرداد حسابك من الجهاز: { $device }. لم يعد صالحًا. صفحة حسابك تعرض كم بقي منها.

mail-erased-subject = حُذف حسابك في { $site }
mail-erased = حُذف حسابك وكل ما يخصه. هذا هو الإيصال:
mail-erased-note = لا يسمّي الإيصال أحدًا. احتفظ به إن أردت السؤال عنه يومًا. هذه آخر رسالة: حُذف العنوان أيضًا.

mail-follow-confirm-subject = رسائل عن { $host } في { $site }
mail-follow-confirm = طلبت رسالة كلما فتح { $host } غرفة. أكّد مرة أخرى أنك تريدها:
mail-follow-confirm-action = نعم، أرسلوا الرسائل
mail-follow-confirm-note = الرابط صالح ليوم واحد. إن لم تفعل شيئًا، فلن تصل رسائل.

mail-room-opened-subject = غرفة جديدة من { $host }
mail-room-opened = فُتحت غرفة جديدة من { $host }. الدخول من هنا:
mail-room-opened-action = الدخول

mail-export-ready-subject = نسخة بياناتك في { $site } جاهزة
mail-export-ready = ما طلبته جاهز. سجّل الدخول لتنزيله:
mail-export-ready-action = تنزيل النسخة
mail-export-ready-note = تُحفظ النسخة لأيام قليلة فقط. إن لم تطلبها، فأنهِ كل الجلسات الأخرى واختر كلمة مرور جديدة.
