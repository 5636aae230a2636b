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

mail-invitation-subject = دعوة إلى { $site }
mail-invitation = من يشغّل { $site } يدعوك إلى إنشاء حساب بهذا العنوان:
mail-invitation-action = إنشاء حساب
mail-invitation-note = الرابط صالح لسبعة أيام ولمرة واحدة ولهذا العنوان وحده. إن لم ترد حسابًا، فلا تفعل شيئًا: لا يُحفظ عنك شيء.

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

mail-request-code-subject = رمزك لطلب في { $site }
mail-request-code = شخص ما، وغالبًا أنت، يطلب شيئًا يخص بياناته. هذا الرمز يثبت أن الجواب يصح أن يأتي إلى هنا:
mail-request-code-note = إن لم تكن أنت، فلا تفعل شيئًا. من دون الرمز لا يُطلب شيء، ويُنسى هذا العنوان.

mail-new-address-code-subject = رمزك للعنوان الجديد في { $site }
mail-new-address-code = هناك حساب سيحمل هذا العنوان. هذا الرمز يثبت أن العنوان لك:
mail-new-address-code-note = إن لم تكن أنت، فلا تفعل شيئًا. من دون الرمز لا يتغير شيء.

mail-address-changed-subject = تغيّر عنوان حسابك في { $site }
mail-address-changed = تغيّر عنوان حسابك من الجهاز: { $device }. من الآن تصل الرسائل إلى العنوان الجديد، وهذه آخر رسالة هنا.
mail-address-changed-note = إن لم تكن أنت، فأبلغ من يشغّل { $site } فورًا.

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

mail-erasure-planned-subject = سيُحذف حسابك في { $site } يوم { $day }
mail-erasure-planned = طُلب من الجهاز { $device } حذف حسابك وكل ما يخصه. سيجري ذلك يوم { $day }، ولا يمكن التراجع عنه بعدها.
mail-erasure-planned-note = يمكنك التراجع قبل ذلك اليوم: سجّل الدخول واضغط «سأبقى» في صفحة «بياناتك» تحت «غادر». وإن لم تكن أنت من طلب ذلك، فأنهِ أيضًا كل الجلسات الأخرى واختر كلمة مرور جديدة.

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

mail-policy-changed-subject = تتغيّر سياسة الخصوصية في { $site }
mail-policy-changed = ابتداءً من { $day } يُحفظ أو يُنقل أكثر من ذي قبل. تعرض صفحة «الخصوصية» في { $site } سطرًا سطرًا ما أُضيف وما حُذف.
mail-policy-changed-note = إن لم ترغب في ذلك فيمكنك محو حسابك في أي وقت من صفحته. والاستمرار في استخدامه ليس موافقة: ما يحتاج إلى موافقتك نسألك عنه.

mail-breach-subject = بشأن بياناتك في { $site }
mail-breach = حدث شيء لبيانات تخصّك، ومن حقّك أن تعرف: { $event }
mail-breach-kinds = أي بيانات: { $kinds }
mail-breach-consequences = ما قد يترتّب على ذلك: { $consequences }
mail-breach-measures = ما جرى فعله وما يمكنك فعله: { $measures }
mail-breach-contact = من يمكنك سؤاله: { $contact }

mail-legal-request-subject = سُلّمت بيانات تخصّك إلى جهة رسمية
mail-legal-request = في { $day } سُلّمت بيانات تخصّك إلى { $authority }، وقد طلبتها برقم الملف { $file }. وتحقّق شخصان من أن تسليمها كان واجبًا.
mail-legal-request-note = يمكنك أن تسأل تلك الجهة عن السبب وأن تلجأ إلى القضاء. نُخبرك بذلك ما لم تمنعه محكمة، وإن منعته فحالما يزول المنع.

mail-request-check-subject = هل أنت من راسل { $site }؟
mail-request-check = في { $day } طلبت رسالة باسمك ما لا يُعطى إلا لك. إن كنت أنت من أرسلها فأجب عن تلك الرسالة بهذا الرمز:
mail-request-check-note = من دون الرمز لا يحدث شيء. إن لم تكن أنت فلا تفعل شيئًا.

mail-request-answered-subject = طلبك إلى { $site }
mail-request-answered = هذا هو الجواب عمّا طلبته في { $day }. { $answer }
mail-request-answered-note = إن لم يكن ذلك صحيحًا فاكتب إلينا مجددًا. ويمكنك أيضًا أن تشتكي إلى سلطة حماية البيانات حيث تقيم.

### To a data protection authority.

mail-authority-title = إخطار بخرق بيانات شخصية (المادة 33 من اللائحة العامة لحماية البيانات)
mail-authority-site = خدمة المتحكّم
mail-authority-aware = عُلم به منذ
mail-authority-sent = تاريخ هذا الإخطار
mail-authority-late = أسباب التأخر عن 72 ساعة (المادة 33(1))
mail-authority-event = ما حدث
mail-authority-nature = طبيعة الخرق (المادة 33(3)(أ))
mail-authority-nature-confidentiality = السرّية
mail-authority-nature-integrity = السلامة
mail-authority-nature-availability = الإتاحة
mail-authority-kinds = فئات البيانات
mail-authority-people = العدد التقريبي للأشخاص
mail-authority-records = العدد التقريبي للسجلات
mail-authority-contact = جهة الاتصال (المادة 33(3)(ب))
mail-authority-consequences = العواقب المحتملة (المادة 33(3)(ج))
mail-authority-measures = التدابير المتخذة أو المقترحة (المادة 33(3)(د))
mail-authority-risk = إبلاغ الأشخاص (المادة 34)
mail-authority-risk-high = يُحتمل خطر كبير، ولذلك يُبلَّغون
mail-authority-risk-low = لا يُحتمل خطر كبير
mail-authority-told = أُبلغوا في { $day }

mail-host-nameless = شخص بلا اسم

mail-support-answered-subject = رُدَّ على رسالتك إلى { $site }
mail-support-answered = كتبت إلى { $site }. هذا هو الرد: { $answer }
mail-support-answered-action = اقرأ أو رُد أو احذف
mail-support-answered-note = من يفتح هذا الرابط يستطيع قراءة ما كتبته وحذفه. تُحفظ المراسلة 90 يومًا بعد الرد.
